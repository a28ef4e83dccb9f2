import { and, eq, inArray, like, or } from "drizzle-orm";
import { claimEvent, correction } from "#db/schema/clinic-claims.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import { conflict, EntryProblem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type answers,
  type Judged,
  judgingReasons,
  type lateReasons,
  type lineReasons,
} from "#workflows/vaccination/clinic-claims/findings.ts";
import {
  type ClinicClaimContext,
  type ClinicClaimEvent,
  clinicClaimV1,
} from "#workflows/vaccination/clinic-claims/machine.ts";
import {
  type ClinicClaim,
  comparedLines,
  getClinicClaim,
  isDifferent,
  rowFigures,
} from "./claims.ts";
import { movedOn } from "./open.ts";
import { reckonClinicClaim } from "./reckon.ts";

/** What a claim comes to today, and whether all of it may still be paid. Yen. */
export interface ClaimSums {
  stands: boolean;
  slips: number;
  amount: number;
  tax: number;
  setOff: number;
  pay: number;
  carry: number;
}

export async function sumsOf(work: Work, id: string): Promise<ClaimSums> {
  const [row] = await work.sql<ClaimSums[]>`
    select stands, slips, amount::float8, tax::float8, set_off::float8 as "setOff", pay::float8, carry::float8 from clinic_claims.standing(${id})`;
  if (!row) throw new Error("a claim comes to something");
  return row;
}

/** What somebody did to a claim who has a hand in what is decided, beside judging rows: as clinic_claims.makes. */
const making = [
  "open",
  "change-lines",
  "reckon",
  "answer",
  "accept-line",
  "accept-late",
  "propose",
] as const;

async function standing(work: Work, row: ClinicClaim) {
  const figures = await rowFigures(work, row.id);
  const rows = (which: string) =>
    figures.find(({ disposition }) => disposition === which)?.rows ?? 0;
  const lines = await comparedLines(work, row.id);
  const sums = await sumsOf(work, row.id);
  const [hand] = await work.tx
    .select({ event: claimEvent.id })
    .from(claimEvent)
    .where(
      and(
        eq(claimEvent.claimId, row.id),
        eq(claimEvent.staffId, work.actor.staffId),
        or(inArray(claimEvent.event, [...making]), like(claimEvent.event, "judge-%")),
      ),
    )
    .limit(1);
  const corrected = await work.tx.$count(
    correction,
    and(eq(correction.claimId, row.id), inArray(correction.state, ["proposed", "approved"])),
  );
  const [paying] = row.payableId
    ? await work.sql<{ owed: boolean }[]>`
        select p.state in ('owed', 'awaiting-correction') as owed from payments.payable p where p.id = ${row.payableId}`
    : [];
  return {
    definition: clinicClaimV1,
    state: row.state,
    context: {
      actingStaffId: work.actor.staffId,
      enteredBy: row.enteredBy,
      // Whoever had a hand in it decides it as little as who was the last.
      examinedBy: hand ? work.actor.staffId : row.examinedBy,
      proposedBy: row.proposedBy,
      reckoned: row.reckonedAt !== null,
      openRows: rows("open"),
      queriedRows: rows("query"),
      openLines: lines.filter(
        (line) => line.place !== null && line.accepted === null && isDifferent(line),
      ).length,
      lateOpen: row.receivedOn > row.dueOn && row.lateReason === null,
      asProposed: sums.stands,
      pay: row.pay ?? sums.pay,
      // Whoever may not see payments is told by the database.
      unpaid: (paying?.owed ?? true) && corrected === 0,
    } satisfies ClinicClaimContext,
  };
}

/** Buttons of a claim. */
export const clinicClaimActions = async (work: Work, row: ClinicClaim) =>
  actionsAt(work.actor, await standing(work, row), { program: "vaccination", reach: "whole city" });

/** Why something is remanded, taken back or withdrawn. */
export const moveReasonTitles = {
  rows: "予診票の審査の見直し",
  lines: "請求の内容の確認",
  price: "単価・自己負担の確認",
  records: "接種記録の確認",
  "clinic-request": "医療機関の申出",
  "entered-twice": "二重の受付",
  other: "その他",
} as const;
export type MoveReason = keyof typeof moveReasonTitles;

