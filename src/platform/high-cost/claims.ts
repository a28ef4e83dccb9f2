import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { claim, claimEvent, claimLine, entry, money } from "#db/schema/high-cost.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type HighCostClaimContext,
  type HighCostClaimEvent,
  type HighCostClaimState,
  highCostClaimV1,
} from "#workflows/high-cost/claim-machine.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import { EntryProblem, notFound } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import type { Work } from "../work.ts";
import type { HighCostEntry } from "./entries.ts";

export type HighCostClaimRow = Omit<typeof claim.$inferSelect, "state"> & {
  state: HighCostClaimState;
};
export type HighCostClaimLine = typeof claimLine.$inferSelect;

/** Number as it is shown: `G000012`. */
export const claimNumber = ({ serial }: { serial: number }): string =>
  `G${String(serial).padStart(6, "0")}`;

export const claimStateMeta = (state: HighCostClaimState) => stateMeta(highCostClaimV1, state);

/** What insurers answer. */
export const answerTitles = {
  paid: "請求どおり支給",
  differs: "異なる額を支給",
  refused: "不支給",
  "paid-to-person": "本人に支給済",
  "sent-back": "返戻・照会",
} as const satisfies Record<NonNullable<HighCostClaimLine["result"]>, string>;
export type ClaimAnswer = keyof typeof answerTitles;

/** Why another sum is paid, nothing, or the papers came back. */
export const answerReasonTitles = {
  "below-limit": "限度額を超えない",
  "other-category": "適用区分が異なる",
  "not-insured": "被保険者でない",
  lapsed: "時効",
  papers: "書類の不備・照会",
  "paid-to-person": "本人に支給した分を除く",
  other: "その他",
} as const satisfies Record<NonNullable<HighCostClaimLine["reason"]>, string>;

/** Why a claim goes back to whoever prepared it. */
export const returnReasonTitles = {
  amounts: "額の確認",
  papers: "書類の不足",
  later: "時期の見直し",
  other: "その他",
} as const;

/** What can be claimed now, by insurer: how many, how much, and what lapses first. */
export async function claimableByInsurer(work: Work, program: string) {
  const rows = await work.tx
    .select({
      insurerNumber: entry.insurerNumber,
      count: sql<number>`count(*)::integer`,
      sum: sql<string>`sum(${entry.ofCity} - ${entry.granted})`,
      lapsesOn: sql<string>`min(${entry.lapsesOn})::text`,
      through: sql<string>`max(${entry.treatmentMonth})`,
    })
    .from(entry)
    .where(
      and(
        eq(entry.program, program),
        eq(entry.state, "claimable"),
        sql`${entry.dropAskedBy} is null and ${entry.ofCity} > ${entry.granted} and ${entry.lapsesOn} >= ${work.platform.clock.today()}`,
      ),
    )
    .groupBy(entry.insurerNumber)
    .orderBy(asc(sql`min(${entry.lapsesOn})`), asc(entry.insurerNumber));
  return rows.map((row) => ({ ...row, sum: Number(row.sum) }));
}

/**
 * Gathers what can be claimed from an insurer, for treatment up to a month.
 *
 * @returns the id of the claim
 * @throws EntryProblem of `through`; Problem 409 where there is nothing
 */
export async function gatherClaim(
  work: Work,
  given: { program: string; insurer: string; through: IsoMonth },
): Promise<string> {
  const [row] = await refuseInWords(
    work.sql<{ id: string }[]>`
      select high_cost.gather(${given.program}, ${given.insurer}, ${given.through}) as id`,
    "この保険者に請求できるものがありません。",
    ["MD019"],
  );
  if (!row) throw new Error("a claim has an id");
  return row.id;
}

/** Claims of a 事務, the newest first, with count and sum of what they ask and what was granted. */
export async function listClaims(
  work: Work,
  program: string,
  { page, size }: { page: number; size: number },
) {
  const own = eq(claim.program, program);
  const rows = await work.tx
    .select()
    .from(claim)
    .where(own)
    .orderBy(desc(claim.serial))
    .limit(size)
    .offset((page - 1) * size);
  const figures = await figuresOf(
    work,
    rows.map(({ id }) => id),
  );
  return {
    total: await work.tx.$count(claim, own),
    rows: rows.map((row) => ({ claim: row as HighCostClaimRow, figures: figures(row.id) })),
  };
}

