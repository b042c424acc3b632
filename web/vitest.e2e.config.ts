import { defineConfig } from "vitest/config";

// The pages in a real browser against the real server; `npm test` runs the fast ones alone.
export default defineConfig({ test: { include: ["e2e/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 90_000 } });
