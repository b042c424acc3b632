// Talks to the server that this page came from, and to no other.

const read = (id) => JSON.parse(document.getElementById(id).textContent);

/** Status, address of the schemas and name of the caller. */
export const page = read("page");

/** The answer that the page is about. */
export const answer = read("answer");

/** An address of the API on this page's own origin: behind a proxy the server may know itself by another name. */
export function local(url) {
  const { pathname, search } = new URL(url, location.href);
  return location.origin + pathname + search;
}

/** Where the paths of types begin: the version, and the environment where the page is in one. */
export const root = local(page.schemas || "/v2-beta/schemas").replace(/\/schemas$/, "");

/** Sends a request and reads its JSON; the CSRF cookie is repeated as a header. */
export async function send(method, url, body) {
  const headers = { Accept: "application/json", "X-API-No-Challenge": "true" }; // a refusal is shown here and not by the browser's own prompt
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const mark = /(?:^|; )CSRF=([^;]*)/.exec(document.cookie)?.[1];
  if (mark) headers["X-API-CSRF"] = mark;
  const response = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store", redirect: "error" });
  const text = await response.text();
  let json = null;
  try {
    json = JSON.parse(text);
  } catch {
    json = text === "" ? null : { answered: text };
  }
  return { ok: response.ok, status: response.status, json };
}

const schemas = new Map();

/** The schema of a type as the caller's role sees it; null where it does not. */
export function schemaOf(type) {
  if (!type || type === "collection" || type === "error" || type === "apiVersion") return Promise.resolve(null);
  if (!schemas.has(type)) schemas.set(type, send("GET", `${root}/schemas/${encodeURIComponent(type.toLowerCase())}`).then((reply) => (reply.ok ? reply.json : null)));
  return schemas.get(type);
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same request for a terminal. */
export function curl(method, url, body) {
  const lines = ['curl -u "${CATTLE_ACCESS_KEY}:${CATTLE_SECRET_KEY}"', `-X ${method}`, "-H 'Accept: application/json'"];
  if (body !== undefined) lines.push("-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body))}`);
  lines.push(quoted(url));
  return lines.join(" \\\n  ");
}