async function figuresOf(work: Work, ids: readonly string[]) {
  const rows = ids.length
    ? await work.tx
        .select({
          claimId: claimLine.claimId,
          lines: sql<number>`count(*)::integer`,
          unanswered: sql<number>`(count(*) filter (where ${claimLine.result} is null))::integer`,
          asked: sql<string>`sum(${claimLine.amount})`,
          granted: sql<string>`coalesce(sum(${claimLine.granted}), 0)`,
        })
        .from(claimLine)
        .where(and(inArray(claimLine.claimId, [...ids]), eq(claimLine.released, false)))
        .groupBy(claimLine.claimId)
    : [];
  const came = ids.length
    ? await work.tx
        .select({ claimId: money.claimId, sum: sql<string>`sum(${money.amount})` })
        .from(money)
        .where(inArray(money.claimId, [...ids]))
        .groupBy(money.claimId)
    : [];
  return (id: string) => {
    const row = rows.find(({ claimId }) => claimId === id);
    return {
      lines: row?.lines ?? 0,
      unanswered: row?.unanswered ?? 0,
      asked: Number(row?.asked ?? 0),
      granted: Number(row?.granted ?? 0),
      received: Number(came.find(({ claimId }) => claimId === id)?.sum ?? 0),
    };
  };
}

/** @throws Problem 404 */
export async function getClaim(work: Work, id: string): Promise<HighCostClaimRow> {
  const [found] = await work.tx.select().from(claim).where(eq(claim.id, id));
  const row = ofThisProgram(work, found);
  if (!row) throw notFound("この請求は見つかりません。");
  return row as HighCostClaimRow;
}

/** A claim with a page of its lines, what came in and its history. @throws Problem 404 */
export async function readClaim(
  work: Work,
  id: string,
  { from, size }: { from: number; size: number },
) {
  const row = await getClaim(work, id);
  const lines = await linesOfClaim(work, id, { from, size });
  return {
    claim: row,
    lines,
    figures: (await figuresOf(work, [id]))(id),
    money: await work.tx.select().from(money).where(eq(money.claimId, id)).orderBy(asc(money.id)),
    steps: await work.tx
      .select()
      .from(claimEvent)
      .where(eq(claimEvent.claimId, id))
      .orderBy(asc(claimEvent.revision)),
  };
}

/** Lines of a claim by month of treatment and number. */
export async function linesOfClaim(
  work: Work,
  id: string,
  { from, size }: { from: number; size: number },
): Promise<{ line: HighCostClaimLine; entry: HighCostEntry }[]> {
  const rows = await work.tx
    .select({ line: claimLine, entry })
    .from(claimLine)
    .innerJoin(entry, eq(entry.id, claimLine.entryId))
    .where(and(eq(claimLine.claimId, id), eq(claimLine.released, false)))
    .orderBy(asc(entry.treatmentMonth), asc(entry.serial))
    .limit(size)
    .offset(from);
  return rows as { line: HighCostClaimLine; entry: HighCostEntry }[];
}

async function standing(work: Work, row: HighCostClaimRow) {
  const figures = (await figuresOf(work, [row.id]))(row.id);
  const [who] = await work.sql<{ preparers: number[] }[]>`
    select high_cost.preparers(${row.id}) as preparers`;
  return {
    definition: highCostClaimV1,
    state: row.state,
    context: {
      actingStaffId: work.actor.staffId,
      preparers: who?.preparers ?? [],
      lines: figures.lines,
      unanswered: figures.unanswered,
      moneyMatches: figures.granted === figures.received,
    } satisfies HighCostClaimContext,
  };
}

/** Buttons of a claim. */
export const claimActions = async (work: Work, row: HighCostClaimRow) =>
  actionsAt(work.actor, await standing(work, row), { program: row.program, reach: "whole city" });

const moved = "この請求は、ほかの職員が先に進めたか、中のものが変わりました。";
interface Step {
  id: string;
  seen: number;
}

