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
import { runWork, type Work, type WorkOptions } from "../work.ts";
import type { SealedReceipt } from "./file-part.ts";
import { plansFor } from "./kind.ts";
import { getFile, moveFile, receiptWork } from "./move.ts";

/** In whose name background steps run, and how they are stopped between two lots. */
export interface StepOptions {
  work?: WorkOptions;
  signal?: AbortSignal | undefined;
}

/** Nobody has settled from how many points on a receipt is looked at: a million yen of cost, until a city says otherwise. */
export const receiptLimits: ReceiptLimits = { pointsHigh: 100_000 };

interface Lot {
  file_id: string;
  number: number;
  first_row: number;
  row_count: number;
  sealed_id: string;
}

/** The next lot to judge or to post, held; nothing where there is none. */
export async function nextLot(
  work: Work,
  fileId: string,
  step: "judging" | "posting",
): Promise<Lot | undefined> {
  // The tables grow from nothing while a file is judged; a plan kept from the beginning scans them whole.
  await work.sql`set local plan_cache_mode = force_custom_plan`;
  const [lot] = await work.sql<Lot[]>`
    select file_id, number, first_row, row_count, sealed_id from receipts.next_lot(${fileId}, ${step === "posting"})`;
  return lot;
}

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
  const { file, plans } = await inWork(async (work) => {
    const file = await getFile(work, fileId);
    return { file, plans: await plansFor(work, file.claimMonth as IsoMonth) };
  });
  if (file.state !== "judging") return;
  for (;;) {
    signal?.throwIfAborted();
    const lot = await inWork(async (work) => {
      const next = await nextLot(work, fileId, "judging");
      if (next) await judgeLot(work, next, plans, file.claimMonth as IsoMonth);
      return next;
    });
    if (!lot) break;
  }
  await inWork(async (work) => {
    const now = await getFile(work, fileId);
    if (now.state === "judging") await moveFile(work, now, "judged");
  });
}

async function judgeLot(
  work: Work,
  lot: Lot,
  plans: readonly ReceiptPlan[],
  claimMonth: IsoMonth,
): Promise<void> {
  const sealed = await getSealedOne<SealedReceipt[]>(work, lot.sealed_id);
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
    copayStated: judged.copayStated,
    copayExpected: judged.copayExpected,
    highCostCategory: facts.highCostCategory,
    highCostMultiple: facts.multiple,
  };
}
