import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  type JudgedReceipt,
  judgeReceipt,
  type ReceiptLimits,
  type ReceiptPlan,
} from "#workflows/receipts/judge.ts";
import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import { getSealedOne } from "../vault/index.ts";
import { runWork, type Work } from "../work.ts";
import { eachLot, type Lot, type StepOptions } from "./each-lot.ts";
import type { SealedReceipt } from "./file-part.ts";
import { plansFor } from "./kind.ts";
import { getFile, holdFile, moveFile, receiptWork } from "./move.ts";

/** Nobody has settled from how many points on a receipt is looked at: a million yen of cost, until a city says otherwise. */
export const receiptLimits: ReceiptLimits = { pointsHigh: 100_000 };

/**
 * Judges every receipt of a file, lot by lot: by itself here, against the register and earlier receipts in the database.
 * Pays nobody. Called again after a stop it goes on where it was.
 */
export async function judgeFile(
  platform: Platform,
  actor: Actor,
  fileId: string,
  { work: options = receiptWork, signal }: StepOptions = {},
): Promise<void> {
  const inWork = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, options, run);
  const { state, claimMonth, plans } = await inWork(async (work) => {
    const file = await getFile(work, fileId);
    const claimMonth = file.claimMonth as IsoMonth;
    return { state: file.state, claimMonth, plans: await plansFor(work, claimMonth) };
  });
  if (state !== "judging") return;
  const file = { inWork, fileId, signal };
  await eachLot(file, "judge", (work, lot) => judgeLot(work, lot, plans, claimMonth));
  // None is compared while another process judges one; whichever comes last compares them all.
  await eachLot(file, "compare", async (work, lot) => {
    await work.sql`select receipts.compare_lot(${fileId}, ${lot.number})`;
  });
  await inWork(async (work) => {
    const now = await holdFile(work, fileId);
    const [open] = await work.sql`
      select from receipts.lot where file_id = ${fileId} and compared_at is null limit 1`;
    if (now.state === "judging" && !open) await moveFile(work, now, "judged");
  });
}

async function judgeLot(
  work: Work,
  lot: Lot,
  plans: readonly ReceiptPlan[],
  claimMonth: IsoMonth,
): Promise<void> {
  const sealed = await getSealedOne<Pick<SealedReceipt, "facts">[]>(work, lot.sealed_id);
  const judged = sealed.map(({ facts }, at) => ({
    facts,
    row: lot.first_row + at,
    judged: judgeReceipt(facts, plans, receiptLimits, claimMonth),
  }));
  const rows = JSON.stringify(judged.map(rowOf));
  const faults = JSON.stringify(
    judged.flatMap(({ row, judged }) => judged.faults.map((fault) => ({ row, ...fault }))),
  );
  await work.sql`select receipts.keep_lot(${lot.file_id}, ${lot.number}, ${rows}::text::jsonb, ${faults}::text::jsonb)`;
}

function rowOf({
  row,
  facts,
  judged,
}: {
  row: number;
  facts: SealedReceipt["facts"];
  judged: JudgedReceipt;
}) {
  const { fund, amounts } = judged;
  return {
    row,
    line: facts.line,
    number: facts.number,
    searchNumber: facts.searchNumber,
    institution: facts.institution,
    institutionName: facts.institutionName,
    care: facts.care,
    type: facts.type,
    treatmentMonth: facts.treatmentMonth,
    program: judged.program,
    entitlementKind: judged.entitlementKind,
    payer: /^\d{1,12}$/.test(fund?.payer ?? "") ? fund?.payer : null,
    recipient: fund?.recipient ?? null,
    birth: facts.birth,
    insurer: facts.insurer,
    otherFunds: judged.otherFunds.filter((payer) => /^\d{8}$/.test(payer)),
    days: fund?.days ?? facts.days,
    points: fund?.points ?? facts.points,
    ...amounts,
    municipalSubsidy: amounts.municipalSubsidy ?? 0,
    copayStated: judged.copayStated,
    copayExpected: judged.copayExpected,
    highCostCategory: facts.highCostCategory,
    highCostMultiple: facts.multiple,
    times: facts.more?.times ?? null,
    receiptClass: facts.more?.receiptClass ?? null,
    receiptCount: facts.more?.count ?? 1,
    serviceCode: facts.more?.serviceCode ?? null,
  };
}
