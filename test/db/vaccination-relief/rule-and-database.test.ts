import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { amountsOfCity } from "#src/programs/vaccination/relief-benefits/parameters.ts";
import {
  movePensionRun,
  preparePensionRun,
  readPensionRun,
} from "#src/programs/vaccination/relief-benefits/runs.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { keyedPension, reliefBenefitsOf } from "#test/support/relief-benefits.ts";
import { type Pension, paymentUpTo, type YearlyOf } from "#test/support/relief-pensions.ts";
import { addMonths, type IsoDate, isoDate } from "#workflows/dates/iso-date.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { type CityAmounts, yearlyPension } from "#workflows/vaccination/relief/amounts.ts";
import type { ReliefBenefit, ReliefClass } from "#workflows/vaccination/relief/benefits.ts";

const city = await openTestPlatform();
const relief = reliefBenefitsOf(city);
const payMonth = isoDate(2027, 1, 1);
const upTo = isoDate(2026, 12, 1);

interface Known {
  id: string;
  caseId: string;
  class: ReliefClass;
  benefit: ReliefBenefit;
  from: IsoDate;
}
let pensions: Known[] = [];
let amounts: CityAmounts = {};

/** Three 障害年金 of A類, each alone, and three 遺族年金 of B類 that share. */
beforeAll(async () => {
  await relief.payments.setUp();
  await relief.setAmounts("A", "2024-04-01", {
    disability1: 5_280_001,
    disability2: 4_224_007,
    disability3: 3_168_011,
    careAddition1: 864_000,
  });
  await relief.setAmounts("B", "2025-04-01", { survivorPension: 2_600_003 });
  const decide = async (at: Awaited<ReturnType<typeof relief.recognisedOf>>, rows: object[]) => {
    const input = { visits: [], allowanceMonths: [], disabilityMonths: 0, benefits: rows };
    const keyed = await relief.step("clerk1", "enterBenefits", at, { input });
    await relief.step("supervisor1", "approve", await relief.step("clerk2", "propose", keyed));
  };
  for (const causeOn of ["2023-04-20", "2024-03-05", "2026-01-31"]) {
    const { person, at } = await relief.recognised(["disability-pension"], {}, "1988-04-02");
    await decide(at, [keyedPension(person, { causeOn })]);
  }
  const people = [];
  for (let n = 0; n < 4; n += 1) {
    const person = await relief.person({ birthDate: "1980-02-03" });
    await relief.payments.account(person);
    people.push(person);
  }
  const [dead = "", ...children] = people;
  const at = await relief.recognisedOf(dead, ["survivor-pension"], {
    class: "B",
    relation: "child",
    claimantNumber: children[0],
    diedOn: "2024-05-20",
  });
  const of = { benefit: "survivor-pension", rank: "child", grade: 1, causeOn: "2024-05-20" };
  await decide(
    at,
    children.map((child) => keyedPension(child, of)),
  );
  pensions = await city.admin<Known[]>`
    select id, case_id as "caseId", class, benefit, from_month::text as "from" from relief_benefits.pension order by case_id, number`;
  amounts = await relief.as("clerk2", amountsOfCity);
});

/** What is changed of a pension: another term from a month on, or another last month. */
const change = fc.record({
  which: fc.nat({ max: 5 }),
  grade: fc.constantFrom(1, 2, 3),
  homeCare: fc.boolean(),
  otherBenefits: fc.constantFrom(0, 1, 123_457, 9_000_000),
  month: fc.nat({ max: 30 }),
  ends: fc.option(fc.nat({ max: 40 })),
});

const yearlyOf =
  ({ class: of, benefit }: Known): YearlyOf =>
  (term, month) => {
    try {
      return yearlyPension({ class: of, benefit, ...term }, month, amounts)?.amount;
    } catch (error) {
      if (error instanceof MissingParameterError) return undefined;
      throw error;
    }
  };

