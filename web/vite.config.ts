import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The page is served by Drover.Server from its wwwroot; `npm run dev` talks to a server on port 8080.
export default defineConfig({
  plugins: [react()],
  build: { outDir: "../src/Drover.Server/wwwroot", emptyOutDir: true, chunkSizeWarningLimit: 700 },
  server: { proxy: { "/v1": { target: "http://127.0.0.1:8080", ws: true }, "/v2-beta": { target: "http://127.0.0.1:8080", ws: true } } },
});
