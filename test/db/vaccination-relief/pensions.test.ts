import { beforeAll, describe, expect, test } from "vitest";
import { payablesOfCase } from "#src/platform/payments/index.ts";
import { movePension, readPension } from "#src/programs/vaccination/relief-benefits/pensions.ts";
import {
  answerReport,
  askReports,
  warnReports,
} from "#src/programs/vaccination/relief-benefits/reports.ts";
import {
  askOverpaidBack,
  linesOfPensionRun,
  movePensionRun,
  preparePensionRun,
  readPensionRun,
} from "#src/programs/vaccination/relief-benefits/runs.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { keyedPension, reliefBenefitsOf } from "#test/support/relief-benefits.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

const city = await openTestPlatform();
const relief = reliefBenefitsOf(city);
const { as } = relief;

beforeAll(async () => {
  await relief.payments.setUp();
  await relief.setAmounts("A", "2024-04-01", {
    disability1: 5_280_000,
    disability2: 4_224_000,
    disability3: 3_168_000,
    careAddition1: 864_000,
    careAddition2: 576_000,
  });
});

/** A pension of grade 2 from May 2023. */
async function granted() {
  const { person, at } = await relief.recognised(["disability-pension"], {}, "1988-04-02");
  const keyed = await relief.step("clerk1", "enterBenefits", at, {
    input: {
      visits: [],
      allowanceMonths: [],
      disabilityMonths: 0,
      benefits: [keyedPension(person)],
    },
  });
  await relief.step("supervisor1", "approve", await relief.step("clerk2", "propose", keyed));
  const [row] = await city.admin<{ id: string }[]>`
    select id from relief_benefits.pension where case_id = ${at.caseId}`;
  return { person, caseId: at.caseId, id: row?.id ?? "" };
}
const seenOf = (id: string) =>
  as("clerk1", async (work) => (await readPension(work, id)).pension.revision);
const move = async (
  who: "clerk1" | "clerk2" | "supervisor1",
  id: string,
  type: Parameters<typeof movePension>[1]["type"],
  given: Partial<Parameters<typeof movePension>[1]> = {},
) => {
  const seen = await seenOf(id);
  await as(who, (work) => movePension(work, { id, seen, type, comment: "試験のため", ...given }));
};
const run = (payMonth: IsoDate) => as("operator1", (work) => preparePensionRun(work, payMonth));
const seenRun = (id: string) =>
  as("operator1", async (work) => (await readPensionRun(work, id)).run.revision);
const moveRun = async (
  who: "operator1" | "operator2" | "supervisor1",
  id: string,
  type: "approve" | "cancel",
) => {
  const seen = await seenRun(id);
  return as(who, (work) => movePensionRun(work, { id, seen, type }));
};
const linesOf = async (id: string, pensionId: string) =>
  as("supervisor1", async (work) =>
    (await linesOfPensionRun(work, id, { from: 0, size: 500 })).rows
      .filter((one) => one.line.pensionId === pensionId)
      .map(({ line, from, to }) => ({ amount: line.amount, held: line.held, from, to })),
  );

