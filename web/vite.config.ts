// Builds every page of the product into dist/, which the server embeds (src/http/ui.rs): one HTML file a page, hashed
// files under /assets. In development the pages talk to a server that runs beside Vite. The chat that other sites embed
// is built by vite.widget.config.ts.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
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

/** The map is large and read on slow lines: its files lie packed beside themselves (src/http/ui.rs gives them). */
const packedMap: Plugin = {
  name: "packed-map",
  apply: "build",
  writeBundle({ dir = "dist" }, bundle) {
    for (const file of Object.keys(bundle).filter((name) => /maplibre|^assets\/map-/.test(name))) {
      const bytes = readFileSync(join(dir, file));
      writeFileSync(join(dir, `${file}.gz`), gzipSync(bytes, { level: 9 }));
      writeFileSync(
        join(dir, `${file}.br`),
        brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      );
    }
  },
};

export default defineConfig({
  plugins: [react(), pageNames, packedMap],
  build: {
    // A content security policy need not allow data: addresses.
    assetsInlineLimit: 0,
    // The map belongs to a page that the server draws: it looks up here what the script is called.
    manifest: "manifest.json",
    rolldownOptions: {
      input: ["index.html", "simulator.html", "console.html", "widget/demo.html", "src/map/map.ts"],
    },
  },
  server: {
    // The simulator draws its map from ../catalogue.
    fs: { allow: [".."] },
    proxy: {
      "/api": SERVER,
      "^/simulator/(api|media)/": SERVER,
      "^/(reportes|folio|datos)": SERVER,
      "/webchat": SERVER,
      "/widget.js": SERVER,
    },
  },
  test: { include: ["src/**/*.test.ts", "widget/**/*.test.ts"] },
});
