import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutIntoLots } from "#workflows/mailings/lots.ts";
import { postalOrderKey } from "#workflows/mailings/postal-order.ts";

describe("印刷に渡すファイルへの切り分け", () => {
  test.each([
    [0, []],
    [1, [1]],
    [1000, [1000]],
    [1001, [500, 501]],
    [2500, [833, 833, 834]],
  ])("%i 通", (count, sizes) => {
    const lots = cutIntoLots(count);
    expect(lots.map(({ first, last }) => last - first + 1)).toEqual(sizes);
    expect(lots.map(({ file }) => file)).toEqual(sizes.map((_, index) => index + 1));
  });

  test("どの一通も一つのファイルに入り、上限を超えない", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 3000 }),
        (count, limit) => {
          const lots = cutIntoLots(count, limit);
          let next = 1;
          for (const { first, last } of lots) {
            expect(first).toBe(next);
            expect(last - first).toBeLessThan(limit);
            next = last + 1;
          }
          expect(next).toBe(count + 1);
        },
      ),
    );
  });
});

test("郵便番号の順、次に住所の数字を数として並べる", () => {
  const addresses = [
    { postalCode: "8600001", address: "架空町2番1号" },
    { postalCode: "8600001", address: "架空町１０番1号" },
    { postalCode: "8600001", address: "架空町10番2号" },
    { postalCode: "8600002", address: "架空町1番1号" },
  ];
  const keys = addresses.map(postalOrderKey);
  expect(keys.toSorted()).toEqual(keys);
  expect(keys[1]).toBe("8600001 架空町000010番000001号");
});