describe("定期支払", () => {
  test("支払月の前月までを支払い、次の回は続きから。等級が遡って上がれば差額も支払う", async () => {
    const { id, caseId, person } = await granted();
    const first = await run("2027-01-01");
    // 11 months of 2023 at 344,900; from April 2024 at 352,000, to December 2026.
    const paid = 11 * 344_900 + 33 * 352_000;
    expect(await linesOf(first, id)).toEqual([
      { amount: paid, held: null, from: "2023-05-01", to: "2026-12-01" },
    ]);
    await expect(moveRun("operator1", first, "approve")).rejects.toThrow();
    await moveRun("supervisor1", first, "approve");
    const owed = await as("supervisor1", (work) => payablesOfCase(work, caseId));
    expect(
      owed.map(({ sourceKind, amount, personNumber }) => ({ sourceKind, amount, personNumber })),
    ).toEqual([{ sourceKind: "relief-pension", amount: paid, personNumber: person }]);
    const empty = await run("2027-01-01");
    expect(await linesOf(empty, id)).toEqual([]);
    await moveRun("operator2", empty, "cancel");

    await move("clerk2", id, "ask-change", {
      change: { from: "2026-10-01", grade: 1, homeCare: true, otherBenefits: 24_000 },
    });
    await expect(move("clerk2", id, "approve-change")).rejects.toThrow();
    await move("supervisor1", id, "approve-change");
    const next = await run("2027-01-01");
    // (5,280,000 + 864,000 - 24,000) / 12 - 352,000 for three months.
    expect(await linesOf(next, id)).toEqual([
      { amount: 3 * (510_000 - 352_000), held: null, from: "2026-10-01", to: "2026-12-01" },
    ]);
    // What moves after a run was prepared keeps it from being approved.
    await move("clerk2", id, "ask-change", {
      change: { from: "2026-11-01", grade: 2, homeCare: false, otherBenefits: 0 },
    });
    await expect(moveRun("supervisor1", next, "approve")).rejects.toThrow(
      "準備した後に、年金の決定が変わりました。",
    );
    await move("supervisor1", id, "refuse-change");
    await moveRun("supervisor1", next, "cancel");
  });

  test("介護加算は3級にはない", async () => {
    const { id } = await granted();
    await move("clerk2", id, "ask-change", {
      change: { from: "2023-05-01", grade: 3, homeCare: true, otherBenefits: 0 },
    });
    await move("supervisor1", id, "approve-change");
    const made = await run("2027-01-01");
    // 障害年金3級 has no 介護加算: 11 months at 258,700, 33 at 264,000.
    expect(await linesOf(made, id)).toMatchObject([
      { held: null, amount: 11 * 258_700 + 33 * 264_000 },
    ]);
    await moveRun("operator1", made, "cancel");
  });

  test("失権の後に払い過ぎた分は支払わず、返還を求めれば清算済となる", async () => {
    const { id } = await granted();
    const first = await run("2027-01-01");
    await moveRun("supervisor1", first, "approve");
    await move("clerk2", id, "ask-end", { end: { reason: "recovery", on: "2026-10-20" } });
    await move("supervisor1", id, "approve-end");
    const next = await run("2027-01-01");
    expect(await linesOf(next, id)).toEqual([
      { amount: -2 * 352_000, held: "overpaid", from: "2026-11-01", to: "2026-12-01" },
    ]);
    // Somebody else's line makes the run one that can be approved.
    await moveRun("operator1", next, "cancel");
    await granted();
    const again = await run("2027-01-01");
    await moveRun("supervisor1", again, "approve");
    const [line] = await city.admin<{ id: string }[]>`
      select id from relief_benefits.pension_line where run_id = ${again} and pension_id = ${id}`;
    const ask = () =>
      as("clerk1", (work) =>
        askOverpaidBack(work, {
          lineId: line?.id ?? "",
          dueOn: "2026-12-25",
          comment: "失権後の支払",
        }),
      );
    await ask();
    await expect(ask()).rejects.toThrow();
    const settled = await run("2027-01-01");
    expect(await linesOf(settled, id)).toEqual([]);
    await moveRun("operator1", settled, "cancel");
  });

  test("受給者が死亡すれば、未支給の分は請求した遺族に支払う", async () => {
    const { id } = await granted();
    const heir = await relief.person({ birthDate: "1990-01-01" });
    await relief.payments.account(heir);
    await move("clerk2", id, "ask-end", { end: { reason: "death", on: "2023-06-10" } });
    await move("supervisor1", id, "approve-end");
    const held = await run("2027-01-01");
    expect(await linesOf(held, id)).toMatchObject([{ held: "payee-died", amount: 2 * 344_900 }]);
    await moveRun("operator1", held, "cancel");
    await move("clerk2", id, "ask-arrears", { payee: heir });
    await move("supervisor1", id, "approve-arrears");
    const next = await run("2027-01-01");
    expect(await linesOf(next, id)).toMatchObject([{ held: null, amount: 2 * 344_900 }]);
    const [line] = await city.admin`
      select payee_number from relief_benefits.pension_line where run_id = ${next} and pension_id = ${id}`;
    expect(line).toEqual({ payee_number: heir });
    await moveRun("operator1", next, "cancel");
  });
});

test("現況届が出なければ、催告の期限の後に差し止め、出れば解いて全部支払う", async () => {
  const { id } = await granted();
  expect(await as("clerk2", (work) => askReports(work, 2026, "2026-11-27"))).toBeGreaterThan(0);
  await expect(move("clerk2", id, "ask-stop")).rejects.toThrow("催告の期限が過ぎていません");
  expect(await as("clerk2", (work) => warnReports(work, "2026-12-01"))).toBe(0);
  city.platform.clock.moveTo("2026-11-30");
  expect(await as("clerk2", (work) => warnReports(work, "2026-12-01"))).toBeGreaterThan(0);
  await expect(move("clerk2", id, "ask-stop")).rejects.toThrow("催告の期限が過ぎていません");
  city.platform.clock.moveTo("2026-12-02");
  await move("clerk2", id, "ask-stop");
  await move("supervisor1", id, "approve-stop");
  const held = await run("2027-01-01");
  expect(await linesOf(held, id)).toMatchObject([{ held: "stopped" }]);
  await moveRun("operator1", held, "cancel");
  await expect(move("clerk2", id, "ask-resumption")).rejects.toThrow(
    "現況届が提出されていません。",
  );
  await as("clerk1", (work) =>
    answerReport(work, { pensionId: id, year: 2026, on: "2026-12-02", changed: false }),
  );
  await move("clerk2", id, "ask-resumption");
  await move("supervisor1", id, "approve-resumption");
  const next = await run("2027-01-01");
  expect(await linesOf(next, id)).toMatchObject([
    { held: null, amount: 11 * 344_900 + 33 * 352_000, from: "2023-05-01", to: "2026-12-01" },
  ]);
});
