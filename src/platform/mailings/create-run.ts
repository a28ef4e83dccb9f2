import { eq } from "drizzle-orm";
import { contractor } from "#db/schema/mailings.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recordAudit } from "../audit/write.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { mayBundle } from "./bundles.ts";
import { isUnderContract } from "./contractors.ts";
import { requireDates } from "./dates.ts";
import { mailingKind } from "./kind.ts";
import { askFor, sealComment } from "./move-run.ts";
import { runsAlike } from "./repeats.ts";
import { type Bundling, getRun, type RunRow, runNumber } from "./run.ts";

export interface NewRun {
  kind: string;
  title: string;
  parameters: unknown;
  contractorId: number;
  /** 印刷期限 and 発送予定日. */
  printBy?: IsoDate | undefined;
  sendOn?: IsoDate | undefined;
  bundling?: Bundling | undefined;
  /** Why it is begun although another run was ordered for the same: needed where there is one. */
  repeatReason?: string | undefined;
}

/**
 * Starts a run; who gets a piece is found in the background.
 *
 * @throws Problem 422 when the contractor is not under contract, the dates are not to be kept, or another run was ordered
 *   for the same and no reason is given
 */
export async function createRun(work: Work, order: NewRun): Promise<RunRow> {
  const { kind, repeatReason = "", ...run } = order;
  const reason = repeatReason.trim();
  await requireOrder(work, run);
  if (run.bundling && run.bundling !== "none" && !mayBundle(mailingKind(kind)))
    throw new Problem({ status: 422, message: "この郵便物は、まとめて封入できません。" });
  // Two people who order the same at the same moment: the second sees the first.
  await work.sql`select pg_advisory_xact_lock(hashtext(${`mailing ${kind}`}))`;
  const repeats = (await runsAlike(work, order)).length > 0;
  if (repeats && !reason)
    throw new Problem({
      status: 422,
      message: "同じ対象の一括発送があります。それでも始める理由を書いてください。",
    });
  const made = await insertRun(work, { kind, ...run });
  if (repeats) {
    const commentId = await sealComment(work, made, reason);
    await work.sql`select mailings.note_repeat(${made.id}, ${commentId})`;
  }
  return made;
}

/** Enters a run and asks for its extraction. */
export async function insertRun(
  work: Work,
  { kind, ...run }: Omit<NewRun, "repeatReason"> & { followsRunId?: string },
): Promise<RunRow> {
  const { program } = mailingKind(kind).papers;
  const { keys } = work.platform;
  const { title, parameters, contractorId, printBy, sendOn, bundling, followsRunId } = run;
  const [begun] = await work.sql<{ id: string }[]>`
    select id from mailings.begin(${program}, ${kind}, ${title}, ${JSON.stringify(parameters)}::text::jsonb, ${contractorId},
      ${printBy ?? null}, ${sendOn ?? null}, ${bundling ?? "none"}, ${followsRunId ?? null}, ${keys.newKey().wrapped})`;
  if (!begun) throw new Error("run was not made");
  const made = await getRun({ ...work, program }, begun.id);
  // The key for the comments, which others who may not make keys will write.
  await work.sql`select vault.put_key(${`mailing:${made.id}`}, ${keys.newKey().wrapped})`;
  await askFor(work, made, "mailing.extract");
  await recordAudit(work, {
    kind: "event",
    action: "mailing.created",
    detail: { run: runNumber(made), kind },
  });
  return made;
}

/** Who prints, and by when. @throws Problem 422 */
export async function requireOrder(
  work: Work,
  { contractorId, ...dates }: Pick<NewRun, "contractorId" | "printBy" | "sendOn">,
): Promise<void> {
  const today = work.platform.clock.today();
  requireDates(dates, today);
  const [found] = await work.tx.select().from(contractor).where(eq(contractor.id, contractorId));
  if (!found || !isUnderContract(found, today))
    throw new Problem({ status: 422, message: "契約期間中の委託先を選んでください。" });
}
