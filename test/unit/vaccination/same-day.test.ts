import { describe, expect, test } from "vitest";
import { rules } from "#src/platform/rules.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { checkShot } from "#workflows/vaccination/check.ts";
import { dueDoses } from "#workflows/vaccination/due.ts";
import type { Shot } from "#workflows/vaccination/vocabulary.ts";

const BIRTH: IsoDate = "2026-05-10";
const baby = { birth: BIRTH, sex: "female" } as const;
const rule = (id: string) => rules.find((one) => one.id === `vaccination.${id}`);

describe("同じ日の同じワクチン", () => {
  const first: Shot = { vaccine: "5mix", date: "2026-07-09", dose: 1 };

  test("二度書かれていても、回が違っていても、一回と数える", () => {
    for (const twice of [
      [first, first],
      [first, { ...first, dose: 2 }],
      [{ ...first, dose: 2 }, first],
      [first, { vaccine: "4mix", date: first.date, dose: 1 }],
    ]) {
      const due = dueDoses(baby, "2026-07-10", twice).filter(({ vaccine }) => /mix/.test(vaccine));
      expect(due).toMatchObject([{ dose: 2, earliest: "2026-07-30" }]);
      expect(checkShot(baby, twice, { vaccine: "5mix", date: "2026-07-30" })).toEqual([]);
      expect(
        checkShot(baby, twice, { vaccine: "5mix", date: "2026-07-30", dose: 3 }),
      ).toMatchObject([{ code: "not-in-schedule" }]);
    }
  });

  test("その日にもう一度の接種は誤りになる", () => {
    for (const dose of [undefined, 1, 2])
      expect(checkShot(baby, [first], { vaccine: "5mix", date: first.date, dose })).not.toEqual([]);
    const bcg = { vaccine: "bcg", date: "2026-10-10" } as const;
    expect(checkShot(baby, [bcg], bcg)).toMatchObject([{ code: "already-complete" }]);
  });
});

describe("生まれる前と、死亡の後", () => {
  test("確かめる接種なら誤り、接種歴なら断る", () => {
    expect(checkShot(baby, [], { vaccine: "hepb", date: "2026-05-09" })).toMatchObject([
      { code: "before-target-age", message: "生まれる前の日付です。" },
    ]);
    expect(
      checkShot({ ...baby, diedOn: "2026-08-01" }, [], { vaccine: "pcv", date: "2026-08-02" }),
    ).toMatchObject([{ code: "after-target-age", message: "死亡日より後の日付です。" }]);
    expect(
      checkShot({ ...baby, diedOn: "2026-08-01" }, [], { vaccine: "pcv", date: "2026-08-01" }),
    ).toEqual([]);
    const early = [{ vaccine: "hepb", date: "2026-05-09" }];
    for (const [id, more] of [
      ["due", { on: "2026-07-01" }],
      ["check", { given: { vaccine: "hepb", date: "2026-07-01" } }],
    ] as const) {
      expect(rule(id)?.run({ ...baby, history: early, ...more })).toEqual({
        ok: false,
        error: { field: "history.0.date", message: "生まれる前の接種日です。" },
      });
      const late = [{ vaccine: "hepb", date: "2026-06-01" }];
      expect(
        rule(id)?.run({ ...baby, diedOn: "2026-05-31", history: late, ...more }),
      ).toMatchObject({
        ok: false,
        error: { field: "history.0.date", message: "死亡日より後の接種日です。" },
      });
    }
    expect(rule("due")?.run({ ...baby, diedOn: "2026-05-09", on: "2026-07-01" })).toMatchObject({
      ok: false,
      error: { field: "diedOn" },
    });
  });

  test("記録に残る生まれる前の接種は、回に数えない", () => {
    const history = [{ vaccine: "hepb", date: "2026-05-01" } as const];
    expect(dueDoses(baby, BIRTH, history).find(({ vaccine }) => vaccine === "hepb")?.dose).toBe(1);
  });

  test("亡くなった人に次の接種はない", () => {
    expect(dueDoses({ ...baby, diedOn: "2026-08-01" }, "2026-08-02", [])).toEqual([]);
  });
});
