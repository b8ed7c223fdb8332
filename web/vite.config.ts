// Builds every page of the product into dist/, which the server embeds (src/http/ui.rs): one HTML file a page, hashed
// files under /assets. In development the pages talk to a server that runs beside Vite. The chat that other sites embed
// is built by vite.widget.config.ts.
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const SERVER = process.env.VENTANILLA_URL ?? "http://127.0.0.1:8080";

const PAGES: Record<string, string> = { "/simulator": "/simulator.html", "/widget": "/widget/demo.html" };

/** The server gives pages without ".html"; in development Vite has to as well. */
const pageNames: Plugin = {
  name: "page-names",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const path = request.url?.split("?")[0] ?? "";
      // The console has addresses of its own below /console.
      if (/^\/console(\/|$)/.test(path)) request.url = "/console.html";
      else request.url = PAGES[path] ?? request.url;
      next();
    });
  },
};

export default defineConfig({
  plugins: [react(), pageNames],
  build: {
    // A content security policy need not allow data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: { input: ["index.html", "simulator.html", "console.html", "widget/demo.html"] },
  },
  server: {
    // The simulator draws its map from ../catalogue.
    fs: { allow: [".."] },
    proxy: {
      "/api": SERVER,
      "^/simulator/(api|media)/": SERVER,
      "/webchat": SERVER,
      "/widget.js": SERVER,
    },
  },
  test: { include: ["src/**/*.test.ts", "widget/**/*.test.ts"] },
});
