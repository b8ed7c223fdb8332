// Fails when the chat that other sites embed has grown beyond what a slow line should carry.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** 30 kB, script and style together. */
const MOST = 30_000;

const built = fileURLToPath(new URL("../dist/widget.js", import.meta.url));
const size = gzipSync(readFileSync(built), { level: 9 }).length;
process.stdout.write(`widget.js: ${size} of ${MOST} bytes, gzip\n`);
if (size > MOST) {
  process.stderr.write("It is too large: leave something out, or load it when it is needed.\n");
  process.exitCode = 1;
}
