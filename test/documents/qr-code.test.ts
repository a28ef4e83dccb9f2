import bwipjs from "bwip-js/node";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { qrCode } from "#forms/codes/qr-code.ts";

/** The same content by the general encoder with each of its masks; ours must be one of them, dot for dot. */
function generalEncodings(content: string | Uint8Array): string[] {
  const text = typeof content === "string" ? content : Buffer.from(content).toString("latin1");
  const binary = typeof content === "string" ? "" : " binarytext";
  return Array.from({ length: 8 }, (_, mask) => {
    const [symbol] = bwipjs.raw("qrcode", text, `eclevel=M fixedeclevel mask=${mask + 1}${binary}`);
    return symbol && "pixs" in symbol ? symbol.pixs.join("") : "";
  });
}

describe("QRコード", () => {
  it("数字は、一般の符号化と同じ模様になる", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,60}$/), (digits) => {
        expect(generalEncodings(digits)).toContain(qrCode(digits).modules.join(""));
      }),
      { numRuns: 40 },
    );
  });
  it("バイト列は、1型から20型まで一般の符号化と同じ模様になる", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 660 }), (bytes) => {
        // A zero-free alphabet above ASCII keeps the general encoder in byte mode as well.
        const content = bytes.map((byte) => byte | 0x80);
        expect(generalEncodings(content)).toContain(qrCode(content).modules.join(""));
      }),
      { numRuns: 12 },
    );
  });
  it("長すぎる内容は断る", () => {
    expect(() => qrCode("あ".repeat(400))).toThrow(RangeError);
  });
});
