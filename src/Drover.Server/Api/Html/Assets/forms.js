// Forms from schemas: what is left alone is not sent.
import { schemaOf } from "./api.js";
import { button, el, labelled, select } from "./dom.js";

const LONG = new Set(["dockerCompose", "rancherCompose", "dockerComposeOverride", "description", "cert", "certChain", "key"]);

/** The fields of a form, required ones first. */
export function fieldsOf(schema, mode) {
  const all = Object.entries(schema.resourceFields ?? {});
  const allowed = all.filter(([, field]) => (mode === "update" ? field.update : field.create));
  const shown = mode === "input" && allowed.length === 0 ? all : allowed;
  return shown.sort(([a, x], [b, y]) => Number(y.required ?? false) - Number(x.required ?? false) || Number(b === "name") - Number(a === "name") || a.localeCompare(b));
}

const parts = (type) => /^(\w+)\[(.*)\]$/.exec(type)?.slice(1) ?? [type, null];
const isPlain = (type) => ["string", "int", "float", "enum", "date"].includes(type) || parts(type)[0] === "reference";

function parseLines(text, type) {
  const rows = text.split("\n").map((row) => row.trim()).filter(Boolean);
  return parts(type)[1] === "int" ? rows.map(Number) : rows;
}

function parsePairs(text) {
  return Object.fromEntries(
    text.split("\n").filter((row) => row.trim()).map((row) => {
      const at = row.indexOf("=");
      return at < 0 ? [row.trim(), ""] : [row.slice(0, at).trim(), row.slice(at + 1)];
    }),
  );
}

function shownAs(value, outer) {
  if (value === null || value === undefined) return "";
  if (outer === "array" && Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.join("\n");
  if (outer === "map" && Object.values(value).every((item) => typeof item === "string")) return Object.entries(value).map(([key, item]) => `${key}=${item}`).join("\n");
  return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
}

/** A control for a declared field, and how its text becomes a value. */
function control(name, field, value) {
  const [outer, inner] = parts(field.type);
  const text = shownAs(value, outer);
  const area = (rows, placeholder, read) => ({ node: el("textarea", { rows, placeholder, spellcheck: "false" }, text), read });
  const options = (values) => select([["", ""], ...values.map((each) => [each, each, each === text])]);
  switch (outer) {
    case "boolean":
      return { node: options(["true", "false"]), read: (given) => given === "true" };
    case "enum":
      return { node: field.options ? options(field.options) : el("input", { value: text }), read: (given) => given };
    case "int":
    case "float":
      return { node: el("input", { type: "number", value: text, min: field.min, max: field.max, step: outer === "float" ? "any" : 1 }), read: Number };
    case "password":
      return { node: el("input", { type: "password", value: text, autocomplete: "new-password" }), read: (given) => given };
    case "array":
      if (isPlain(inner)) return area(2, "one on each line", (given) => parseLines(given, field.type));
      break;
    case "map":
      if (inner === "string") return area(2, "name=value on each line", parsePairs);
      break;
    case "string":
    case "date":
    case "blob":
    case "reference":
      return LONG.has(name)
        ? area(name === "description" ? 2 : 6, "", (given) => given)
        : { node: el("input", { value: text, placeholder: outer === "reference" ? `id of ${inner}` : "" }), read: (given) => given };
  }
  return area(2, `${field.type} as JSON`, JSON.parse);
}

function notes(field) {
  const said = [field.type];
  if (field.required) said.push("required");
  if (field.default !== undefined && field.default !== null) said.push(`default ${JSON.stringify(field.default)}`);
  if (field.min !== undefined || field.max !== undefined) said.push(`${field.min ?? "…"} to ${field.max ?? "…"}`);
  if (field.maxLength !== undefined) said.push(`at most ${field.maxLength} letters`);
  return said.join(", ");
}

/** One field: reads undefined until it is touched. */
function plainField(name, field, value) {
  const { node, read } = control(name, field, value);
  let touched = false;
  let isNull = false;
  node.addEventListener("input", () => {
    touched = true;
    isNull = false;
  });
  const clear = field.nullable && !field.required && button("null", () => {
    node.value = "";
    touched = isNull = true;
    node.dispatchEvent(new CustomEvent("cleared", { bubbles: true }));
  }, { title: `send null for ${name}`, class: "small" });
  const row = labelled(name, node, clear, el("span", { class: "notes" }, notes(field)));
  row.dataset.field = name;
  return {
    row,
    read() {
      if (!touched) return undefined;
      if (isNull) return null;
      return node.value === "" && node.type !== "textarea" && field.type !== "string" ? undefined : read(node.value);
    },
  };
}

/** A nested type: its fields are made when it is opened. */
function nestedField(name, field, value, changed) {
  let inner = null;
  const body = el("div", { class: "nested" });
  const row = el("details", { class: "field", "data-field": name }, el("summary", {}, name, el("span", { class: "notes" }, notes(field))), body);
  row.addEventListener("toggle", async () => {
    if (inner || !row.open) return;
    const schema = await schemaOf(field.type);
    if (!schema) {
      inner = form([[name, { ...field, type: "json" }]], { [name]: value }, changed);
      inner = { node: inner.node, read: ((wrapped) => () => wrapped.read()[name])(inner) };
    } else inner = form(fieldsOf(schema, "create"), value ?? {}, changed);
    body.replaceChildren(inner.node);
  });
  return {
    row,
    read() {
      const touched = inner?.read();
      if (touched === undefined || touched === null || typeof touched !== "object") return touched;
      return Object.keys(touched).length === 0 ? undefined : { ...value, ...touched };
    },
  };
}

const isNested = (type) => !type.includes("[") && !["string", "password", "float", "int", "date", "blob", "boolean", "enum", "json", "none"].includes(type);

/** A form over fields; `read` gives what was filled in, and throws where a text is no JSON. */
export function form(fields, values, changed) {
  const made = fields.map(([name, field]) => [name, isNested(field.type) ? nestedField(name, field, values?.[name], changed) : plainField(name, field, values?.[name])]);
  const node = el("div", { class: "form" }, made.map(([, each]) => each.row));
  node.addEventListener("input", changed);
  node.addEventListener("cleared", changed);
  return {
    node,
    read() {
      const body = {};
      for (const [name, each] of made) {
        try {
          const value = each.read();
          if (value !== undefined) body[name] = value;
        } catch (wrong) {
          throw new Error(`${name}: ${wrong.message}`);
        }
      }
      return body;
    },
  };
}
