import { describe, expect, it } from "vitest";
import type { ReportForm } from "../../api/types";
import { bodyOf, startOf } from "./report";

const known = {
  categories: [],
  category: "pothole",
  description: "Hay un bache",
  place: { text: "Calle 20", lat: 20.97, lon: -89.62 },
  photos: ["new", "old"],
  details: { size: "large", lanes: 2 },
} as unknown as ReportForm;

describe("the form of a report", () => {
  it("begins with what is known, and the newest photo", () => {
    const written = startOf(known);
    expect(written).toMatchObject({ category: "pothole", pin: [20.97, -89.62], photo: "new" });
    expect(written.details).toEqual({ size: "large", lanes: "2" });
  });

  it("sends words without a pin where there is none, and no empty answers", () => {
    const written = { ...startOf(known), pin: null, photo: null, details: { size: "large", since: " " } };
    expect(bodyOf(written, 3)).toEqual({
      version: 3,
      category: "pothole",
      description: "Hay un bache",
      place: { text: "Calle 20" },
      photo: null,
      details: { size: "large" },
    });
  });
});
