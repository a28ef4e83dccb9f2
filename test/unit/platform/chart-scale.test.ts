import fc from "fast-check";
import { expect, test } from "vitest";
import { marksUpTo } from "#src/web/statistics/scale.ts";

test("目盛は0から始まり、切りのよい等しい幅で、最大の値に届き、多すぎない", () => {
  expect(marksUpTo(0)).toEqual([0, 1]);
  expect(marksUpTo(3)).toEqual([0, 1, 2, 3]);
  expect(marksUpTo(14)).toEqual([0, 5, 10, 15]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (most) => {
      const marks = marksUpTo(most);
      const step = marks[1] ?? 0;
      expect(marks.map((mark, n) => mark === n * step)).not.toContain(false);
      expect(marks.at(-1)).toBeGreaterThanOrEqual(most);
      expect((marks.at(-1) ?? 0) - step).toBeLessThan(most);
      expect(marks.length).toBeLessThanOrEqual(6);
      expect(String(step)).toMatch(/^[125]0*$/);
    }),
  );
});
