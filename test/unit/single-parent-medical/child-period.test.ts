import { expect, test } from "vitest";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { childUntil } from "#workflows/single-parent-medical/child-period.ts";

test("児童と数えるのはいつまでか", () => {
  const until = (birth: IsoDate, disabled = false, pupil = false) =>
    childUntil({ birth, disabled, pupil });
  expect(until("2008-04-01")).toBe("2026-03-31");
  expect(until("2008-04-02")).toBe("2027-03-31");
  expect(until("2008-04-02", true)).toBe("2028-04-01");
  expect(until("2008-04-02", false, true)).toBe("2028-04-01");
  expect(until("2008-02-29", true)).toBe("2028-02-28");
});
