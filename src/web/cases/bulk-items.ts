import { isLetterKind } from "#src/platform/applications/index.ts";
import {
  applyEvent,
  type Bulk,
  type BulkItem,
  CaseConflict,
  type CaseRow,
  type CaseView,
  checkBulk,
  definitionOf,
  runEffects,
  settleBulk,
} from "#src/platform/cases/index.ts";
import { withoutPersonalData } from "#src/platform/jobs/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { SessionEnded, SessionLocked } from "#src/platform/work.ts";
import { eventsFrom } from "#workflows/flows/answer.ts";
import { showDateShort } from "../dates.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { findCase } from "./find-case.ts";
import { previewLetter } from "./paper-screens.tsx";
import { type ShownCase, showCase } from "./show-case.ts";
import type { PageRequest } from "./shown.ts";

/** The step that approves what is proposed, as this person could make it now. */
const approving = ({ actions }: Pick<CaseView, "actions">) =>
  actions.find(({ rule }) => rule.page === "decision" && rule.act === "approve");

/** Looks at one case as the page of its decision does, and keeps what was found: what will happen, or why it needs a look alone. */
export async function lookThroughItem(
  screens: AnyCaseScreens,
  request: PageRequest,
  bulk: Bulk,
  { caseId }: BulkItem,
): Promise<void> {
  const { work } = request;
  const seen = await showCase(screens, request, caseId);
  const { view } = seen.shown;
  const exception =
    exceptionOf(seen, bulk.subject) ??
    (await letterFault(screens, request, { caseId, subject: bulk.subject }));
  const { revision } = view.found;
  const found = { caseId, revision, summary: summaryOf(seen), exception: exception ?? null };
  try {
    await work((unit) => checkBulk(unit, bulk.id, found), { caseId });
  } catch (error) {
    // It moved on while it was looked at; the next portion looks again.
    if (!(error instanceof Error && "code" in error && error.code === "MD014")) throw error;
  }
}

/** Why a proposal has to be looked at on its own; nothing where it may be decided with others. */
function exceptionOf(seen: ShownCase, subject: string): string | undefined {
  const { approvals, isProtected } = seen.shown.view;
  const open = approvals.at(-1);
  const action = approving(seen.shown.view);
  if (!open || open.decision || !action) return "決裁を待っていません。";
  if (open.subject !== subject) return "起案の内容が変わりました。";
  if (action.reasons[0]) return action.reasons[0];
  if (isProtected) return "支援措置の方がいます。";
  if (seen.isOther) return seen.shown.other.outcome(seen.shown.view, subject).moved[0];
  const { view } = seen.shown;
  if (view.granting && !view.granting.granted) return `計算と合いません。${view.granting.reason}`;
  if (!seen.isChange && seen.shown.differences.some(({ differs }) => differs))
    return "申請内容と住民記録に相違があります。";
  return undefined;
}

/** Why the letter of the decision could not be made; it is made as it would go out, and not kept. */
async function letterFault(
  screens: AnyCaseScreens,
  { work }: PageRequest,
  { caseId, subject }: { caseId: string; subject: string },
): Promise<string | undefined> {
  try {
    await work(
      async (unit) => {
        const of = await findCase(unit, screens, caseId);
        if (of.other) await of.other.preview(unit, caseId);
        else if (isLetterKind(subject)) await previewLetter(unit, screens, of, subject);
      },
      { caseId },
    );
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return `通知書を作れません。${error.message}`;
    throw error;
  }
}

/** What the decision will do, in dates and numbers. */
function summaryOf(seen: ShownCase): string {
  if (seen.isOther) return seen.shown.other.summary(seen.shown.view);
  const { granting } = seen.shown.view;
  if (granting?.granted) {
    const persons = new Set(granting.periods.map(({ personNumber }) => personNumber)).size;
    const from = granting.periods.map((one) => one.from).toSorted()[0];
    const to = granting.periods
      .map((one) => one.to)
      .toSorted()
      .at(-1);
    return `${persons}人 ${showDateShort(from)} 〜 ${showDateShort(to)}`;
  }
  if (!seen.isChange) return "";
  return `${showDateShort(seen.shown.view.change.occursOn)}から`;
}

/**
 * Decides one case: a full step of its own, with the revision that was looked through and the letter that was seen. What
 * stands in the way is kept as its answer; the others go on.
 */
export async function decideItem(
  screens: AnyCaseScreens,
  request: PageRequest,
  bulk: Bulk,
  { caseId, revision }: BulkItem,
): Promise<void> {
  const { work, platform, actor } = request;
  try {
    await work(
      async (unit) => {
        const { found } = await findCase(unit, screens, caseId);
        const type = approvingEvent(found);
        await applyEvent(unit, {
          caseId,
          expectedRevision: revision ?? 0,
          event: { type },
          idempotencyKey: `bulk ${bulk.id}`,
          input: { seenPaper: bulk.paper },
        });
        await settleBulk(unit, bulk.id, { caseId, outcome: "done", reason: null });
      },
      { caseId },
    );
  } catch (error) {
    if (error instanceof SessionEnded || error instanceof SessionLocked) throw error;
    const outcome = outcomeOf(error);
    if (outcome === "failed") console.error(`bulk approval: ${withoutPersonalData(error)}`);
    const reason = reasonOf(error);
    await work((unit) => settleBulk(unit, bulk.id, { caseId, outcome, reason }), { caseId });
    return;
  }
  await runEffects(platform, actor, caseId);
}

/**
 * The event with which a decision approves what waits in the state of the case. Where the state has none any more, the
 * first of its machine: the revision says first that somebody else was faster.
 */
function approvingEvent(found: CaseRow): string {
  const definition = definitionOf(found);
  const approves = (type: string) => definition.events[type]?.act === "approve";
  const [type] = [
    ...eventsFrom(definition, found.state, {} as never).filter(approves),
    ...Object.keys(definition.events).filter(approves),
  ];
  if (type === undefined) throw new Error(`${found.kind} decides nothing`);
  return type;
}

const outcomeOf = (error: unknown): "conflict" | "refused" | "failed" =>
  error instanceof CaseConflict ? "conflict" : error instanceof Problem ? "refused" : "failed";

/** What is said of it; texts of our own problems hold no personal data. */
const reasonOf = (error: unknown): string =>
  error instanceof Problem
    ? [error.message, ...error.details].join(" ")
    : withoutPersonalData(error);
