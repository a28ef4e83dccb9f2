import { describe, expect, test } from "vitest";
import {
  askAdjustment,
  decideAdjustment,
  decideAdjustmentReason,
  decideReceipts,
  decideStatement,
  enterAdjustmentReason,
  enterStatement,
  getFile,
  ledgerSums,
  listAdjustmentReasons,
  listStatements,
  matchingBenefits,
  moveFile,
  settleDecisions,
} from "#src/platform/receipts/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { receiptsOf } from "#test/support/receipts.ts";

const home = await openTestPlatform();
const { admin, platform } = home;
const { entitled, ukeFor, committed, inReceipts } = receiptsOf(home);
const people = await entitled(12);
const fileId = await committed(ukeFor(people, { faultEvery: 6, seed: 5, institutions: 1 }));

const inCases = async <T>(who: "clerk1" | "supervisor1", run: Parameters<typeof runWork<T>>[3]) =>
  runWork(platform, await home.actor(who), { purpose: "case", program: "child-medical" }, run);

describe("請求の計算書", () => {
  test("台帳と違う額は理由がなければ入力できず、入力した本人は承認できない", async () => {
    const sums = await inReceipts("operator1", (work) =>
      ledgerSums(work, "payment-fund", "2026-10"),
    );
    expect(sums.receipts).toBe(10);
    const stated = {
      channel: "payment-fund",
      claimMonth: "2026-10",
      count: 12,
      advance: 1_000,
    } as const;
    await expect(
      inReceipts("operator1", (work) =>
        enterStatement(work, { ...stated, amount: sums.subsidy + 1, differenceReason: null }),
      ),
    ).rejects.toMatchObject({ code: "23514" });
    await inReceipts("operator1", (work) =>
      enterStatement(work, { ...stated, amount: sums.subsidy + 1, differenceReason: "held" }),
    );
    const [one] = (await inReceipts("operator1", (work) => listStatements(work, 1))).rows;
    const decision = { id: one?.id ?? 0, approve: true };
    await expect(
      inReceipts("operator1", (work) => decideStatement(work, decision)),
    ).rejects.toThrow();
    await inReceipts("supervisor1", (work) => decideStatement(work, decision));
  });

  test("承認のあとは、取戻しも、その月への追加の支払もできない", async () => {
    await expect(
      inReceipts("operator1", async (work) =>
        moveFile(work, await getFile(work, fileId), "askWithdrawal"),
      ),
    ).rejects.toThrow("過誤");
    await inCases("clerk1", (work) =>
      decideReceipts(work, { fileId, rows: [12], action: "accept", reason: "within-ordinance" }),
    );
    const [open] = await admin<
      { id: number }[]
    >`select id from receipts.decision where decision is null`;
    await expect(
      inCases("supervisor1", (work) =>
        settleDecisions(work, { ids: [open?.id ?? 0], approve: true }),
      ),
    ).rejects.toThrow("計算書が承認されています");
  });
});

describe("過誤と再審査", () => {
  test("事由は二人で登録し、元の行は残って、差し引きが新しい行になる", async () => {
    await inReceipts("operator1", (work) =>
      enterAdjustmentReason(work, {
        channel: "payment-fund",
        code: "1002",
        title: "受給資格の誤り",
        from: "2026-04-01",
      }),
    );
    const [reason] = await inReceipts("operator1", listAdjustmentReasons);
    const [row] = await admin<
      {
        id: number;
        institution: string;
        recipient_number: string;
        points: number;
        subsidy: number;
      }[]
    >`
      select id::integer, institution, recipient_number, points::integer, subsidy::integer from receipts.benefit where kind = 'original' order by id limit 1`;
    if (!row || !reason) throw new Error("nothing was posted");
    const asked = {
      benefitId: row.id,
      kind: "withdrawal",
      settledIn: "2026-12",
      reasonCode: "1002",
    } as const;
    await expect(inCases("clerk1", (work) => askAdjustment(work, asked))).rejects.toThrow();
    await expect(
      inReceipts("operator1", (work) =>
        decideAdjustmentReason(work, { id: reason.id, approve: true }),
      ),
    ).rejects.toThrow();
    await inReceipts("supervisor1", (work) =>
      decideAdjustmentReason(work, { id: reason.id, approve: true }),
    );
    const found = await inCases("clerk1", (work) =>
      matchingBenefits(work, {
        institution: row.institution,
        treatmentMonth: "2026-09",
        recipientNumber: row.recipient_number,
        points: row.points,
      }),
    );
    expect(found.map(({ benefit }) => benefit.id)).toEqual([row.id]);
    await inCases("clerk1", (work) =>
      askAdjustment(work, {
        ...asked,
        kind: "re-examination",
        corrected: { points: row.points - 10, subsidy: row.subsidy - 20, patientPays: 0 },
      }),
    );
    const waiting = async () =>
      (await admin<{ id: number }[]>`select id from receipts.adjustment where decision is null`)[0]
        ?.id ?? 0;
    const first = await waiting();
    await expect(
      inCases("clerk1", (work) => decideAdjustment(work, { id: first, approve: true })),
    ).rejects.toThrow();
    await inCases("supervisor1", (work) => decideAdjustment(work, { id: first, approve: true }));
    await inCases("clerk1", (work) => askAdjustment(work, asked));
    const second = await waiting();
    await inCases("supervisor1", (work) => decideAdjustment(work, { id: second, approve: true }));
    const rows = await admin<
      { kind: string; points: number; subsidy: number; total: number; parts: number }[]
    >`
      select kind, points::integer, subsidy::integer, total_cost::integer as total,
             (insured + high_cost + additional_benefit + other_public + subsidy + patient_pays)::integer as parts
        from receipts.benefit where id = ${row.id} or origin_id = ${row.id} order by id`;
    expect(rows.map(({ kind }) => kind)).toEqual(["original", "re-examination", "withdrawal"]);
    expect(rows[0]).toMatchObject({ points: row.points, subsidy: row.subsidy });
    expect(rows.reduce((sum, one) => sum + one.subsidy, 0)).toBe(0);
    for (const one of rows) expect(one.parts).toBe(one.total);
  });
});
