import { describe, expect, it } from "vitest";
import type { Resource } from "../api/types";
import { duration, groupOf, shownState, whyText } from "./states";

const resource = (fields: Partial<Resource>): Resource => ({ id: "1i1", type: "container", links: {}, actions: {}, ...fields });

describe("states", () => {
  it("a running container is fine and a stopped one is off, not failed", () => {
    expect(groupOf(resource({ state: "running", transitioning: "no" }))).toBe("ok");
    expect(groupOf(resource({ state: "stopped", transitioning: "no" }))).toBe("off");
  });

  it("what is on its way is in progress, whatever its state is called", () => {
    expect(groupOf(resource({ state: "updating-active", transitioning: "yes" }))).toBe("progress");
  });

  it("an error wins over the state", () => {
    expect(groupOf(resource({ state: "activating", transitioning: "error" }))).toBe("failed");
  });

  it("the health is shown where it says more", () => {
    expect(shownState(resource({ state: "active", healthState: "degraded" }))).toBe("degraded");
    expect(shownState(resource({ state: "active", healthState: "healthy" }))).toBe("active");
    expect(shownState(resource({ state: "inactive", healthState: "unhealthy" }))).toBe("inactive");
  });

  it("a container that starts once has done its work when it stopped, not before it ran", () => {
    const labels = { "io.rancher.container.start_once": "true" };
    expect(shownState(resource({ state: "stopped", startCount: 1, labels }))).toBe("started-once");
    expect(shownState(resource({ state: "stopped", startCount: 0, labels }))).toBe("stopped");
    expect(shownState(resource({ state: "running", startCount: 1, labels }))).toBe("running");
    expect(shownState(resource({ state: "stopped", startCount: 1 }))).toBe("stopped");
  });

  it("says why something waits, and nothing where all is well", () => {
    const why = { reason: "no host has port 80 free", since: "2026-01-01T00:00:00Z" };
    expect(whyText(resource({ transitioning: "yes", transitioningMessage: "In Progress", drover: { why } }))).toBe("no host has port 80 free");
    expect(whyText(resource({ transitioning: "yes", transitioningMessage: "In Progress" }))).toBeNull();
    expect(whyText(resource({ transitioning: "error", transitioningMessage: "no such image" }))).toBe("no such image");
    expect(whyText(resource({ transitioning: "no", transitioningMessage: "old news" }))).toBeNull();
  });

  it("durations grow coarser", () => {
    expect(duration(0, 5_400)).toBe("5 s");
    expect(duration(0, 125_000)).toBe("2 min");
    expect(duration(0, 7_300_000)).toBe("2 h");
    expect(duration(0, 200_000_000)).toBe("2 d");
    expect(duration(10_000, 0)).toBe("0 s");
  });
});
