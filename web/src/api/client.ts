import type { Collection, Resource } from "./types";

/** An error answer of the API. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly fieldName: string | null,
    message: string | null,
  ) {
    super(message && message !== code ? message : fieldName ? `${code}: ${fieldName}` : code);
  }
}

const headers = { "X-Drover": "1", Accept: "application/json" };

/** The value of the CSRF cookie; "" before the server has set it. */
export function csrfToken(cookies: string): string {
  return /(?:^|;\s*)CSRF=([^;]*)/.exec(cookies)?.[1] ?? "";
}

async function request<T>(method: string, url: string, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: {
      ...headers,
      "X-API-CSRF": csrfToken(document.cookie),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json = text === "" ? null : safeParse(text);
  if (!response.ok) {
    const error = (json ?? {}) as { code?: string; message?: string; fieldName?: string };
    throw new ApiError(response.status, error.code ?? response.statusText, error.fieldName ?? null, error.message ?? null);
  }
  return json as T;
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const api = {
  get: <T>(url: string) => request<T>("GET", local(url)),
  post: <T>(url: string, body: unknown) => request<T>("POST", local(url), body),
  put: <T>(url: string, body: unknown) => request<T>("PUT", local(url), body),
  remove: (resource: Resource) => request<Resource>("DELETE", local(self(resource))),

  /** Runs an action that the resource offers now. */
  act: (resource: Resource, action: string, body: unknown = {}) => {
    const url = resource.actions[action];
    if (!url) throw new ApiError(422, "ActionNotAvailable", action, `${action} is not possible while ${resource.state}`);
    return request<Resource>("POST", local(url), body);
  },

  update: (resource: Resource, change: Record<string, unknown>) => request<Resource>("PUT", local(self(resource)), change),

  /** All pages of a collection. */
  async all<T>(url: string): Promise<T[]> {
    const items: T[] = [];
    let next: string | null | undefined = url;
    while (next) {
      const page: Collection<T> = await request("GET", local(next));
      items.push(...page.data);
      next = page.pagination?.next;
    }
    return items;
  },
};

function self(resource: Resource): string {
  const url = resource.links["self"];
  if (!url) throw new ApiError(404, "Not Found", null, `${resource.id} has no address`);
  return url;
}

/** The API names itself by the address that the server was asked by; the page keeps to its own origin. */
export function local(url: string): string {
  return url.startsWith("http") ? url.replace(/^https?:\/\/[^/]+/, "") : url;
}
