// Filters, order and pages of a list: all of them are parts of the address.
import { local } from "./api.js";
import { button, el, select } from "./dom.js";

function go(change) {
  const url = new URL(location.href);
  change(url.searchParams);
  url.searchParams.delete("marker");
  location.assign(url);
}

function filterOf(key, filters) {
  if (key in filters) return [key, "eq"];
  const at = key.lastIndexOf("_");
  return at > 0 && key.slice(0, at) in filters ? [key.slice(0, at), key.slice(at + 1)] : null;
}

function chips(filters) {
  const without = (key, value) => () =>
    go((query) => {
      const kept = query.getAll(key).filter((each) => each !== value);
      query.delete(key);
      for (const each of kept) query.append(key, each);
    });
  return [...new URLSearchParams(location.search)]
    .map(([key, value]) => ({ key, value, filter: filterOf(key, filters) }))
    .filter(({ filter }) => filter)
    .map(({ key, value, filter }) => el("span", { class: "chip" }, `${filter[0]} ${filter[1]} ${value} `, button("×", without(key, value), { "aria-label": `Remove filter ${key}`, class: "small" })));
}

function adding(filters) {
  const field = select(Object.keys(filters).sort().map((name) => [name]), { "aria-label": "Filter field" });
  const modifier = select([], { "aria-label": "Filter modifier" });
  const value = el("input", { "aria-label": "Filter value", placeholder: "value" });
  const offer = () => modifier.replaceChildren(...filters[field.value].modifiers.map((each) => el("option", {}, each)));
  field.addEventListener("change", offer);
  if ("name" in filters) field.value = "name";
  offer();
  const submit = (event) => {
    event.preventDefault();
    go((query) => query.append(modifier.value === "eq" ? field.value : `${field.value}_${modifier.value}`, value.value));
  };
  return el("form", { onsubmit: submit }, field, modifier, value, el("button", {}, "Filter"));
}

function ordering(answer) {
  const names = Object.keys(answer.sortLinks ?? {}).sort();
  if (names.length === 0) return null;
  const by = select([["", "order of ids"], ...names.map((name) => [name, name, answer.sort?.name === name])], { "aria-label": "Sort by" });
  by.addEventListener("change", () => go((query) => (query.delete("order"), by.value ? query.set("sort", by.value) : query.delete("sort"))));
  const turn = answer.sort && button(answer.sort.order === "desc" ? "↓ descending" : "↑ ascending", () => location.assign(local(answer.sort.reverse)));
  return el("span", {}, by, turn);
}

function paging(answer) {
  if (!answer.pagination) return null;
  const limit = select([...new Set([10, 100, 1000, answer.pagination.limit])].sort((a, b) => a - b).map((each) => [each, `${each} a page`, each === answer.pagination.limit]), { "aria-label": "Page size" });
  limit.addEventListener("change", () => go((query) => query.set("limit", limit.value)));
  const first = new URLSearchParams(location.search).has("marker") && button("First page", () => go(() => {}));
  const next = answer.pagination.next && el("a", { class: "button", href: local(answer.pagination.next) }, "Next page");
  return el("span", {}, limit, first, next);
}

/** The controls above a list. */
export function controls(answer, schema) {
  const filters = Object.fromEntries(Object.entries(schema?.collectionFilters ?? {}).filter(([, filter]) => filter.modifiers?.length));
  return el("section", { class: "controls", "aria-label": "List" }, Object.keys(filters).length ? [adding(filters), chips(filters)] : null, ordering(answer), paging(answer));
}
