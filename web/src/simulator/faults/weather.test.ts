import { describe, expect, it } from "vitest";
import { planOf, WEATHERS } from "./weather";

const rates = (plan: ReturnType<typeof planOf>) => {
  const { delay_ms: _, ...webhooks } = plan.webhooks;
  return Object.values({ ...webhooks, ...plan.sends });
};

describe("the weather of the network", () => {
  it("is made of shares, and keeps its seed", () => {
    for (const weather of WEATHERS) {
      expect(planOf(weather, 7).seed).toBe(7);
      expect(rates(planOf(weather, 7)).every((rate) => rate > 0 && rate <= 1)).toBe(true);
    }
  });

  it("is nothing when calm and gets worse from there", () => {
    const sums = WEATHERS.map((weather) => rates(planOf(weather, 1)).reduce((sum, rate) => sum + rate, 0));
    expect(sums[0]).toBe(0);
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
  });
});
