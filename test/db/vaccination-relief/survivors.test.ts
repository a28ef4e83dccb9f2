import { beforeAll, describe, expect, test } from "vitest";
import { getCase } from "#src/platform/cases/index.ts";
import { payablesOfCase } from "#src/platform/payments/index.ts";
import { reckonBenefits } from "#src/programs/vaccination/relief-benefits/reckon.ts";
import type { SeenCase } from "#test/support/case-sql.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { keyedBenefits, keyedVisit, reliefBenefitsOf } from "#test/support/relief-benefits.ts";
import type { ReliefBenefit } from "#workflows/vaccination/relief/benefits.ts";

const city = await openTestPlatform();
const relief = reliefBenefitsOf(city);

beforeAll(() => relief.payments.setUp());

async function adult(): Promise<string> {
  const person = await relief.person({ birthDate: "1980-02-03" });
  await relief.payments.account(person);
  return person;
}
/** A claim for somebody who died, recognised. */
const ofDead = (
  person: string,
  benefit: ReliefBenefit,
  given: { class: "A" | "B"; relation: string; claimantNumber: string; diedOn?: string },
) => relief.recognisedOf(person, [benefit], { diedOn: "2024-05-20", ...given });

const row = (benefit: ReliefBenefit, payeeNumber: string, given: Record<string, unknown> = {}) => ({
  benefit,
  payeeNumber,
  homeCare: false,
  otherBenefits: 0,
  ...given,
});
const enter = (at: SeenCase, benefits: readonly object[], disabilityMonths = 0) =>
  relief.step("clerk1", "enterBenefits", at, {
    input: { visits: [], allowanceMonths: [], disabilityMonths, benefits },
  });
const findings = (caseId: string) =>
  relief.as("clerk2", async (work) =>
    (await reckonBenefits(work, await getCase(work, caseId)))?.findings
      .map(({ of, number, code }) => `${of}${number} ${code}`)
      .toSorted(),
  );
const decide = async (at: SeenCase) =>
  relief.step("supervisor1", "approve", await relief.step("clerk2", "propose", at));
const paid = async (caseId: string) =>
  (await relief.as("supervisor1", (work) => payablesOfCase(work, caseId)))
    .map(({ personNumber, amount }) => [personNumber, amount])
    .toSorted();

