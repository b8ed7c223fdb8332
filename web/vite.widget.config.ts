// Builds the chat that other sites embed: one classic script with its style inside, dist/widget.js, and the same packed
// (src/http/ui.rs gives what the browser can unpack). Runs after the build of the pages, which empties dist/.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const BUILT = fileURLToPath(new URL("dist/widget.js", import.meta.url));

const packed: Plugin = {
  name: "packed",
  closeBundle() {
    const script = readFileSync(BUILT);
    writeFileSync(`${BUILT}.gz`, gzipSync(script, { level: 9 }));
    writeFileSync(`${BUILT}.br`, brotliCompressSync(script));
  },
};

export default defineConfig({
  plugins: [packed],
  publicDir: false,
  build: {
    target: "es2019",
    cssTarget: ["chrome73", "safari12.1"],
    emptyOutDir: false,
    lib: {
      entry: "widget/main.ts",
      formats: ["iife"],
      name: "ventanillaWidget",
      fileName: () => "widget.js",
    },
  },
});
