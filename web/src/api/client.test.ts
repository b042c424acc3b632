import { describe, expect, it } from "vitest";
import { ApiError, csrfToken, local } from "./client";

describe("client", () => {
  it("keeps to its own origin, whatever address the API names", () => {
    expect(local("http://10.0.0.1:8080/v2-beta/hosts?limit=5")).toBe("/v2-beta/hosts?limit=5");
    expect(local("/v2-beta/hosts")).toBe("/v2-beta/hosts");
  });

  it("finds the CSRF cookie among others", () => {
    expect(csrfToken("PL=rancher; CSRF=0A1B2C3D4E; LANG=en")).toBe("0A1B2C3D4E");
    expect(csrfToken("NOTCSRF=1")).toBe("");
  });

  it("an error says the server's message, or the code and the field", () => {
    expect(new ApiError(422, "NotUnique", "name", null).message).toBe("NotUnique: name");
    expect(new ApiError(404, "Not Found", null, "Not Found").message).toBe("Not Found");
    expect(new ApiError(422, "InvalidFormat", "dockerCompose", "line 3: unknown key").message).toBe("line 3: unknown key");
  });
});