describe("遺族", () => {
  test("遺族年金は同じ順位の遺族に等しく分け、障害年金の月数だけ短くなる", async () => {
    const [dead, ...children] = [await adult(), await adult(), await adult(), await adult()];
    const at = await ofDead(dead, "survivor-pension", {
      class: "B",
      relation: "child",
      claimantNumber: children[0] ?? "",
    });
    const rows = children.map((child) =>
      row("survivor-pension", child, { rank: "child", grade: 1, causeOn: "2024-05-20" }),
    );
    await decide(await enter(at, rows, 100));
    const pensions = await city.admin`
      select payee_number as payee, from_month::text as first, last_month::text as last
        from relief_benefits.pension where case_id = ${at.caseId} order by number`;
    // Ten years less at most seven.
    expect([...pensions]).toEqual(
      children.map((payee) => ({ payee, first: "2024-06-01", last: "2027-05-01" })),
    );
    expect(await paid(at.caseId)).toEqual([]);
  });

  test("先の順位の遺族がいれば、後の順位の遺族は支給を受けられない", async () => {
    const [dead, spouse, parent] = [await adult(), await adult(), await adult()];
    const at = await ofDead(dead, "survivor-lump-sum", {
      class: "B",
      relation: "spouse",
      claimantNumber: spouse,
    });
    const first = row("survivor-lump-sum", spouse, { rank: "spouse" });
    const later = row("survivor-lump-sum", parent, { rank: "parent" });
    const keyed = await enter(at, [first, later]);
    expect(await findings(at.caseId)).toEqual(["benefit2 not-due-rank"]);
    await expect(relief.step("clerk2", "propose", keyed)).rejects.toThrow();
    // Refused for that reason, the other one gets the whole of it: not half.
    await decide(await enter(keyed, [first, { ...later, refusal: "not-survivor" }]));
    expect(await paid(at.caseId)).toEqual([[spouse, 7_783_200]]);
  });

  test("請求した方の続柄と違う順位では支給しない", async () => {
    const [dead, parent] = [await adult(), await adult()];
    const at = await ofDead(dead, "survivor-lump-sum", {
      class: "B",
      relation: "parent",
      claimantNumber: parent,
    });
    await enter(at, [row("survivor-lump-sum", parent, { rank: "spouse" })]);
    expect(await findings(at.caseId)).toEqual(["benefit1 not-due-rank"]);
  });

  test("死亡一時金は父母で等分し、除く額は請求した方の分から除く。二度は支給しない", async () => {
    const [dead, father, mother] = [await adult(), await adult(), await adult()];
    const given = {
      class: "A",
      relation: "parent",
      claimantNumber: father,
      diedOn: "2024-03-01",
    } as const;
    const at = await ofDead(dead, "death-lump-sum", given);
    const rows = [
      row("death-lump-sum", father, { rank: "parent", otherBenefits: 1_000_000 }),
      row("death-lump-sum", mother, { rank: "parent" }),
    ];
    await decide(await enter(at, rows));
    expect(await paid(at.caseId)).toEqual(
      [
        [father, 21_650_000],
        [mother, 22_650_000],
      ].toSorted(),
    );
    const again = await ofDead(dead, "death-lump-sum", given);
    await enter(again, [row("death-lump-sum", mother, { rank: "parent" })]);
    expect(await findings(again.caseId)).toEqual(["benefit1 paid-before"]);
  });

  test("遺族一時金からは、支払われた遺族年金を除く", async () => {
    const [dead, sibling] = [await adult(), await adult()];
    const at = await ofDead(dead, "survivor-lump-sum", {
      class: "B",
      relation: "sibling",
      claimantNumber: sibling,
    });
    await decide(
      await enter(at, [
        row("survivor-lump-sum", sibling, { rank: "sibling", otherBenefits: 2_594_400 }),
      ]),
    );
    expect(await paid(at.caseId)).toEqual([[sibling, 7_783_200 - 2_594_400]]);
  });

  test("葬祭料は葬祭を行う方に、死亡の日の額で支給する", async () => {
    const [dead, friend] = [await adult(), await adult()];
    const at = await ofDead(dead, "funeral", {
      class: "A",
      relation: "funeral",
      claimantNumber: friend,
      diedOn: "2024-03-31",
    });
    await decide(await enter(at, [row("funeral", friend)]));
    expect(await paid(at.caseId)).toEqual([[friend, 212_000]]);
    // A day later it is another year, whose amount nobody has registered.
    const other = await adult();
    const later = await ofDead(other, "funeral", {
      class: "A",
      relation: "funeral",
      claimantNumber: friend,
      diedOn: "2024-04-01",
    });
    const keyed = await enter(later, [row("funeral", friend)]);
    await expect(relief.step("clerk2", "propose", keyed)).rejects.toThrow(
      "給付の額が定められていません。",
    );
  });
});

describe("B類", () => {
  test("A類の給付はなく、医療費は入院相当の受診だけに支給する", async () => {
    const person = await adult();
    const at = await relief.recognisedOf(person, ["medical-cost"], { class: "B" });
    const visits = [
      keyedVisit({ paidOn: "2024-05-31" }),
      keyedVisit({ way: "inpatient", days: [10], paid: 9_000, paidOn: "2024-05-31" }),
    ];
    const entry = keyedBenefits(person, { visits, allowanceMonths: [] });
    const keyed = await relief.step("clerk1", "enterBenefits", at, { input: entry });
    expect(await findings(at.caseId)).toEqual(["visit1 not-hospital-equivalent"]);
    const [first, ...rest] = visits;
    const aside = { ...first, refusal: "not-hospital-equivalent" };
    const put = await relief.step("clerk1", "enterBenefits", keyed, {
      input: { ...entry, visits: [aside, ...rest] },
    });
    await decide(put);
    expect(await paid(at.caseId)).toEqual([[person, 9_000]]);
    await expect(
      ofDead(await adult(), "death-lump-sum", {
        class: "B",
        relation: "spouse",
        claimantNumber: person,
      }),
    ).rejects.toThrow();
  });

  test("支払から5年を過ぎた医療費は、請求の期限を過ぎている", async () => {
    const person = await adult();
    const at = await relief.recognisedOf(person, ["medical-cost"], {
      class: "B",
      shotOn: "2021-05-01",
    });
    const visits = [
      keyedVisit({ month: "2021-06", way: "inpatient", days: [1], paidOn: "2021-06-30" }),
    ];
    await relief.step("clerk1", "enterBenefits", at, {
      input: keyedBenefits(person, { visits, allowanceMonths: [] }),
    });
    expect(await findings(at.caseId)).toEqual(["visit1 late"]);
  });
});
