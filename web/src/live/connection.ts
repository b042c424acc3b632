import { api } from "../api/client";
import type { Resource } from "../api/types";
import { Resources } from "./resources";

export type Link = "connecting" | "live" | "lost";

const types: [path: string, baseType: string][] = [
  ["hosts", "host"],
  ["stacks", "stack"],
  ["services", "service"],
  ["instances", "instance"],
];

/** The server pings every 5 seconds; without a sign of life for this long the socket is dead. */
const silenceLimit = 11_000;

/**
 * Keeps the resources of one environment fresh: on each connect it reads the lists and then lays the events that came
 * meanwhile over them, so that none is lost between the two.
 */
export class Connection {
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private closed = false;

  constructor(
    private readonly projectId: string,
    private readonly resources: Resources,
    private readonly onLink: (link: Link, error?: Error) => void,
  ) {}

  open(): void {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/v2-beta/projects/${this.projectId}/subscribe?eventNames=resource.change&_drover=1`);
    const early: Resource[] = [];
    let loaded = false;
    this.socket = socket;
    this.onLink("connecting");

    socket.onopen = () => {
      this.watch();
      this.loadAll().then(
        () => {
          loaded = true;
          early.forEach((r) => this.resources.apply(r));
          this.attempt = 0;
          this.onLink("live");
        },
        (error: Error) => {
          this.onLink("lost", error);
          socket.close();
        },
      );
    };
    socket.onmessage = (message) => {
      this.watch();
      const resource = changedResource(String(message.data));
      if (!resource) return;
      if (loaded) this.resources.apply(resource);
      else early.push(resource);
    };
    socket.onclose = () => this.retry();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private async loadAll(): Promise<void> {
    await Promise.all(
      types.map(async ([path, baseType]) =>
        this.resources.load(baseType, await api.all<Resource>(`/v2-beta/projects/${this.projectId}/${path}?limit=1000`)),
      ),
    );
  }

  private watch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.socket?.close(), silenceLimit);
  }

  private retry(): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.onLink("lost");
    this.timer = setTimeout(() => this.open(), retryDelay(this.attempt++, Math.random()));
  }
}

/** 1 to 30 seconds, doubling, 20 % either way. */
export function retryDelay(attempt: number, random: number): number {
  return Math.min(30_000, 1_000 * 2 ** attempt) * (0.8 + 0.4 * random);
}

/** The resource in a `resource.change` frame; null for pings and anything else. */
export function changedResource(frame: string): Resource | null {
  const event = JSON.parse(frame) as { name?: string; data?: { resource?: Resource } };
  return event.name === "resource.change" ? (event.data?.resource ?? null) : null;
}
