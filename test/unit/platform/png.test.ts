import fc from "fast-check";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { isWholePng } from "#src/platform/printing/png.ts";

function picture(width: number, height: number, colorType: 0 | 2 | 4 | 6): Buffer {
  const image = new PNG({ width, height });
  for (let at = 0; at < image.data.length; at++) image.data[at] = (at * 37) % 256;
  return PNG.sync.write(image, { colorType });
}

describe("公印とロゴの画像", () => {
  it.each([0, 2, 4, 6] as const)("色の種類 %i の PNG は読める", (colorType) => {
    expect(isWholePng(picture(31, 17, colorType))).toBe(true);
  });

  it("どこで切れていても、一か所でも壊れていても、PDF に入れる前に断る", () => {
    const whole = picture(20, 20, 6);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => !isWholePng(whole.subarray(0, length))),
    );
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flipped) => {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ flipped;
        return !isWholePng(damaged);
      }),
    );
  });
});
