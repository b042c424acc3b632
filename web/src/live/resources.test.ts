import { describe, expect, it } from "vitest";
import type { Resource } from "../api/types";
import { changedResource, retryDelay } from "./connection";
import { Resources } from "./resources";

const container = (id: string, fields: Partial<Resource> = {}): Resource => ({
  id, type: "container", baseType: "instance", name: id, state: "running", links: {}, actions: {}, ...fields,
});

function fixture() {
  const frames: (() => void)[] = [];
  const resources = new Resources((run) => frames.push(run));
  let told = 0;
  resources.subscribe(() => told++);
  return { resources, frame: () => frames.splice(0).forEach((run) => run()), told: () => told };
}

describe("live resources", () => {
  it("tells its listeners once per frame, however much changed", () => {
    const { resources, frame, told } = fixture();
    for (let i = 0; i < 100; i++) resources.apply(container(`1i${i}`));
    frame();
    expect(told()).toBe(1);
    expect(resources.list("instance")).toHaveLength(100);
  });

  it("keeps a list's identity while nothing in it changed", () => {
    const { resources } = fixture();
    resources.load("host", [{ ...container("1h1"), type: "host", baseType: "host" }]);
    const before = resources.list("host");
    resources.apply(container("1i1"));
    expect(resources.list("host")).toBe(before);
    resources.apply({ ...container("1h1"), type: "host", baseType: "host", state: "disconnected" });
    expect(resources.list("host")).not.toBe(before);
  });

  it("drops what was removed", () => {
    const { resources } = fixture();
    resources.load("instance", [container("1i1"), container("1i2", { removed: "2026-01-01T00:00:00Z" })]);
    expect(resources.find("instance", "1i2")).toBeUndefined();
    resources.apply(container("1i1", { state: "removed" }));
    expect(resources.list("instance")).toEqual([]);
  });

  it("sorts numbers in names as numbers", () => {
    const { resources } = fixture();
    resources.load("instance", ["web-10", "web-2", "Web-1"].map((name, i) => container(`1i${i}`, { name })));
    expect(resources.list("instance").map((r) => r.name)).toEqual(["Web-1", "web-2", "web-10"]);
  });

  it("reads resources out of change events and nothing out of pings", () => {
    expect(changedResource(JSON.stringify({ name: "resource.change", data: { resource: container("1i1") } }))?.id).toBe("1i1");
    expect(changedResource(JSON.stringify({ name: "ping", data: { resources: [] } }))).toBeNull();
  });

  it("retries sooner first and never later than 36 seconds", () => {
    expect(retryDelay(0, 0.5)).toBe(1_000);
    expect(retryDelay(3, 0)).toBeCloseTo(6_400);
    expect(retryDelay(50, 1)).toBeCloseTo(36_000);
  });
});
