// The largest webhook that Meta posts, 1,000 messages in 3 MB, to a new server: seconds until its 200, which a server gives
// once everything is stored. Three servers, one after the other.

import { beside, post, webhook } from "./server.mjs";

const program = process.argv[2];

/** 1,000 people write 2,700 letters each. */
const body = webhook(
  Array.from({ length: 1000 }, (_, n) => ({
    from: `52198111${String(n).padStart(5, "0")}`,
    id: `wamid.${String(n).padStart(60, "0")}`,
    text: "Hay un bache en la esquina. ".repeat(97),
  })),
);

/** Seconds from the first byte of the request to the answer. */
async function measure({ url }) {
  const begun = performance.now();
  await post(url, body);
  return Number(((performance.now() - begun) / 1000).toFixed(3));
}

const seconds = [];
for (let n = 0; n < 3; n++) seconds.push(await beside(program, {}, measure));
process.stdout.write(`${JSON.stringify({ updates: 1000, bytes: Buffer.byteLength(body), seconds })}\n`);