/**
 * One step of a claim. Decided, each dose counts as paid and one payable is owed, in this transaction.
 *
 * @throws EntryProblem of `reason`; Problem 403 for who entered, judged or proposed it, 404, 409
 */
export async function moveClinicClaim(
  work: Work,
  step: { id: string; seen: number; type: ClinicClaimEvent; reason?: MoveReason | undefined },
): Promise<void> {
  const { id, seen, type, reason } = step;
  const row = await getClinicClaim(work, id);
  if (row.revision !== seen) throw conflict(movedOn);
  const target = stateAfter(await standing(work, row), type);
  if (clinicClaimV1.events[type].comment === "required" && !reason)
    throw new EntryProblem("reason", "理由を選んでください。");
  if (type === "reckon") {
    await reckonClinicClaim(work, row, seen);
    return;
  }
  await refuseInWords(
    work.sql`select clinic_claims.move(${id}, ${seen}, ${type}, ${target}, ${reason ?? null})`,
    "この請求は、ほかの職員が先に進めたか、同じ接種が先に支払われました。画面を開き直してください。",
  );
}

/** Judges rows of a claim. @throws EntryProblem of `how`, `reason`, `rows`, `dueOn`; Problem 409 */
export async function judgeRows(
  work: Work,
  given: {
    id: string;
    seen: number;
    rows: readonly string[];
    how: Judged | undefined;
    reason: string;
    dueOn?: IsoDate | undefined;
  },
): Promise<void> {
  const { id, seen, rows, how, reason } = given;
  if (rows.length === 0) throw new EntryProblem("rows", "予診票を選んでください。");
  if (!how) throw new EntryProblem("how", "どうするかを選んでください。");
  if (!Object.hasOwn(judgingReasons[how], reason))
    throw new EntryProblem("reason", "理由を選んでください。");
  const today = work.platform.clock.today();
  const dueOn = how === "query" ? given.dueOn : undefined;
  if (how === "query" && (!dueOn || dueOn < today))
    throw new EntryProblem("dueOn", "回答の期限を、今日より後の日で入力してください。");
  await refuseInWords(
    work.sql`select clinic_claims.judge_rows(${id}, ${seen}, ${[...rows]}::uuid[], ${how}, ${reason}, ${dueOn ?? null})`,
    how === "pay"
      ? "接種記録や単価がないか、支払済みのため、支払うことにできない予診票があります。"
      : movedOn,
    ["MD018"],
  );
}

/** What the clinic answered to a query. @throws EntryProblem of `answer`, `answeredOn`; Problem 409 */
export async function answerRow(
  work: Work,
  given: {
    id: string;
    seen: number;
    row: string;
    answer: keyof typeof answers | undefined;
    answeredOn: IsoDate | undefined;
  },
): Promise<void> {
  const { id, seen, row, answer, answeredOn } = given;
  if (!answer) throw new EntryProblem("answer", "回答を選んでください。");
  if (!answeredOn || answeredOn > work.platform.clock.today())
    throw new EntryProblem("answeredOn", "回答の日を入力してください。例: R8.11.20");
  await refuseInWords(
    work.sql`select clinic_claims.answer_row(${id}, ${seen}, ${row}, ${answer}, ${answeredOn})`,
    movedOn,
  );
}

/** Why a line that differs is paid as reckoned; place 0: why a claim is paid that came late. @throws EntryProblem of `reason` */
export async function acceptLine(
  work: Work,
  given: {
    id: string;
    seen: number;
    place: number;
    reason: keyof typeof lineReasons | keyof typeof lateReasons | undefined;
  },
): Promise<void> {
  const { id, seen, place, reason } = given;
  if (!reason) throw new EntryProblem("reason", "理由を選んでください。");
  await refuseInWords(
    work.sql`select clinic_claims.accept_line(${id}, ${seen}, ${place}, ${reason})`,
    movedOn,
  );
}
