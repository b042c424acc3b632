import type { Resource } from "../api/types";

/** The six groups that a state falls into, each with its own colour and shape. */
export type Group = "ok" | "progress" | "attention" | "failed" | "off" | "unknown";

const groups: Record<Exclude<Group, "progress" | "unknown">, string[]> = {
  ok: ["active", "running", "healthy", "started-once", "created"],
  attention: ["degraded", "disconnected", "reconnecting", "reinitializing", "upgraded", "canceled-upgrade"],
  failed: ["error", "erroring", "unhealthy"],
  off: ["stopped", "inactive", "deactivated", "removed", "purged"],
};

export function groupOf(resource: Resource): Group {
  if (resource.transitioning === "error") return "failed";
  if (resource.transitioning === "yes") return "progress";
  const state = shownState(resource);
  for (const [group, states] of Object.entries(groups)) if (states.includes(state)) return group as Group;
  return /ing$|ing-|^requested$|^registering$/.test(state) ? "progress" : "unknown";
}

/** The health where it says more than the state, else the state; `started-once` for a container that has done its work. */
export function shownState(resource: Resource): string {
  const state = resource.state ?? "unknown";
  if (state === "stopped" && (resource.startCount ?? 0) > 0 && resource.labels?.["io.rancher.container.start_once"] === "true") return "started-once";
  const health = resource.healthState;
  return (state === "active" || state === "running") && health && health !== "healthy" ? health : state;
}

/** One sentence of cause for what is not at rest; null where all is well. */
export function whyText(resource: Resource): string | null {
  if (resource.drover?.why) return resource.drover.why.reason;
  const message = resource.transitioningMessage;
  return resource.transitioning !== "no" && message && message !== "In Progress" ? message : null;
}

/** "for 12 s", "for 3 min": how long something has waited. */
export function duration(sinceMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - sinceMs) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
