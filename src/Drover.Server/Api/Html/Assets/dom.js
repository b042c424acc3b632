// Builds elements. Texts become text nodes, never markup.

/** An element with attributes; those that begin with "on" are listeners, false and null are left out. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);

export const select = (options, attributes = {}) =>
  el("select", attributes, options.map(([value, text = value, selected = false]) => el("option", { value, selected }, text)));

let lastId = 0;

/** A label in front of a control. */
export function labelled(text, control, ...more) {
  control.id ||= `control-${++lastId}`;
  return el("div", { class: "field" }, el("label", { for: control.id }, text), control, ...more);
}
