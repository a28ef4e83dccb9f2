import { eq } from "drizzle-orm";
import { feedImport } from "#db/schema/feeds.ts";
import {
  type ImportEvent,
  type ImportFacts,
  type ImportState,
  importChecks,
  importV1,
} from "#workflows/feeds/machine.ts";
import { answer, eventsFrom } from "#workflows/flows/answer.ts";
import { holds } from "../access/actor.ts";
import type { Right } from "../access/rights.ts";
import { notFound, Problem, type ProblemDetails } from "../problem.ts";
import type { Work } from "../work.ts";
import type { ImportRow } from "./lot.ts";

/** The import with this id; throws where there is none. */
export async function getImport(work: Work, importId: string): Promise<ImportRow> {
  const [entry] = await work.tx.select().from(feedImport).where(eq(feedImport.id, importId));
  if (!entry) throw notFound("このファイルは見つかりません。");
  return entry;
}

/** The same, held until the end of the transaction, so that nobody else moves it. */
export async function holdImport(work: Work, importId: string): Promise<ImportRow> {
  await work.sql`select feeds.hold(${importId})`;
  return getImport(work, importId);
}

/** What the machine knows where nothing stands in the way. */
export const plainFacts = (work: Work, entry: ImportRow): ImportFacts => ({
  actingStaffId: work.actor.staffId,
  preparedBy: entry.preparedBy,
  worldMoved: false,
  overtaken: false,
  earlierWaits: false,
  gap: false,
  gapExplained: false,
});

/**
 * Moves a held file by an event of its machine, one revision on; `why` is the reason for a gap at an approval, otherwise
 * what went wrong. The database does the same once more (`feeds.move`), and writes what goes with the step.
 *
 * @throws Problem where the right is missing, the state knows no such step, or a condition fails
 */
export async function moveImport(
  work: Work,
  entry: ImportRow,
  type: ImportEvent,
  {
    facts = plainFacts(work, entry),
    why = null,
  }: { facts?: ImportFacts; why?: string | null } = {},
): Promise<void> {
  const state = stateAfter(work, entry, type, facts);
  await work.sql`select feeds.move(${entry.id}, ${entry.revision}, ${type}, ${state}, ${why})`;
}

/** Where an event leads. @throws Problem as {@link moveImport} */
export function stateAfter(
  work: Work,
  entry: ImportRow,
  type: ImportEvent,
  facts = plainFacts(work, entry),
): ImportState {
  if (!mayDo(work, type)) throw refusal(403, ["この操作を行う権限がありません。"]);
  const got = answer(importV1, entry.state, facts, { type });
  if (!got.possible) throw refusal(statusOf(got.reasons), got.reasons);
  return got.state as ImportState;
}

/** A step that people take: whether this person holds its right, and what else stands in the way. */
export interface ImportAction {
  type: ImportEvent;
  title: string;
  held: boolean;
  reasons: readonly string[];
}

/** The steps that people could take with a file in its state, each with why not. */
export function actionsOf(work: Work, entry: ImportRow, facts: ImportFacts): ImportAction[] {
  return (eventsFrom(importV1, entry.state, facts) as ImportEvent[]).flatMap((type) => {
    const rule = importV1.events[type];
    if (!rule || rule.scheduled) return [];
    const got = answer(importV1, entry.state, facts, { type });
    const reasons = got.possible ? [] : got.reasons;
    return [{ type, title: rule.title, held: mayDo(work, type), reasons }];
  });
}

const mayDo = (work: Work, type: ImportEvent): boolean =>
  holds(work.actor, importV1.events[type]?.right as Right, { program: "feeds" });

const refusal = (status: ProblemDetails["status"], reasons: readonly string[]) =>
  new Problem({
    status,
    message: reasons[0] ?? "この操作は行えません。",
    details: reasons.slice(1),
  });

/** 403 to whoever may not, 422 where something has to be entered, 409 where the file has to wait or go back. */
function statusOf([reason]: readonly string[]): ProblemDetails["status"] {
  if (reason === importChecks.notPreparer.reason) return 403;
  return reason === importChecks.gapExplained.reason ? 422 : 409;
}
