import { beforeAll, describe, expect, test } from "vitest";
import { ledgerOf } from "#src/platform/receipts/index.ts";
import { type BenefitFigures, countBenefits } from "#src/platform/statistics/count.ts";
import { monthsOf } from "#src/platform/statistics/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { receiptsOf } from "#test/support/receipts.ts";
import { ageOn } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

// 給付の統計：台帳のとおりに数え、見られない人には丸める。

const home = await openTestPlatform();
const { admin, platform } = home;
const { entitled, ukeFor, committed } = receiptsOf(home);
const ages = [0, 3, 6, 18];
let fileId = "";
beforeAll(async () => {
  fileId = await committed(ukeFor(await entitled(34), { seed: 11, institutions: 3 }));
}, 60_000);

const count = async (who: TestStaff, office?: string) =>
  runWork(platform, await home.actor(who), { purpose: "inquiry" }, (work) =>
    countBenefits(work, "child-medical", {
      period: monthsOf(2026),
      office,
      ages,
    }),
  );
const sum = (rows: readonly BenefitFigures[], dimension: string) => {
  const own = rows.filter((row) => row.dimension === dimension);
  const total = (of: (row: BenefitFigures) => number) =>
    own.reduce((before, row) => before + of(row), 0);
  return [total((row) => row.receipts), total((row) => row.points), total((row) => row.subsidy)];
};

describe("給付の統計は", () => {
  test("月、診療の種類、年齢、区、医療機関のどれで分けても、台帳の件数・点数・助成額になる", async () => {
    const [ledger] = await admin<{ n: number; points: number; subsidy: number; people: number }[]>`
      select count(*)::integer as n, sum(points)::float8 as points, sum(subsidy)::float8 as subsidy,
             count(distinct person_number)::integer as people from receipts.benefit`;
    const found = await count("clerk1");
    const whole = [ledger?.n, ledger?.points, ledger?.subsidy];
    expect(ledger?.n).toBeGreaterThan(30);
    for (const dimension of ["all", "part", "care", "age", "office", "institution"])
      expect(sum(found, dimension), dimension).toEqual(whole);
    expect(found.find(({ dimension }) => dimension === "all")?.people).toBe(ledger?.people);
    expect(
      found.filter(({ dimension }) => dimension === "institution").every(({ title }) => title),
    ).toBe(true);
    expect(await count("clerk1", "431028")).toEqual([]);
  });

  test("年齢は、誕生日の前日に一つ増えるものとして数える", async () => {
    const [one] = await admin<{ person_number: string; first: string }[]>`
      select person_number, min(treatment_month) as first from receipts.benefit group by 1 having count(*) > 0 limit 1`;
    // Three years old at the end of the first day of the month.
    await admin`update vault.person set birth_date = (${`${one?.first}-02`}::date - interval '3 years')::date where person_number = ${one?.person_number ?? ""}`;
    const rows = await admin<{ month: string; birth: string; n: number }[]>`
      select b.treatment_month as month, p.birth_date::text as birth, count(*)::integer as n
        from receipts.benefit b join vault.person p using (person_number) group by 1, 2`;
    const expected = new Map<string, number>();
    for (const { month, birth, n } of rows) {
      const { years } = ageOn(birth as IsoDate, `${month}-01` as IsoDate);
      const band = String(ages.findLast((from) => from <= years));
      expected.set(band, (expected.get(band) ?? 0) + n);
    }
    const found = (await count("clerk1")).filter(({ dimension }) => dimension === "age");
    expect(new Map(found.map(({ value, receipts }) => [value, receipts]))).toEqual(expected);
  });

  test("数の後ろの行は、同じ件数だけ並ぶ", async () => {
    const found = await count("clerk1");
    const rows = async (choice: object) =>
      (
        await runWork(
          platform,
          await home.actor("clerk1"),
          { purpose: "inquiry", program: "child-medical" },
          (work) =>
            ledgerOf(
              work,
              { program: "child-medical", from: "2026-04", to: "2027-03", ...choice },
              1,
            ),
        )
      ).total;
    for (const { dimension, value, receipts } of found) {
      if (dimension === "care") expect(await rows({ care: value })).toBe(receipts);
      if (dimension === "institution") expect(await rows({ institution: value })).toBe(receipts);
      if (dimension === "office") expect(await rows({ office: value })).toBe(receipts);
    }
  });

  test("台帳を見られない人には、10の位に丸めた数と万の位の額だけを返し、権限のない人には返さない", async () => {
    const found = await count("scheme1");
    for (const row of found) {
      expect([row.receipts % 10, row.people % 10, row.subsidy % 10_000, row.points % 1000]).toEqual(
        [0, 0, 0, 0],
      );
      if (row.dimension === "institution") expect(row.receipts).toBeGreaterThan(0);
      if (row.receipts === 0) expect([row.points, row.subsidy, row.patientPays]).toEqual([0, 0, 0]);
    }
    await expect(count("nobody")).rejects.toMatchObject({ code: "42501" });
    await expect(count("east1", "431010")).rejects.toMatchObject({ code: "42501" });
  });

  test("取り戻したものは、診療の月から差し引かれる", async () => {
    await admin`insert into receipts.benefit (kind, origin_id, program, person_number, recipient_number, entitlement_id, office_code, file_id, row, channel, claim_month,
        treatment_month, payment_month, institution, care, payer_number, insurer_number, other_funds, days, points, total_cost, insured, high_cost, additional_benefit,
        other_public, subsidy, patient_pays, remarks, recorded_by)
      select 'taken-back', id, program, person_number, recipient_number, entitlement_id, office_code, file_id, row, channel, '2027-01',
        treatment_month, '2027-02', institution, care, payer_number, insurer_number, other_funds, days, -points, -total_cost, -insured, -high_cost, -additional_benefit,
        -other_public, -subsidy, -patient_pays, remarks, recorded_by from receipts.benefit where file_id = ${fileId}`;
    for (const row of await count("clerk1"))
      expect([row.receipts, row.points, row.subsidy, row.patientPays]).toEqual([0, 0, 0, 0]);
  });
});
