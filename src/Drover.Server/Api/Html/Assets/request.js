// The dialog in which a request is put together, sent and answered.
import { curl, local, schemaOf, send } from "./api.js";
import { button, el, labelled } from "./dom.js";
import { fieldsOf, form } from "./forms.js";
import { tree } from "./tree.js";

function result(reply, formNode) {
  for (const row of formNode?.querySelectorAll(".wrong") ?? []) row.classList.remove("wrong");
  const field = reply.json?.fieldName;
  if (field) formNode?.querySelector(`[data-field="${CSS.escape(field)}"]`)?.classList.add("wrong");
  const said = reply.ok ? "" : [reply.json?.code, field, reply.json?.message !== reply.json?.code && reply.json?.message, reply.json?.detail !== reply.json?.message && reply.json?.detail].filter(Boolean).join(" · ");
  const self = reply.ok && reply.json?.links?.self;
  return el(
    "div",
    { class: reply.ok ? "result good" : "result bad", role: "status" },
    el("p", {}, el("b", {}, String(reply.status)), " ", said, self ? el("a", { href: local(self) }, `Open ${reply.json.id ?? "it"}`) : null),
    reply.json === null ? null : tree(reply.json, null),
  );
}

/**
 * Opens the dialog.
 * @param {{title: string, method: string, url: string, type?: string|null, mode?: "create"|"update"|"input", values?: object, preset?: object, question?: string, done: () => void}} request
 */
export async function ask(request) {
  const { title, method, url, type, mode, values, preset, question, done } = request;
  const schema = type ? await schemaOf(type) : null;
  const takesBody = method !== "DELETE";
  const command = el("pre", { class: "curl" });
  const body = el("textarea", { rows: 6, spellcheck: "false", class: "body" });
  const answered = el("div");
  const problem = el("p", { class: "problem", role: "alert" });
  const sent = () => (takesBody ? (body.value.trim() ? JSON.parse(body.value) : {}) : undefined);
  const show = () => {
    problem.textContent = "";
    try {
      command.textContent = curl(method, url, sent());
    } catch (wrong) {
      problem.textContent = `The body is no JSON: ${wrong.message}`;
    }
  };
  const fill = () => {
    try {
      body.value = JSON.stringify({ ...preset, ...fields?.read() }, null, 2);
      show();
    } catch (wrong) {
      problem.textContent = wrong.message;
    }
  };
  const fields = schema ? form(fieldsOf(schema, mode), { ...values, ...preset }, fill) : null;
  body.addEventListener("input", show);
  const go = button(method === "DELETE" ? "Delete" : "Send", async () => {
    go.disabled = true;
    try {
      const reply = await send(method, url, sent());
      answered.replaceChildren(result(reply, fields?.node));
    } catch (failed) {
      problem.textContent = failed.message;
    } finally {
      go.disabled = false;
    }
    answered.scrollIntoView({ block: "nearest" });
  }, { class: "primary" });
  const dialog = el(
    "dialog",
    { "aria-label": title, onclose: () => (dialog.remove(), done()) },
    el("header", {}, el("h2", {}, title), button("Close", () => dialog.close())),
    question ? el("p", {}, question) : null,
    fields?.node,
    takesBody ? labelled("Body", body) : null,
    el("h3", {}, "The same on a terminal"),
    command,
    problem,
    el("footer", {}, go),
    answered,
  );
  fill();
  document.body.append(dialog);
  dialog.showModal();
}
