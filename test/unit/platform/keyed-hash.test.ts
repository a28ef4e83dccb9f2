import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyedHash } from "#src/platform/vault/keyed-hash.ts";

test("鍵つきハッシュは HMAC-SHA-256 である", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const key = randomBytes(32);
      expect(keyedHash(key)(text)).toEqual(createHmac("sha256", key).update(text).digest("hex"));
    }),
  );
});
