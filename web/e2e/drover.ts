import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Page, chromium as playwright } from "playwright-core";

const program = process.env["DROVER_PROGRAM"] ?? resolve(import.meta.dirname, "../../src/Drover/bin/Debug/net10.0/drover");

/** Why the pages cannot be tested here; null where they can. */
export function whyNot(): string | null {
  if (!existsSync(program)) return `there is no ${program}: build src/Drover first`;
  if (!existsSync(chromium)) return `there is no ${chromium}: install Debian's chromium`;
  return null;
}

export const chromium = "/usr/bin/chromium";

/** A page in a browser of its own, and what went wrong in it: errors of scripts, of the console, and requests to other servers. */
export async function open(url: string, viewport: { width: number; height: number }) {
  const browser = await playwright.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const page: Page = await browser.newPage({ viewport });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(`${message.text()} ${message.location().url}`));
  page.on("request", (request) => [new URL(url).origin, "null"].includes(new URL(request.url()).origin) || problems.push(`asked for ${request.url()}`));
  await page.goto(url);
  return { page, problems, close: () => browser.close() };
}

/** A server with simulated hosts, as a person would start them. */
export class Drover {
  private readonly processes: ChildProcess[] = [];
  private readonly data = mkdtempSync(join(tmpdir(), "drover-e2e-"));

  private constructor(readonly url: string) {}

  static async start(hosts: number): Promise<Drover> {
    const drover = new Drover(`http://127.0.0.1:${await freePort()}`);
    drover.run(["server", "--data", drover.data, "--listen", drover.url]);
    await until("the server answers", async () => (await fetch(`${drover.url}/ping`)).ok);
    drover.run(["simulate", "--url", drover.url, "--hosts", String(hosts)], { DROVER_TOKEN: await drover.token() });
    await until(`${hosts} hosts are active`, async () => (await drover.list("hosts")).filter((h) => h["state"] === "active").length === hosts);
    return drover;
  }

  async list(kind: string): Promise<Record<string, unknown>[]> {
    const answer = await fetch(`${this.url}/v2-beta/projects/1a5/${kind}`);
    return ((await answer.json()) as { data: Record<string, unknown>[] }).data;
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.processes.reverse().map(
        (p) =>
          new Promise((done) => {
            p.once("exit", done);
            if (!p.kill("SIGTERM")) done(null);
          }),
      ),
    );
    rmSync(this.data, { recursive: true, force: true });
  }

  private async token(): Promise<string> {
    const url = `${this.url}/v2-beta/projects/1a5/registrationtokens`;
    const made = (await (await fetch(url, { method: "POST", body: "{}" })).json()) as { id: string };
    let token: string | null = null;
    await until("the registration token is active", async () => {
      token = ((await (await fetch(`${url}/${made.id}`)).json()) as { token: string | null }).token;
      return token !== null;
    });
    return token!;
  }

  private run(args: string[], environment: Record<string, string> = {}): void {
    this.processes.push(spawn(program, args, { stdio: "ignore", env: { ...process.env, ...environment } }));
  }
}

async function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

/** Waits for something to become true; says what did not happen in time. */
export async function until(what: string, check: () => Promise<boolean>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await check().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((next) => setTimeout(next, 100));
  }
}