/** One step that is nothing but a step. @throws EntryProblem of `sentOn` or `reason`; Problem 403, 404, 409 */
export async function moveClaim(
  work: Work,
  step: Step & {
    type: HighCostClaimEvent;
    reason?: string | undefined;
    sentOn?: IsoDate | undefined;
  },
): Promise<void> {
  const { id, seen, type, sentOn } = step;
  const row = await getClaim(work, id);
  const target = stateAfter(await standing(work, row), type);
  const reason = type === "return" ? step.reason : undefined;
  if (type === "return" && !(reason !== undefined && Object.hasOwn(returnReasonTitles, reason)))
    throw new EntryProblem("reason", "差し戻す理由を選んでください。");
  if (
    type === "send" &&
    !(sentOn && sentOn <= work.platform.clock.today() && sentOn >= (row.approvedOn ?? sentOn))
  )
    throw new EntryProblem("sentOn", "送付した日は、承認の日から今日までの日にしてください。");
  await refuseInWords(
    work.sql`select high_cost.move_claim(${id}, ${seen}, ${type}, ${target}, ${reason ?? null}, ${type === "send" ? (sentOn ?? null) : null})`,
    moved,
  );
}

/** Takes one line out of a claim that is not submitted; it can be claimed again. */
export async function takeOutLine(work: Work, { id, seen, entryId }: Step & { entryId: string }) {
  await getClaim(work, id);
  await refuseInWords(work.sql`select high_cost.take_out(${id}, ${seen}, ${entryId})`, moved);
}

/**
 * What the insurer answered to a line.
 *
 * @throws EntryProblem of `granted`, `answeredOn` or `reason`; Problem 404, 409
 */
export async function answerLine(
  work: Work,
  given: Step & {
    entryId: string;
    answer: ClaimAnswer;
    granted?: number | undefined;
    reason?: string | undefined;
    answeredOn: IsoDate;
  },
): Promise<void> {
  const { id, seen, entryId, answer } = given;
  const row = await getClaim(work, id);
  const [line] = await work.tx
    .select()
    .from(claimLine)
    .where(and(eq(claimLine.claimId, id), eq(claimLine.entryId, entryId)));
  if (!line) throw notFound("この行は見つかりません。");
  if (given.answeredOn > work.platform.clock.today() || given.answeredOn < (row.sentOn ?? ""))
    throw new EntryProblem("answeredOn", "回答の日は、送付した日から今日までの日にしてください。");
  const granted = answer === "paid" ? line.amount : answer === "differs" ? given.granted : null;
  if (granted === undefined || (granted !== null && (granted < 0 || granted > 99_999_999)))
    throw new EntryProblem("granted", "支給された額を、0円以上の整数で入力してください。");
  if (answer === "differs" && granted === line.amount)
    throw new EntryProblem("granted", "請求した額と同じです。「請求どおり支給」を選んでください。");
  const wanted = answer === "differs" || answer === "refused" || answer === "sent-back";
  if (wanted && !(given.reason !== undefined && Object.hasOwn(answerReasonTitles, given.reason)))
    throw new EntryProblem("reason", "理由を選んでください。");
  await refuseInWords(
    work.sql`select high_cost.answer(${id}, ${seen}, ${entryId}, ${answer}, ${granted}, ${wanted ? (given.reason ?? null) : null}, ${given.answeredOn})`,
    moved,
  );
}

/** 入金 of the insurer; below zero to take a mistake back. @throws EntryProblem of `amount`, `receivedOn`, `reference`; Problem 409 */
export async function receiveMoney(
  work: Work,
  given: Step & { amount: number; receivedOn: IsoDate; reference: string },
): Promise<void> {
  const { id, seen, amount, receivedOn } = given;
  const row = await getClaim(work, id);
  const { received } = (await figuresOf(work, [id]))(id);
  if (!Number.isSafeInteger(amount) || amount === 0 || received + amount < 0)
    throw new EntryProblem(
      "amount",
      "入金の額を入力してください。訂正は、入力した額までを負の数で入力します。",
    );
  if (receivedOn > work.platform.clock.today() || receivedOn < (row.sentOn ?? ""))
    throw new EntryProblem("receivedOn", "入金の日は、送付した日から今日までの日にしてください。");
  const reference = given.reference.trim();
  if (reference === "" || reference.length > 30)
    throw new EntryProblem("reference", "収納の番号を30文字以内で入力してください。");
  await refuseInWords(
    work.sql`select high_cost.receive(${id}, ${seen}, ${amount}, ${receivedOn}, ${reference})`,
    "この請求は、ほかの職員が先に進めたか、同じ番号の入金が既に入力されています。",
  );
}
