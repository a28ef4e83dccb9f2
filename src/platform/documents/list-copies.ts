import { type CopyContext, copyV1, logCopyV1 } from "#workflows/access/copy-machine.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { firstState } from "#workflows/flows/answer.ts";
import type { FlowDefinition } from "#workflows/flows/definition.ts";
import type { Right } from "../access/rights.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import type { ListCopy } from "./copy-register.ts";

/** Where copies of the access log stand in the register: it is no 事務. */
export const logCopies = "audit";

/** Copies of the log have another approver than those of a 事務. */
export const copyFlowOf = (program: string): FlowDefinition<CopyContext> =>
  program === logCopies ? logCopyV1 : copyV1;

/** What it takes to ask for a copy, to allow one, and to open the register of both. */
export const copyRights = (program: string): Record<"asks" | "allows" | "sees", Right> =>
  program === logCopies
    ? { asks: "audit.read", allows: "audit-copy.approve", sees: "copy.read" }
    : { asks: "copy.request", allows: "copy.approve", sees: "copy.request" };

/** The state of a copy in its flow. */
export const copyState = (copy: Pick<ListCopy, "decision" | "erasedAt" | "program">): string =>
  copy.erasedAt ? "erased" : (copy.decision ?? firstState(copyFlowOf(copy.program)));

function standing(work: Work, copy: ListCopy): Standing<CopyContext> {
  const today = work.platform.clock.today();
  return {
    definition: copyFlowOf(copy.program),
    state: copyState(copy),
    context: {
      actingStaffId: work.actor.staffId,
      requestedBy: copy.requestedBy,
      expired: copy.takeBy !== null && copy.takeBy < today,
      taken: copy.taken > 0,
      overdue: copy.eraseBy !== null && copy.eraseBy < today,
    },
  };
}

/**
 * What this person could do with a copy. What is left of it is entered as erased by whoever took it, and past its day by
 * others: nobody is shown the other's button.
 */
export function copyActions(work: Work, copy: ListCopy): FlowAction[] {
  const mine = copy.requestedBy === work.actor.staffId;
  const { overdue, taken } = standing(work, copy).context;
  const reach = (type: string) => {
    if (type === "take" || type === "erase" || copy.program === logCopies) return "any office";
    // Allowed for the office that the list is of; a list of no office is the whole city's.
    return copy.filter.office ? { office: copy.filter.office } : "whole city";
  };
  return actionsAt(work.actor, standing(work, copy), { program: copy.program, reach }).filter(
    ({ type }) =>
      type === "erase" ? mine && taken : type === "confirm" ? !mine && taken && overdue : true,
  );
}

/** Asks for a copy of a list; another person has to allow it. */
export async function requestCopy(
  work: Work,
  wanted: Pick<ListCopy, "program" | "format" | "filter" | "lines" | "reason"> & {
    title: string;
    words: string;
    eraseBy: IsoDate;
  },
): Promise<void> {
  const { program, format, filter, lines, reason, title, words, eraseBy } = wanted;
  await work.sql`select documents.request_copy(${program}, ${format},
    ${JSON.stringify(filter)}::text::jsonb, ${lines}, ${reason}, ${title}, ${words}, ${eraseBy})`;
}

/** Allows or refuses a copy: never one's own. @throws Problem 403, 409 */
export async function decideCopy(
  work: Work,
  copy: ListCopy,
  event: "approve" | "refuse",
): Promise<void> {
  const decision = stateAfter(standing(work, copy), event);
  await work.sql`select documents.decide_copy(${copy.id}, ${decision})`;
}

/** Enters that nothing is left of a copy. @throws Problem 403, 409 */
export async function enterErasedCopy(
  work: Work,
  copy: ListCopy,
  event: "erase" | "confirm",
): Promise<void> {
  stateAfter(standing(work, copy), event);
  await work.sql`select documents.enter_erased_copy(${copy.id})`;
}

/** Enters that the copy is handed out, with how many lines and whose. @throws Problem 403, 409 */
export async function takeCopy(
  work: Work,
  copy: ListCopy,
  { lines, persons }: { lines: number; persons: readonly string[] },
): Promise<void> {
  stateAfter(standing(work, copy), "take");
  await work.sql`select documents.take_copy(${copy.id}, ${lines}, ${[...persons]}::text[])`;
}

/** So many lines a copy of a list has at most. */
export const mostLinesOfCopy = 5000;

/** @throws Problem 422 where the list is longer than a copy may be */
export function requireCopyable(lines: number, most = mostLinesOfCopy): void {
  if (lines > most)
    throw new Problem({
      status: 422,
      message: `写しは${most.toLocaleString("ja-JP")}件までです。条件を選んで絞り込んでください。`,
    });
}
