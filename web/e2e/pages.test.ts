import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Drover, open, until, whyNot } from "./drover";

const pictures = resolve(import.meta.dirname, "../../out/pictures");
const reason = whyNot();
if (reason) console.log(`skipped: ${reason}`);

const compose = `version: '2'
services:
  web:
    image: nginx
    labels:
      io.rancher.sidekicks: log
  log:
    image: busybox
  db:
    image: redis
`;

describe.skipIf(reason !== null)("the pages", () => {
  let drover: Drover;
  let page: Page;
  let problems: string[] = [];
  let close: () => Promise<void>;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    drover = await Drover.start(2);
    ({ page, problems, close } = await open(drover.url, { width: 1200, height: 800 }));
  }, 90_000);

  afterAll(async () => {
    await close?.();
    await drover?.stop();
  });

  const picture = (name: string) => page.screenshot({ path: `${pictures}/${name}.png` });
  const service = (name: string) => page.locator(`[data-service="${name}"]`);

  it("show the hosts that have joined, live", async () => {
    await page.locator('[data-link="live"]').waitFor();
    await page.getByRole("link", { name: /Hosts/ }).click();
    await page.getByRole("region", { name: /^Host / }).nth(1).waitFor();
    expect(await page.locator('[data-state="active"]').count()).toBe(2);
    await picture("hosts");
  });

  it("show the command that joins a host", async () => {
    await page.getByRole("button", { name: "Add host" }).click();
    await page.getByText(/docker run/).waitFor();
    await picture("add-host");
    await page.keyboard.press("Escape");
  });

  it("refuse a compose file with the line that is wrong", async () => {
    await page.getByRole("link", { name: /Stacks/ }).click();
    await page.getByRole("button", { name: "New stack" }).click();
    await page.getByLabel("Name").fill("broken");
    await page.getByLabel("docker-compose.yml", { exact: true }).fill("web:\n  image: nginx\n  prots: ['80']\n");
    await page.getByRole("button", { name: "Launch", exact: true }).click();
    await page.getByText(/line 3.*not a known key/).first().waitFor();
    await picture("compose-error");
    expect(await drover.list("stacks")).toEqual([]);
  });

  it("launch a stack from compose files and follow it until it runs", async () => {
    await page.getByLabel("Name").fill("shop");
    await page.getByLabel("docker-compose.yml", { exact: true }).fill(compose);
    await page.getByRole("button", { name: "Launch", exact: true }).click();
    await service("web").locator('[data-state="active"]').waitFor({ timeout: 30_000 });
    await service("db").locator('[data-state="active"]').waitFor({ timeout: 30_000 });
    await picture("stack");
  });

  it("scale a service up and show its containers", async () => {
    await page.getByRole("button", { name: "One more db" }).click();
    await page.getByRole("button", { name: "One more db" }).click();
    await service("db").getByRole("button", { name: /db/ }).first().click();
    await page.locator('[data-container="shop-db-3"] [data-state="running"]').waitFor({ timeout: 30_000 });
    await picture("scaled");
    await until("the API counts three", async () => (await drover.list("services")).some((s) => s["name"] === "db" && s["currentScale"] === 3));
  });

  it("stop a service and start it again", async () => {
    const choose = async (action: string) => {
      await page.getByRole("button", { name: "Actions of service db" }).click();
      await page.getByRole("menuitem", { name: action }).click();
    };
    await choose("Stop");
    await service("db").locator('[data-state="inactive"]').waitFor({ timeout: 30_000 });
    await choose("Start");
    await service("db").locator('[data-state="active"]').waitFor({ timeout: 30_000 });
  });

  it("remove a stack after asking", async () => {
    await page.getByRole("button", { name: "Actions of stack shop" }).click();
    await page.getByRole("menuitem", { name: "Remove…" }).click();
    await page.getByRole("dialog").waitFor();
    await picture("remove");
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByText("No stacks yet").waitFor({ timeout: 60_000 });
    await until("no container is left", async () => (await drover.list("containers")).length === 0);
  });

  it("fit a phone", async () => {
    await page.setViewportSize({ width: 375, height: 700 });
    await until("nothing stands out of the screen", async () => (await page.evaluate(() => document.documentElement.scrollWidth)) <= 375, 5);
    await picture("phone");
  });

  it("report no error in the browser", () => expect(problems.filter((p) => !p.includes("422"))).toEqual([]));
});
