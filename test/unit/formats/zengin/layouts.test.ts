import { describe, expect, test } from "vitest";
import { debitLayouts, endLayout, transferLayouts } from "#src/formats/zengin/layouts.ts";

describe("全銀のレコード", () => {
  test.each([
    ...Object.entries(transferLayouts),
    ...Object.entries(debitLayouts),
    ["終わり", endLayout] as const,
  ])("%s の並びは合わせて120バイト", (_, layout) => {
    expect(layout.reduce((sum, { length }) => sum + length, 0)).toBe(120);
  });
});
