import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cityParameters } from "#src/platform/parameters/index.ts";
import { Values } from "#src/web/values.ts";
import { schemeArea } from "#workflows/child-medical/presets.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { copayPlanSchema } from "#workflows/medical/copay-plan.ts";
import type { DatedRow } from "#workflows/parameters/dated.ts";
import { following, replacedBy } from "#workflows/parameters/follow.ts";
import { inputOf, readEntered, sentOf } from "#workflows/rules/entered.ts";
import { valueLines } from "#workflows/rules/value-lines.ts";

const row = (from: IsoDate, value: number, to?: IsoDate): DatedRow<number> => ({
  from,
  ...(to && { to }),
  value,
  source: "試験",
  certainty: "established",
});

describe("市の行", () => {
  test("は、次の行の前日で終わり、自分の終わりは守る", () => {
    expect(following([row("2026-04-01", 2), row("2024-04-01", 1)])).toMatchObject([
      { from: "2024-04-01", to: "2026-03-31" },
      { from: "2026-04-01" },
    ]);
    expect(following([row("2024-04-01", 1, "2025-03-31"), row("2026-04-01", 2)])[0]?.to).toBe(
      "2025-03-31",
    );
  });

  test("は、始まりの日から備え付けの行に代わり、前の日には備え付けの行が残る", () => {
    const base = { name: "数値", rows: [row("2019-04-01", 1)] };
    const found = replacedBy(base, "別名", [row("2026-04-01", 2)]);
    expect(found).toMatchObject({
      name: "数値",
      rows: [
        { from: "2019-04-01", to: "2026-03-31", value: 1 },
        { from: "2026-04-01", value: 2 },
      ],
    });
    expect(replacedBy(base, "別名", [])).toEqual(base);
    expect(replacedBy(undefined, "数値", [row("2026-04-01", 2)]).rows).toHaveLength(1);
  });

  test("は、どの日にも高々一つ", () => {
    const day = fc.integer({ min: 0, max: 2_000 }).map((days) => addDays("2020-01-01", days));
    fc.assert(
      fc.property(fc.uniqueArray(day, { maxLength: 6 }), day, day, (starts, first, on) => {
        const { rows } = replacedBy(
          { name: "x", rows: [row("2019-04-01", 0)] },
          "x",
          [...starts.filter((start) => start > first), first].map((from, at) => row(from, at)),
        );
        expect(rows.filter(({ from, to }) => from <= on && (!to || on <= to))).toHaveLength(1);
      }),
    );
  });
});

describe("制度の数値の入力", () => {
  test("どの数値も、鍵と名前が一つで、雛形は入力欄に収まる", () => {
    const keys = cityParameters.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { fields, templates = [] } of cityParameters)
      for (const { known } of templates) {
        const sent = new Values(sentOf(fields, known));
        expect(inputOf(fields, readEntered(fields, sent))).toMatchObject(known as object);
        expect(valueLines(fields, known).length).toBeGreaterThan(0);
      }
  });

  test("一部負担金の入力欄は、定めのすべての項目を持つ", () => {
    const plan = cityParameters.find(({ key }) => key === "child-medical.copay-plan");
    expect(Object.keys(plan?.fields ?? {}).sort()).toEqual(
      Object.keys(copayPlanSchema.shape).sort(),
    );
    const band = plan?.fields.bands?.fields ?? {};
    const bandShape = copayPlanSchema.shape.bands.element.shape;
    expect(Object.keys(band).sort()).toEqual(Object.keys(bandShape).sort());
    expect(Object.keys(band.outpatient?.fields ?? {}).sort()).toEqual(
      Object.keys(bandShape.outpatient.unwrap().shape).sort(),
    );
  });

  test("一部負担金は、入院外と入院の負担区分を選ばなければ登録できない", () => {
    const plan = cityParameters.find(({ key }) => key === "child-medical.copay-plan");
    const band = (more: object) => plan?.schema.safeParse({ bands: [{ title: "全員", ...more }] });
    expect(band({})?.error?.issues.map(({ path }) => path.join("."))).toEqual([
      "bands.0.outpatient.burden",
      "bands.0.inpatient.burden",
    ]);
    const free = { burden: "none" };
    expect(band({ outpatient: free, inpatient: free })?.success).toBe(true);
  });

  test("公費負担者番号は検証番号を確かめる", () => {
    const one = cityParameters.find(({ key }) => key === "child-medical.payer-number");
    expect(one?.schema.safeParse({ value: "54016027" }).success).toBe(true);
    expect(one?.schema.safeParse({ value: "54016028" }).success).toBe(false);
  });

  test("画面で定めた値は、備え付けの組の中でもその日から使われる", () => {
    const preset = schemeArea.presets.kumamoto;
    const part = schemeArea.settable?.[0];
    if (!preset || !part) throw new Error("a preset with a settable part");
    const rows = replacedBy<never>(part.rowsOf(preset) as never, "x", [
      { ...row("2026-04-01", 0), value: { value: "54016027" } as never },
    ]);
    const found = part.withRows(preset, rows).payerNumber.rows;
    expect(found.map(({ from, value }) => [from, value])).toEqual([
      ["2019-04-01", "83430017"],
      ["2026-04-01", "54016027"],
    ]);
  });
});
