// Shows JSON: indented, collapsible, with what leads somewhere as links.
import { local, root } from "./api.js";
import { button, el } from "./dom.js";

/** Members that are shown at a time. */
const MOST = 500;
const ADDRESSES = new Set(["links", "actions", "actionLinks", "createTypes", "sortLinks", "pagination", "sort"]);

/** The target of a reference by its declared type, such as reference[host] or array[reference[host]]. */
const referenceOf = (type) => /reference\[(\w+)\]/.exec(type ?? "")?.[1];

function anchor(text, href) {
  return el("a", { href, rel: "noreferrer" }, text);
}

function textOf(value, hint) {
  const text = JSON.stringify(value);
  if (hint.addresses && !hint.follow) return el("span", { class: "string" }, text);
  if (hint.addresses && /^https?:/.test(value)) return anchor(text, local(value));
  if (URL.canParse(value) && new URL(value).origin === location.origin) return anchor(text, value);
  const kind = referenceOf(hint.type);
  if (kind && value) return anchor(text, `${root}/${kind.toLowerCase()}/${encodeURIComponent(value)}`);
  return el("span", { class: "string" }, text);
}

function scalar(value, hint) {
  if (typeof value === "string") return textOf(value, hint);
  return el("span", { class: value === null ? "null" : typeof value }, JSON.stringify(value));
}

/** What a member of an object is: its declared type, and whether it holds addresses that the server made. */
function hintOf(key, hint) {
  if (hint.resource) return { addresses: ADDRESSES.has(key), follow: key !== "actions" && key !== "actionLinks", type: hint.schema?.resourceFields?.[key]?.type };
  return { addresses: hint.addresses, follow: hint.follow, type: hint.type };
}

function entry(key, value, hint, last) {
  const name = key === null ? [] : [el("span", { class: "key" }, JSON.stringify(key)), ": "];
  const end = last ? "" : ",";
  if (value === null || typeof value !== "object") return el("div", { class: value === null ? "line is-null" : "line" }, name, scalar(value, hint), end);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const count = Object.keys(value).length;
  if (count === 0) return el("div", { class: "line" }, name, `${open}${close}${end}`);
  const inner = el("div", { class: "inner" });
  const fill = () => inner.childElementCount === 0 && show(inner, value, hint, 0);
  const isResource = hint.collapsed && !Array.isArray(value);
  const about = isResource ? [value.id, value.type, value.name, value.state].filter((part) => typeof part === "string" && part).join(" · ") : `${count}`;
  const details = el("details", { open: !hint.collapsed, ontoggle: fill }, el("summary", {}, name, open, el("span", { class: "about" }, ` ${about} `), el("span", { class: "closed" }, close + end)), inner, el("div", { class: "line close" }, close + end));
  if (!hint.collapsed) fill();
  return details;
}

function show(inner, value, hint, from) {
  const keys = Object.keys(value);
  const isArray = Array.isArray(value);
  const left = keys.length - from - MOST;
  inner.append(...keys.slice(from, from + MOST).map((key, at) => entry(isArray ? null : key, value[key], isArray ? hint : hintOf(key, hint), from + at === keys.length - 1)));
  if (left <= 0) return;
  const more = button(`${left} more`, () => {
    more.remove();
    show(inner, value, hint, from + MOST);
  });
  inner.append(more);
}

/** A resource, an error, or anything else that was answered. */
export function tree(value, schema) {
  return el("div", { class: "tree" }, entry(null, value, { resource: true, schema }, true));
}

/** A collection: its envelope, and its members each to be opened. */
export function collectionTree(value, schema) {
  const { data, ...envelope } = value;
  const few = data.length <= 3;
  const items = data.map((item, at) => entry(null, item, { resource: true, schema, collapsed: !few }, at === data.length - 1));
  return el("div", { class: "tree" }, el("h2", {}, `data (${data.length})`), el("div", { class: "items" }, items.length ? items : "No objects."), el("h2", {}, "about the list"), entry(null, envelope, { resource: true, schema: null }, true));
}
