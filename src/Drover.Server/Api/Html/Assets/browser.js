// The page around an answer of the API.
import { answer, curl, local, page, root, schemaOf, send } from "./api.js";
import { button, el } from "./dom.js";
import { controls } from "./lists.js";
import { ask } from "./request.js";
import { schemaPanel } from "./schema.js";
import { collectionTree, tree } from "./tree.js";

const AGAIN_AFTER = 1000;
let shown = { status: page.status, json: answer };

function path() {
  const segments = location.pathname.split("/").filter(Boolean);
  const links = segments.map((segment, at) => [" / ", el("a", { href: `/${segments.slice(0, at + 1).join("/")}` }, segment)]);
  return el("nav", { "aria-label": "Path" }, links);
}

function header() {
  const nulls = el("input", { type: "checkbox", id: "nulls", checked: document.body.classList.contains("no-nulls"), onchange: () => document.body.classList.toggle("no-nulls", nulls.checked) });
  return el(
    "header",
    { class: "top" },
    el("a", { href: "/", class: "product" }, "Drover"),
    path(),
    el("span", { class: "right" }, el("label", { for: "nulls" }, nulls, " hide null"), button("Reload", load), el("a", { href: `${root}/schemas` }, "schemas"), root.includes("/v2-beta") ? el("a", { href: `${root}/openapi.json` }, "OpenAPI") : null, page.user ? el("span", { class: "user", title: "signed in as" }, page.user) : null),
  );
}

function actionButtons(json, schema) {
  const offered = Object.entries(json.actions ?? json.actionLinks ?? {}).sort(([a], [b]) => a.localeCompare(b));
  return offered.map(([name, url]) =>
    button(name, () => ask({ title: `${name} ${json.name ?? json.id}`, method: "POST", url: local(url), type: schema?.resourceActions?.[name]?.input, mode: "input", done: load })));
}

function resourceButtons(json, schema) {
  if (!json.links?.self || !schema) return [];
  const url = local(json.links.self);
  const about = `${json.type} ${json.name ?? json.id}`;
  return [
    ...actionButtons(json, schema),
    schema.resourceMethods?.includes("PUT") && button("Edit", () => ask({ title: `Edit ${about}`, method: "PUT", url, type: schema.id, mode: "update", values: json, done: load })),
    schema.resourceMethods?.includes("DELETE") && button("Delete", () => ask({ title: `Delete ${about}`, method: "DELETE", url, question: `${about} is removed.`, done: load }), { class: "danger" }),
  ];
}

function listButtons(json, schema) {
  const types = Object.keys(json.createTypes ?? {}).length ? json.createTypes : schema?.collectionMethods?.includes("POST") ? { [schema.id]: location.href } : {};
  return Object.entries(types).map(([type, url]) => {
    const { origin, pathname } = new URL(local(url));
    return button(`New ${type}`, () => ask({ title: `New ${type}`, method: "POST", url: origin + pathname, type, mode: "create", preset: json.createDefaults, done: load }));
  });
}

function heading(json) {
  const what = json.type === "collection" ? `${json.resourceType} list` : json.type === "error" ? `${shown.status} ${json.code}` : [json.type, json.name ?? json.id].filter(Boolean).join(" ");
  document.title = `${what} · Drover API`;
  return el("h1", {}, what, json.state ? el("span", { class: "state", "data-state": json.state }, json.state) : null);
}

const complaint = (json) => [json.message !== json.code && json.message, json.fieldName && `field ${json.fieldName}`, json.detail !== json.message && json.detail].filter(Boolean).join(" · ");

async function draw() {
  const { json } = shown;
  const isList = json.type === "collection";
  const schema = json.type === "schema" ? json : await schemaOf(isList ? json.resourceType : json.type);
  const own = json.type === "schema" ? null : schema;
  const said = json.type === "error" ? el("p", { class: "result bad" }, complaint(json), shown.status === 401 ? el("a", { href: "/" }, "Sign in") : null) : null;
  const main = el(
    "main",
    {},
    heading(json),
    said,
    json.transitioningMessage ? el("p", { class: "notes" }, json.transitioningMessage) : null,
    el("section", { class: "buttons", "aria-label": "Requests" }, isList ? listButtons(json, own) : resourceButtons(json, own)),
    isList ? controls(json, own) : null,
    isList ? collectionTree(json, own) : tree(json, own),
    el("h2", {}, "The same on a terminal"),
    el("pre", { class: "curl" }, curl("GET", location.href)),
  );
  document.body.replaceChildren(header(), el("div", { class: "columns" }, main, schema ? schemaPanel(schema) : null), ...document.querySelectorAll("dialog"));
}

/** Reads the answer anew. */
async function load() {
  const url = new URL(location.href);
  if (url.searchParams.get("_format") === "html") url.searchParams.delete("_format");
  const reply = await send("GET", url);
  if (reply.json === null) return;
  shown = reply;
  await draw();
}

/** While the server works on an object, the page follows it. */
async function follow() {
  if (shown.json.transitioning === "yes" && !document.hidden && !document.querySelector("dialog")) await load().catch(() => {});
  setTimeout(follow, AGAIN_AFTER);
}

await draw();
follow();
