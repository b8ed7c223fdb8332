// The medians that criterion kept in a folder, as JSON: microseconds of each bench, and how often it runs in a second.

import { readFileSync, readdirSync } from "node:fs";

const folder = process.argv[2];
const figures = {};
for (const name of readdirSync(folder).filter((name) => name !== "report")) {
  const { median } = JSON.parse(readFileSync(`${folder}/${name}/new/estimates.json`, "utf8"));
  // Criterion counts nanoseconds.
  const microseconds = median.point_estimate / 1000;
  figures[name] = {
    microseconds: Number(microseconds.toFixed(2)),
    per_second: Math.round(1e6 / microseconds),
  };
}
process.stdout.write(`${JSON.stringify(figures)}\n`);
