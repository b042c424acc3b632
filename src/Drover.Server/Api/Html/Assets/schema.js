// The schema beside the answer.
import { local, root } from "./api.js";
import { el } from "./dom.js";

const leaf = (type) => /(\w+)\]*$/.exec(type)?.[1];

function typeLink(type) {
  const name = leaf(type);
  const simple = ["string", "password", "float", "int", "date", "blob", "boolean", "enum", "json", "none"].includes(name);
  return !type || simple ? (type ?? "") : el("a", { href: `${root}/schemas/${name.toLowerCase()}` }, type);
}

function rules(field) {
  const said = [];
  for (const flag of ["create", "update", "required", "nullable", "unique", "readOnCreateOnly"]) if (field[flag]) said.push(flag);
  for (const bound of ["min", "max", "minLength", "maxLength", "validChars", "invalidChars"]) if (field[bound] !== undefined) said.push(`${bound} ${field[bound]}`);
  if (field.default !== undefined && field.default !== null) said.push(`default ${JSON.stringify(field.default)}`);
  if (field.options) said.push(`one of ${field.options.join(", ")}`);
  return said.join("; ");
}

/** A table of what a type is made of. */
export function schemaPanel(schema) {
  const fields = Object.entries(schema.resourceFields ?? {});
  const search = el("input", { type: "search", placeholder: "find a field", "aria-label": "Find a field" });
  const rows = fields.map(([name, field]) => el("tr", { "data-name": name.toLowerCase() }, el("th", { scope: "row" }, name), el("td", {}, typeLink(field.type), el("div", { class: "notes" }, rules(field)))));
  search.addEventListener("input", () => rows.forEach((row) => (row.hidden = !row.dataset.name.includes(search.value.toLowerCase()))));
  const actions = Object.entries(schema.resourceActions ?? {});
  return el(
    "aside",
    { "aria-label": "Schema" },
    el("h2", {}, "Schema ", el("a", { href: local(schema.links.self) }, schema.id)),
    el("p", { class: "notes" }, `list: ${schema.collectionMethods?.join(" ") || "none"}; object: ${schema.resourceMethods?.join(" ") || "none"}`),
    actions.length ? el("details", {}, el("summary", {}, `${actions.length} actions`), el("table", {}, actions.map(([name, action]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, typeLink(action.input)), el("td", {}, "→ ", typeLink(action.output)))))) : null,
    search,
    el("table", { class: "fields" }, rows),
  );
}
