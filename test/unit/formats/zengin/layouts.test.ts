import { describe, expect, test } from "vitest";
import { debitLayouts, endLayout, transferLayouts } from "#src/formats/zengin/layouts.ts";

describe("records of 全銀", () => {
  test.each([
    ...Object.entries(transferLayouts),
    ...Object.entries(debitLayouts),
    ["end", endLayout] as const,
  ])("the layout of %s adds up to 120 bytes", (_, layout) => {
    expect(layout.reduce((sum, { length }) => sum + length, 0)).toBe(120);
  });
});
