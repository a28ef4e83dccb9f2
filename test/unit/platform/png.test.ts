import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { isWholePng, pictureOnly } from "#src/platform/printing/png.ts";
import { chunk, withMore } from "#test/support/png.ts";

function picture(width: number, height: number, colorType: 0 | 2 | 4 | 6): Buffer {
  const image = new PNG({ width, height });
  for (let at = 0; at < image.data.length; at++) image.data[at] = (at * 37) % 256;
  return PNG.sync.write(image, { colorType });
}

/** Bytes of the head behind the signature. */
const headOf = (file: Buffer) => Buffer.from(file.subarray(16, 29));

describe("公印とロゴの画像", () => {
  test.each([0, 2, 4, 6] as const)("色の種類 %i の PNG は読める", (colorType) => {
    expect(isWholePng(picture(31, 17, colorType))).toBe(true);
  });

  test("どこで切れていても、一か所でも壊れていても、PDF に入れる前に断る", () => {
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

  test.each([
    ["終わりのない文字情報", [chunk("iTXt", Buffer.from("abc"))], ""],
    ["作成者の名前", [chunk("tEXt", Buffer.from("Author\0Hanako"))], ""],
    ["アニメーション", [chunk("acTL", Buffer.alloc(8)), chunk("fdAT", Buffer.alloc(9))], ""],
    ["終わりの後の別のファイル", [], "PK\u0003\u0004<script>"],
  ])("%s は、画像から落とす", (_, more, after) => {
    const plain = picture(31, 17, 6);
    const file = withMore(plain, more, after);
    expect(isWholePng(file)).toBe(false);
    expect(pictureOnly(file).equals(plain)).toBe(true);
  });

  test("大きさの二つある画像、ありえない深さの画像は断る", () => {
    const plain = picture(31, 17, 6);
    const head = headOf(plain);
    expect(isWholePng(withMore(plain, [chunk("IHDR", head)]))).toBe(false);
    head[8] = 255;
    const rows = Buffer.alloc((Math.ceil((31 * 4 * 255) / 8) + 1) * 17);
    const deep = [chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), plain.subarray(-12)];
    expect(isWholePng(Buffer.concat([plain.subarray(0, 8), ...deep]))).toBe(false);
  });

  test.each([
    ["最後の行が欠けた画像", -1],
    ["大きさより多くの画素をもつ画像", 1],
  ])("%sは断る", (_, more) => {
    const plain = picture(31, 17, 6);
    const rows = chunk("IDAT", deflateSync(Buffer.alloc((31 * 4 + 1) * 17 + more)));
    const file = Buffer.concat([plain.subarray(0, 33), rows, plain.subarray(-12)]);
    expect(isWholePng(file)).toBe(false);
  });

  test("PNG でないものは、そのまま断られる", () => {
    const other = Buffer.from("GIF89a");
    expect(pictureOnly(other)).toBe(other);
    expect(isWholePng(other)).toBe(false);
  });
});
