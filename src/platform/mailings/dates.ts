import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { runStateMeta } from "#workflows/mailings/machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { recordAudit } from "../audit/write.ts";
import { conflict, EntryProblem, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { stepsSince } from "./history.ts";
import { sealComment } from "./move-run.ts";
import { lockRun, type RunRow, runNumber } from "./run.ts";

/** 印刷期限 and 発送予定日 of a run. */
export interface RunDates {
  printBy?: IsoDate | undefined;
  sendOn?: IsoDate | undefined;
}

/** What is wrong with the dates, by field; nothing where they can be kept. */
export function faultsOf({ printBy, sendOn }: RunDates, today: IsoDate) {
  const faults: { printBy?: string; sendOn?: string } = {};
  if (printBy && printBy < today)
    faults.printBy = "印刷期限は、今日か、今日より後の日にしてください。";
  if (sendOn && sendOn < today)
    faults.sendOn = "発送予定日は、今日か、今日より後の日にしてください。";
  else if (printBy && sendOn && sendOn < printBy)
    faults.sendOn = "発送予定日は、印刷期限の日か、その後の日にしてください。";
  return faults;
}

/** @throws Problem 422 */
export function requireDates(dates: RunDates, today: IsoDate): void {
  const [message, ...details] = Object.values(faultsOf(dates, today));
  if (message) throw new Problem({ status: 422, message, details });
}

/** Whether the deadline of printing still has to be watched: until the contractor's receipt is there. */
export function isToPrint({ state }: Pick<RunRow, "state">): boolean {
  const { open, received } = runStateMeta(state);
  return open && !received;
}

/** Moves 印刷期限 and 発送予定日, with the reason; the run gets a new revision, so that an approval sees it. */
export async function changeDates(
  work: Work,
  change: { runId: string; expectedRevision: number; reason: string } & Required<RunDates>,
): Promise<void> {
  const { runId, expectedRevision, printBy, sendOn } = change;
  const reason = change.reason.trim();
  const run = await lockRun(work, runId);
  if (run.revision !== expectedRevision)
    throw conflict(
      "画面を開いた後に、この一括発送が進みました。もう一度確かめてください。",
      await stepsSince(work, run, expectedRevision),
    );
  await work.sql`select access.require_right('mailing.prepare', ${run.program})`;
  if (!isToPrint(run) || runStateMeta(run.state).busy)
    throw new Problem({ status: 422, message: "この段階では、期限を変えられません。" });
  const fault = reasonFault(reason, "期限を変える理由");
  if (fault) throw new EntryProblem("reason", fault);
  requireDates({ printBy, sendOn }, work.platform.clock.today());
  const commentId = await sealComment(work, run, reason);
  await work.sql`select mailings.set_dates(${runId}, ${run.revision}, ${printBy ?? null}, ${sendOn ?? null}, ${commentId})`;
  await recordAudit(work, {
    kind: "event",
    action: "mailing.dates-changed",
    detail: { run: runNumber(run), printBy: printBy ?? null, sendOn: sendOn ?? null },
  });
}
