import { beforeAll, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { movePension } from "#src/programs/vaccination/relief-benefits/pensions.ts";
import {
  countUnprinted,
  printedToday,
  printReports,
} from "#src/programs/vaccination/relief-benefits/print-reports.ts";
import { askReports, warnReports } from "#src/programs/vaccination/relief-benefits/reports.ts";
import { preparePensionRun } from "#src/programs/vaccination/relief-benefits/runs.ts";
import { reliefAmountTrials } from "#src/programs/vaccination/relief-benefits/trial.ts";
import { pensionItems } from "#src/programs/vaccination/screens/relief-benefits/work-items.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import {
  keyedBenefits,
  keyedPension,
  keyedVisit,
  reliefBenefitsOf,
} from "#test/support/relief-benefits.ts";
import type { DatedRow } from "#workflows/parameters/dated.ts";

const city = await openTestPlatform();
const relief = reliefBenefitsOf(city);

beforeAll(() => relief.payments.setUp());

const tried = async (key: string, value: object, after = "") => {
  const trial = reliefAmountTrials.find((one) => one.key === key);
  if (!trial) throw new Error(`no trial of ${key}`);
  return runWork(city.platform, await city.system(), { purpose: "scheduled" }, (work) =>
    trial.round(work, { from: "2025-04-01", to: undefined, after }, {
      from: "2025-04-01",
      value,
      source: "厚生労働省の通知",
      certainty: "established",
    } as DatedRow<unknown> as DatedRow<never>),
  );
};

test("案の額は、入力の済んだ終わっていない請求で試し、額が定まる請求を言う", async () => {
  const { person, at } = await relief.recognised(["medical-cost", "medical-allowance"]);
  await relief.step("clerk1", "enterBenefits", at, {
    input: keyedBenefits(person, {
      visits: [keyedVisit({ month: "2025-05" })],
      allowanceMonths: [{ month: "2025-05" }],
    }),
  });
  const amounts = { allowanceHigh: 40_000, allowanceLow: 38_000 };
  const one = await tried("vaccination.relief-amounts-a", amounts);
  expect(one).toMatchObject({
    tried: 1,
    differing: [{ caseId: at.caseId, parts: ["医療手当 令和7年5月分の額の登録"] }],
  });
  expect(await tried("vaccination.relief-amounts-a", amounts, one.last)).toMatchObject({
    tried: 0,
  });
  expect(await tried("vaccination.relief-amounts-b", amounts)).toMatchObject({ tried: 0 });
  await relief.setAmounts("A", "2025-04-01", amounts);
  expect(await tried("vaccination.relief-amounts-a", amounts)).toMatchObject({ differing: [] });
  const higher = { ...amounts, allowanceLow: 39_000 };
  expect(await tried("vaccination.relief-amounts-a", higher)).toMatchObject({
    differing: [{ parts: ["医療手当 令和7年5月分の額"] }],
  });
});

test("年金の決裁・支払の承認・現況届の未提出は、担当の最初の画面に出る", async () => {
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
  const id = row?.id ?? "";
  const seen = (who: TestStaff) =>
    relief.as(who, async (work) => {
      const counts = await Promise.all(pensionItems.map((one) => one.count(work)));
      const items = await Promise.all(
        pensionItems.map((one) => one.read(work, { list: "waiting", from: 0, size: 10 })),
      );
      return {
        counts: counts.flat().map(({ kind, count }) => [kind, count]),
        paths: items.flat().map(({ path }) => path),
      };
    });
  await relief.as("clerk2", (work) => askReports(work, 2026, "2026-11-27"));
  // What is asked is printed once, and once more when it is warned of.
  expect(await relief.as("clerk2", printReports)).toEqual({ issued: 1, protectedOnes: 0 });
  await expect(relief.as("clerk2", printReports)).rejects.toThrow("現況届・催告はありません。");
  const pdf = await relief.as("clerk2", printedToday);
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe("%PDF-");
  city.platform.clock.moveTo("2026-11-30");
  await relief.as("clerk2", (work) => warnReports(work, "2026-12-01"));
  expect((await seen("clerk2")).counts).toEqual([]);
  expect(await relief.as("clerk2", countUnprinted)).toBe(1);
  city.platform.clock.moveTo("2026-12-02");
  expect(await seen("clerk2")).toEqual({
    counts: [["年金の現況届の未提出（催告の期限後）", 1]],
    paths: [`/vaccination/pensions/${id}`],
  });
  await relief.as("clerk2", (work) =>
    movePension(work, { id, seen: 1, type: "ask-stop", comment: "催告の期限を過ぎた。" }),
  );
  const run = await relief.as("operator1", (work) => preparePensionRun(work, "2027-01-01"));
  expect(await seen("supervisor1")).toEqual({
    counts: [
      ["年金の差止めの決裁待ち", 1],
      ["年金の支払の承認待ち", 1],
    ],
    paths: [`/vaccination/pensions/${id}`, `/vaccination/pensions/runs/${run}`],
  });
});
