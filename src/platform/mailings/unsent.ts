import {
  aliasedTable,
  and,
  asc,
  count,
  eq,
  gt,
  inArray,
  isNull,
  notExists,
  notInArray,
  type SQL,
  sql,
} from "drizzle-orm";
import { batchItem, batchRun } from "#db/schema/mailings.ts";
import { runStatesWith } from "#workflows/mailings/machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { recordAudit } from "../audit/write.ts";
import { EntryProblem, Problem } from "../problem.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { insertRun, type NewRun, requireOrder } from "./create-run.ts";
import { insertItems } from "./extract.ts";
import { peopleOf } from "./judge.ts";
import { followedUp, mailingKind } from "./kind.ts";
import { ofProgram, programOf, type RunRow, runNumber } from "./run.ts";

/** A piece, by its run, its person and what it is about. */
export interface PieceName {
  runId: string;
  personNumber: string;
  subject: string;
}

/**
 * What did not go with a run that is made, and that no later run of its kind has taken up: it waits for somebody to send
 * it with a small run, or to say how it was settled.
 */
function isUnsent(work: Work): SQL | undefined {
  const laterItem = aliasedTable(batchItem, "later_item");
  const laterRun = aliasedTable(batchRun, "later_run");
  const takenUp = work.tx
    .select({ one: sql`1` })
    .from(laterItem)
    .innerJoin(laterRun, eq(laterRun.id, laterItem.runId))
    .where(
      and(
        eq(laterItem.personNumber, batchItem.personNumber),
        eq(laterItem.subject, batchItem.subject),
        eq(laterRun.kind, batchRun.kind),
        gt(laterRun.serial, batchRun.serial),
        notInArray(
          laterRun.state,
          runStatesWith((meta) => meta.void),
        ),
      ),
    );
  return and(
    ofProgram(work),
    inArray(
      batchRun.state,
      runStatesWith((meta) => meta.made),
    ),
    isNull(batchItem.settledBy),
    inArray(batchItem.state, ["held", "left-out"]),
    inArray(batchItem.reason, [...followedUp]),
    notExists(takenUp),
  );
}

/** How many pieces of a 事務 wait to be followed up, by reason. */
export async function countUnsent(work: Work): Promise<Map<string, number>> {
  const rows = await work.tx
    .select({ reason: batchItem.reason, pieces: count() })
    .from(batchItem)
    .innerJoin(batchRun, eq(batchRun.id, batchItem.runId))
    .where(isUnsent(work))
    .groupBy(batchItem.reason);
  return new Map(rows.map(({ reason, pieces }) => [reason ?? "", pieces]));
}

/** A page (from 1) of what did not go, the oldest run first, with the names of the people; each look is logged. */
export async function listUnsent(
  work: Work,
  { reason, page, size }: { reason?: string | undefined; page: number; size: number },
) {
  const rows = await work.tx
    .select({ item: batchItem, run: batchRun })
    .from(batchItem)
    .innerJoin(batchRun, eq(batchRun.id, batchItem.runId))
    .where(and(isUnsent(work), reason ? eq(batchItem.reason, reason) : undefined))
    .orderBy(asc(batchRun.serial), asc(batchItem.personNumber), asc(batchItem.subject))
    .limit(size)
    .offset((page - 1) * size);
  const people = await peopleOf(
    work,
    rows.map(({ item }) => item),
    ["name"],
  );
  return rows.map(({ item, run }) => ({
    item,
    run: run as RunRow,
    person: people.get(item.personNumber),
  }));
}

/** Pieces as they wait now, nobody else dealing with them. @throws Problem 422 when there are none, 409 when somebody has dealt with one */
async function requireUnsent(work: Work, pieces: readonly PieceName[]) {
  if (pieces.length === 0)
    throw new Problem({ status: 422, message: "一覧から、扱うものを選んでください。" });
  // Whoever chooses the same at the same moment comes second, and sees that.
  await work.sql`select pg_advisory_xact_lock(hashtext(${`unsent ${programOf(work)}`}))`;
  const found = await work.tx
    .select({ item: batchItem, run: batchRun })
    .from(batchItem)
    .innerJoin(batchRun, eq(batchRun.id, batchItem.runId))
    .where(
      and(
        isUnsent(work),
        sql`(${batchItem.runId}, ${batchItem.personNumber}, ${batchItem.subject}) in (
          select * from unnest(${sql.param(pieces.map(({ runId }) => runId))}::uuid[],
            ${sql.param(pieces.map(({ personNumber }) => personNumber))}::text[],
            ${sql.param(pieces.map(({ subject }) => subject))}::text[]))`,
      ),
    );
  if (found.length < pieces.length)
    throw new Problem({
      status: 409,
      message: "画面を開いた後に、ほかの人が扱ったものがあります。一覧を開き直してください。",
    });
  return found.map(({ item, run }) => ({ item, run: run as RunRow }));
}

/** Says how pieces were settled that did not go, such as handed out at the counter. */
export async function settleUnsent(
  work: Work,
  pieces: readonly PieceName[],
  given: string,
): Promise<void> {
  const reason = given.trim();
  const fault = reasonFault(reason, "どう済ませたか");
  if (fault) throw new EntryProblem("reason", fault);
  const program = programOf(work);
  for (const { item } of await requireUnsent(work, pieces)) {
    const { runId, personNumber, subject } = item;
    const settleReasonId = await putSealed(work, {
      holder: personNumber,
      program,
      kind: "settle-reason",
      data: reason,
    });
    await work.sql`select mailings.settle_piece(${runId}, ${personNumber}, ${subject}, ${settleReasonId})`;
  }
  await recordAudit(work, {
    kind: "change",
    action: "mailing.unsent-settled",
    persons: [...new Set(pieces.map(({ personNumber }) => personNumber))],
    detail: { pieces: pieces.length },
  });
}

/**
 * Begins a small run for pieces that did not go: one for each run they come from, since each was ordered in its own way.
 * It is extracted, released where 支援措置 asks for it, and approved like any other.
 */
export async function sendUnsent(
  work: Work,
  pieces: readonly PieceName[],
  order: Pick<NewRun, "contractorId" | "printBy" | "sendOn">,
): Promise<RunRow[]> {
  await requireOrder(work, order);
  const found = await requireUnsent(work, pieces);
  const runs: RunRow[] = [];
  for (const [followsRunId, some] of Map.groupBy(found, ({ run }) => run.id)) {
    const [{ run: source }] = some as [(typeof some)[0]];
    const { kind, title, parameters, bundling } = source;
    const run = await insertRun(work, {
      kind,
      title: title.endsWith(remainder) ? title : `${title}${remainder}`,
      parameters,
      bundling,
      followsRunId,
      ...order,
    });
    const keepsNumbers = !mailingKind(kind).number.take;
    await insertItems(
      work,
      run.id,
      some.map(({ item: { personNumber, subject, pieceNumber, reason } }) => ({
        personNumber,
        subject,
        state: "left-out",
        reason,
        place: null,
        bundle: null,
        pieceNumber: keepsNumbers ? pieceNumber : null,
      })),
    );
    await recordAudit(work, {
      kind: "event",
      action: "mailing.unsent-sent",
      persons: [...new Set(some.map(({ item }) => item.personNumber))],
      detail: { run: runNumber(run), follows: runNumber(source) },
    });
    runs.push(run);
  }
  return runs;
}

/** Behind the title of a run that sends what did not go with another. */
const remainder = "（見合わせた分）";
