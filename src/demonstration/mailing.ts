import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Actor } from "#src/platform/access/index.ts";
import {
  applyRunEvent,
  createRun,
  extractRun,
  handOverPackage,
  listContractors,
  makeRun,
  previewRun,
  readRun,
  reasonTitles,
  runNumber,
  takeOutPackage,
} from "#src/platform/mailings/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { couponMailing, couponVaccines } from "#src/programs/vaccination/index.ts";
import { addDays, addMonths } from "#workflows/dates/iso-date.ts";

/** Who prepares and who approves. */
export interface MailingStaff {
  prepares: Actor;
  approves: Actor;
}

/**
 * Journey 2: the coupons of next month for the print contractor, from the extraction to the hand-over,
 * with ten real pages and the encrypted package left in `out`.
 *
 * @returns lines of the summary
 */
export async function playMailing(
  platform: Platform,
  staff: MailingStaff,
  out: string,
): Promise<string[]> {
  const as = <T>(actor: Actor, work: (work: Work) => Promise<T>): Promise<T> =>
    runWork(platform, actor, options, work);
  const { runId, month } = await prepareCoupons(platform, staff.prepares);
  const preview = await as(staff.prepares, (work) => previewRun(work, runId));
  await writeFile(join(out, "coupon-preview.pdf"), preview);
  await as(staff.approves, (work) => move(work, runId, "approve"));
  await makeRun({ platform, actor: staff.prepares, options, runId });

  const taken = await as(staff.prepares, (work) => takeOutPackage(work, runId));
  await copyFile(taken.path, join(out, taken.name));
  const details = await as(staff.prepares, async (work) => {
    const { run } = await readRun(work, runId);
    await handOverPackage(work, { runId, expectedRevision: run.revision, manner: "transfer" });
    return readRun(work, runId);
  });
  const { run, contractor, counts, files } = details;
  const reasons = reasonTitles(couponMailing);
  const leftOut = counts.byReason.map(({ reason, count }) => `${reasons[reason]} ${count}`);
  return [
    `予防接種券 一括発送 ${runNumber(run)}（${month}）: 抽出 → 承認 → 作成 → 引渡し`,
    `  準備 ${staff.prepares.staffName}、承認 ${staff.approves.staffName}、委託先 ${contractor.name}`,
    `  作成 ${run.madeCount} 通（封筒 ${counts.envelopes} 通）、見合わせ・除外 ${leftOut.join("、") || "なし"}`,
    ...files.map(
      (file) => `  ${file.name}（${file.pieces ?? 0} 通、${Math.round(file.bytes / 1024)} KiB）`,
    ),
    `  ${taken.name}（age で暗号化、${Math.round(taken.bytes / 1024)} KiB）、授受簿に記載`,
  ];
}

const options = { purpose: "mailing", program: "vaccination" } as const;

/** Extracts the coupons of next month and asks for the approval. */
export async function prepareCoupons(
  platform: Platform,
  prepares: Actor,
): Promise<{ runId: string; month: string }> {
  const today = platform.clock.today();
  const month = addMonths(today, 1).slice(0, 7);
  const { id: runId } = await runWork(platform, prepares, options, async (work) => {
    const [contractor] = await listContractors(work);
    if (!contractor) throw new Error("no contractor is registered");
    return createRun(work, {
      kind: couponMailing.id,
      title: `${month} 予防接種券`,
      parameters: { month, vaccines: couponVaccines, scope: "new" },
      contractorId: contractor.id,
      printBy: addDays(today, 5),
      sendOn: addDays(today, 10),
      bundling: "household",
    });
  });
  await extractRun(platform, prepares, options, runId);
  await runWork(platform, prepares, options, (work) => move(work, runId, "submit"));
  return { runId, month };
}

async function move(work: Work, runId: string, type: "submit" | "approve"): Promise<void> {
  const { run } = await readRun(work, runId);
  await applyRunEvent(work, { runId, type, expectedRevision: run.revision });
}
