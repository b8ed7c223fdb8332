import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { arm, disarm } from "./api";

const asked: { method: string; url: string; body: unknown }[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", async (url: string, { method, body }: { method: string; body: Blob }) => {
    const text = await body.text();
    asked.push({ method, url, body: JSON.parse(text) });
    return new Response(null, { status: 204 });
  });
});

afterEach(() => vi.unstubAllGlobals());

describe("a fault that is armed", () => {
  it("goes to whoever it strikes", async () => {
    await arm("http_500", 0, 2);
    await arm("undelivered_30003", 0, 1);
    expect(asked.map(({ url, body }) => [url, body])).toEqual([
      ["/simulator/api/faults", { fail: "http_500", times: 2 }],
      ["/simulator/api/twilio/faults", { fail: { undelivered: { code: 30003 } }, times: 1 }],
    ]);
  });

  it("can be any of Meta's codes, at once or as a status", async () => {
    await arm("error_answer", 131042, 1);
    await arm("error_status", 131049, 3);
    expect(asked.map(({ body }) => body)).toEqual([
      { fail: "error:131042", times: 1, when: "answer" },
      { fail: "error:131049", times: 3, when: "status" },
    ]);
  });

  it("is taken back everywhere there is something to take back", async () => {
    await disarm(false);
    expect(asked.map(({ url }) => url)).toEqual(["/simulator/api/faults"]);
    await disarm(true);
    expect(asked.at(-1)).toMatchObject({ method: "DELETE", url: "/simulator/api/twilio/faults" });
  });
});
