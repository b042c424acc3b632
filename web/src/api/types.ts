/** The envelope that every resource of the API has. */
export interface Resource {
  id: string;
  type: string;
  baseType?: string;
  name?: string | null;
  description?: string | null;
  state?: string | null;
  transitioning?: "yes" | "no" | "error" | null;
  transitioningMessage?: string | null;
  transitioningProgress?: number | null;
  healthState?: string | null;
  labels?: Record<string, string> | null;
  startCount?: number | null;
  created?: string | null;
  createdTS?: number | null;
  removed?: string | null;
  links: Record<string, string>;
  actions: Record<string, string>;
  drover?: { why?: Why | null };
}

/** Why something waits, since when, and when it is tried next. */
export interface Why {
  reason: string;
  since: string;
  nextTry?: string | null;
}

export interface Project extends Resource {
  orchestration?: string;
}

export interface Host extends Resource {
  hostname?: string | null;
  agentIpAddress?: string | null;
  agentState?: string | null;
  info?: HostFacts | null;
}

export interface HostFacts {
  cpuInfo?: { count?: number };
  memoryInfo?: { memTotal?: number };
  osInfo?: { dockerVersion?: string; kernelVersion?: string; operatingSystem?: string };
}

export interface Stack extends Resource {
  serviceIds?: string[] | null;
  system?: boolean;
}

export interface Service extends Resource {
  stackId: string;
  scale: number;
  currentScale?: number | null;
  launchConfig?: { imageUuid?: string | null; ports?: string[] | null } | null;
  publicEndpoints?: PublicEndpoint[] | null;
}

export interface PublicEndpoint {
  ipAddress?: string | null;
  port?: number | null;
}

export interface Container extends Resource {
  hostId?: string | null;
  serviceId?: string | null;
  serviceIds?: string[] | null;
  stackId?: string | null;
  imageUuid?: string | null;
  primaryIpAddress?: string | null;
  externalId?: string | null;
  ports?: string[] | null;
  system?: boolean;
  nativeContainer?: boolean;
}

export interface RegistrationToken extends Resource {
  command?: string | null;
  registrationUrl?: string | null;
  token?: string | null;
}

export interface Collection<T> {
  type: "collection";
  data: T[];
  pagination?: { next?: string | null } | null;
}
