import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Drover, open, until, whyNot } from "./drover";

const pictures = resolve(import.meta.dirname, "../../out/pictures");
const reason = whyNot();
if (reason) console.log(`skipped: ${reason}`);

/** What must stay text: it would end a script element, run as one, or end a line of one. */
const hostile = `</script><script>document.title='owned'</script><img src=x onerror="document.title='owned'">\u2028'"\`\${1}<!--`;

describe.skipIf(reason !== null)("the API in a browser", () => {
  let drover: Drover;
  let page: Page;
  let problems: string[] = [];
  let close: () => Promise<void>;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    drover = await Drover.start(1);
    ({ page, problems, close } = await open(`${drover.url}/v2-beta`, { width: 1280, height: 900 }));
  }, 90_000);

  afterAll(async () => {
    await close?.();
    await drover?.stop();
  });

  const picture = (name: string) => page.screenshot({ path: `${pictures}/api-${name}.png` });
  const heading = (text: string | RegExp) => page.getByRole("heading", { level: 1, name: text }).waitFor();
  const dialog = () => page.getByRole("dialog");
  const reply = (text: string | RegExp) => dialog().getByRole("status").filter({ hasText: text }).waitFor();

  it("is followed by links from its root to a list", async () => {
    await heading(/apiVersion/);
    await picture("root");
    await page.getByRole("link", { name: /\/v2-beta\/projects"$/ }).click();
    await heading("project list");
    await page.getByRole("link", { name: /\/v2-beta\/projects\/1a5"$/ }).click();
    await heading(/project Default/);
    await picture("project");
    await page.getByRole("link", { name: /\/projects\/1a5\/stacks"$/ }).click();
    await heading("stack list");
    await picture("empty-list");
  });

  it("shows what is wrong with a request", async () => {
    await page.getByRole("button", { name: "New stack" }).click();
    await dialog().getByLabel("dockerCompose", { exact: true }).fill("web:\n  image: nginx\n  prots: ['80']\n");
    await dialog().getByLabel("name", { exact: true }).fill("bro ken");
    await dialog().getByRole("button", { name: "Send" }).click();
    await reply("422");
    expect(await drover.list("stacks")).toEqual([]);
    expect(await dialog().locator(".wrong").count()).toBe(1);
    await picture("refused");
  });

  it("creates an object with a form made of its schema", async () => {
    await dialog().getByLabel("name", { exact: true }).fill("shop");
    await dialog().getByLabel("dockerCompose", { exact: true }).fill("version: '2'\nservices:\n  db:\n    image: redis\n");
    await dialog().getByLabel("startOnCreate", { exact: true }).selectOption("true");
    await dialog().getByLabel("description", { exact: true }).fill(hostile);
    expect(await dialog().locator(".curl").textContent()).toContain("-X POST");
    await picture("create");
    await dialog().getByRole("button", { name: "Send" }).click();
    await reply("201");
    await dialog().getByRole("link", { name: /^Open 1st/ }).click();
    await heading(/stack shop/);
    await page.locator('[data-state="active"]').waitFor({ timeout: 30_000 });
    await picture("stack");
  });

  it("keeps stored script a text", async () => {
    expect((await drover.list("stacks"))[0]!["description"]).toBe(hostile);
    await page.reload();
    await heading(/stack shop/);
    expect(await page.title()).toBe("stack shop · Drover API");
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(3);
    await page.getByText("document.title='owned'").first().waitFor();
  });

  it("edits a field and sends nothing else", async () => {
    await page.getByRole("button", { name: "Edit" }).click();
    await dialog().getByLabel("description", { exact: true }).fill("plain");
    expect(JSON.parse(await dialog().getByLabel("Body").inputValue())).toEqual({ description: "plain" });
    await dialog().getByRole("button", { name: "Send" }).click();
    await reply("200");
    await dialog().getByRole("button", { name: "Close" }).click();
    await page.locator(".tree").getByText('"plain"').waitFor();
  });

  it("runs an action and follows what it does", async () => {
    await page.getByRole("link", { name: /\/services"$/ }).first().click();
    await heading("service list");
    await page.getByRole("link", { name: /\/services\/1s\d+"$/ }).first().click();
    await heading(/service db/);
    await page.locator('[data-state="active"]').waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: "deactivate", exact: true }).click();
    await dialog().getByRole("button", { name: "Send" }).click();
    await reply("202");
    await dialog().getByRole("button", { name: "Close" }).click();
    await page.locator('h1 [data-state="inactive"]').waitFor({ timeout: 30_000 });
    await picture("service");
  });

  it("gives an action the form of its input", async () => {
    await page.getByRole("button", { name: "addservicelink", exact: true }).click();
    await dialog().locator('summary:has-text("serviceLink")').click();
    await dialog().getByLabel("serviceId", { exact: true }).fill("1s9999");
    expect(JSON.parse(await dialog().getByLabel("Body").inputValue())).toEqual({ serviceLink: { serviceId: "1s9999" } });
    await picture("action");
    await dialog().getByRole("button", { name: "Send" }).click();
    await reply(/4\d\d/);
    await dialog().getByRole("button", { name: "Close" }).click();
  });

  it("filters, sorts and pages lists through the address", async () => {
    for (const name of ["a1", "a2", "b1"])
      await fetch(`${drover.url}/v2-beta/projects/1a5/stacks`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name }) });
    await page.goto(`${drover.url}/v2-beta/projects/1a5/stacks`);
    await page.getByLabel("Filter modifier").selectOption("like");
    await page.getByLabel("Filter value").fill("a%");
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.waitForURL(/name_like=a%25/);
    await page.getByLabel("Sort by").selectOption("name");
    await page.waitForURL(/sort=name/);
    await page.getByRole("button", { name: /ascending/ }).click();
    await page.waitForURL(/order=desc/);
    await page.goto(`${page.url()}&limit=1`);
    await page.getByRole("link", { name: "Next page" }).click();
    await page.getByRole("heading", { name: "data (1)" }).waitFor();
    await page.locator(".items").getByText('"a1"').first().waitFor();
    await picture("list");
    await page.getByRole("button", { name: "Remove filter name_like" }).click();
    await page.waitForURL((url) => !url.search.includes("name_like"));
  });

  it("shows an error that is the whole answer", async () => {
    await page.goto(`${drover.url}/v2-beta/projects/1a5/stacks/1st99999`);
    await heading(/404 Not Found/);
    await picture("not-found");
  });

  it("deletes after asking", async () => {
    const [stack] = (await drover.list("stacks")).filter((each) => each["name"] === "b1");
    await page.goto(`${drover.url}/v2-beta/projects/1a5/stacks/${stack!["id"] as string}`);
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await dialog().getByRole("button", { name: "Delete", exact: true }).click();
    await reply("200");
    await until("the stack is gone", async () => !(await drover.list("stacks")).some((each) => each["name"] === "b1"));
    await dialog().getByRole("button", { name: "Close" }).click();
  });

  it("fits a phone", async () => {
    await page.setViewportSize({ width: 375, height: 700 });
    await page.goto(`${drover.url}/v2-beta/projects/1a5/stacks`);
    await heading("stack list");
    await until("nothing stands out of the screen", async () => (await page.evaluate(() => document.documentElement.scrollWidth)) <= 375, 5);
    await picture("phone");
  });

  it("shows an object of very many members part by part", async () => {
    const environment = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`k${at}`, "v"]));
    await fetch(`${drover.url}/v2-beta/projects/1a5/stacks`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name: "huge", environment }) });
    await page.goto(`${drover.url}/v2-beta/projects/1a5/stacks?name=huge`);
    await heading("stack list");
    await page.getByRole("button", { name: "199500 more" }).click();
    await page.getByRole("button", { name: "199000 more" }).waitFor();
  });

  it("reports no error in the browser", () => expect(problems.filter((p) => !/status of (404|422|4\d\d)/.test(p))).toEqual([]));
});