test("定期支払の額は、どの改定・終わり・再分割の後も、規則が計算する額と月まで同じである", async () => {
  const { admin } = city;
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (changes, approves) => {
        for (const { which, month, ends, ...term } of changes) {
          const { id, from, benefit } = pensions[which] as Known;
          const grade = benefit === "survivor-pension" ? 1 : term.grade;
          await admin`
            insert into relief_benefits.pension_term (pension_id, from_month, grade, home_care, other_benefits, proposed_by, decided_by, decided_on, decision)
            select ${id}, ${addMonths(from, month)}, ${grade}, ${term.homeCare}, ${term.otherBenefits}, min(id), max(id), current_date, 'approved' from access.staff`;
          await admin`
            update relief_benefits.pension set last_month = ${ends === null ? null : addMonths(from, ends)} where id = ${id}`;
        }
        const expected = await expectedLines();
        const run = await relief.as("operator1", (work) => preparePensionRun(work, payMonth));
        expect(await linesOf(run)).toEqual(expected);
        const { revision } = (await relief.as("operator1", (work) => readPensionRun(work, run)))
          .run;
        const payable = expected.some(({ held }) => held === null);
        await relief.as("supervisor1", (work) =>
          movePensionRun(work, {
            id: run,
            seen: revision,
            type: approves && payable ? "approve" : "cancel",
          }),
        );
      },
    ),
    { numRuns: 20 },
  );
}, 240_000);

interface Line {
  id: string;
  held: string | null;
  months?: Record<string, number>;
}

/** What the rules say of each pension, with what approved runs paid of it. */
async function expectedLines(): Promise<Line[]> {
  const { admin } = city;
  const terms = await admin<(Pension["terms"][number] & { id: string })[]>`
    select pension_id as id, from_month::text as "from", grade, home_care as "homeCare", other_benefits::integer as "otherBenefits"
      from relief_benefits.pension_term order by pension_term.id`;
  const lasts = await admin<{ id: string; last: IsoDate | null }[]>`
    select id, last_month::text as last from relief_benefits.pension`;
  const paid = await admin<{ id: string; month: IsoDate; amount: number }[]>`
    select m.pension_id as id, m.month::text as month, sum(m.amount)::integer as amount from relief_benefits.pension_month m
      join relief_benefits.pension_line l on l.id = m.line_id and l.held is null join relief_benefits.pension_run r on r.id = l.run_id and r.state = 'approved'
     group by 1, 2`;
  const reckoned = new Map(
    pensions.map(({ id, from }) => [
      id,
      {
        id,
        from,
        last: lasts.find((one) => one.id === id)?.last ?? undefined,
        terms: terms.filter((one) => one.id === id),
      } satisfies Pension,
    ]),
  );
  return pensions.flatMap((known): Line[] => {
    const { id, caseId } = known;
    const group = pensions
      .filter((one) => one.caseId === caseId)
      .flatMap((one) => reckoned.get(one.id) ?? []);
    const of = reckoned.get(id) as Pension;
    const before = new Map(
      paid.filter((one) => one.id === id).map(({ month, amount }) => [month, amount]),
    );
    const got = paymentUpTo(of, group, upTo, before, yearlyOf(known));
    if (got === undefined) return [{ id, held: "amount-missing" }];
    if (got.months.length === 0) return [];
    const months = Object.fromEntries(got.months.map(({ month, amount }) => [month, amount]));
    return [{ id, held: got.amount > 0 ? null : "overpaid", months }];
  });
}

async function linesOf(run: string): Promise<Line[]> {
  const { admin } = city;
  const lines = await admin<{ id: string; held: string | null; months: Record<string, number> }[]>`
    select l.pension_id as id, l.held,
           (select coalesce(jsonb_object_agg(m.month::text, m.amount), '{}') from relief_benefits.pension_month m where m.line_id = l.id) as months
      from relief_benefits.pension_line l where l.run_id = ${run}`;
  return pensions.flatMap(({ id }): Line[] => {
    const line = lines.find((one) => one.id === id);
    if (!line) return [];
    return [line.held === "amount-missing" ? { id, held: line.held } : { ...line }];
  });
}
