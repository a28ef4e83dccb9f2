import { paperOfDecision } from "#src/platform/applications/index.ts";
import {
  applyEvent,
  CaseConflict,
  CaseRefusal,
  getCase,
  latestApproval,
} from "#src/platform/cases/index.ts";
import { paperMark } from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import type { TestPlatform, TestStaff } from "./database.ts";

/** Many people at once, at random, on a few cases. */
export interface Competition {
  definition: CaseDefinition;
  /** Cases that were just opened. */
  ids: readonly string[];
  as<T>(who: TestStaff, run: (work: Work) => Promise<T>): Promise<T>;
  tries: number;
  /** Whether everything was met that is to be met; where not, as many tries again, five times at most. */
  met?(): Promise<boolean>;
  /** What is tried where nobody knows yet what is possible. */
  usual: readonly string[];
  /** Would soon end every case, or takes most of the time: tried seldom. */
  rare: readonly string[];
  /** Never tried. */
  never?: readonly string[];
  /** What a step asks for, but for a decision. */
  input(type: string, at: { work: Work; caseId: string; random: () => number }): Promise<unknown>;
}

/** Two clerks and two supervisors, each at two seats; gives how many steps were tried, made, refused, and too late. */
export async function compete(competition: Competition) {
  const { definition, ids, as, usual, rare, never = [] } = competition;
  const actors = ["clerk1", "clerk2", "supervisor1", "supervisor2"] as const;
  const types = Object.keys(definition.events).filter((type) => !never.includes(type));
  const random = generator(20_261_120);
  const tried = (one: string) => !rare.includes(one) && !never.includes(one);
  /** Where the last step led, which whoever looks at the case sees. */
  const states = new Map<string, string>();
  const leadingOn = (caseId: string) => {
    const ways = definition.machine.states[states.get(caseId) ?? ""]?.transitions.keys();
    return ways ? [...ways].map(String).filter(tried) : usual;
  };
  const count = { tried: 0, succeeded: 0, refused: 0, conflicts: 0 };
  let enough = competition.tries;
  const clerk = async (who: TestStaff) => {
    const seen = new Map(ids.map((id) => [id, 1]));
    const likely = new Map<string, readonly string[]>();
    while (count.tried < enough) {
      const idempotencyKey = `${count.tried++}`;
      const caseId = ids[Math.floor(random() * ids.length)] ?? "";
      const choices = random() < 0.1 ? types : (likely.get(caseId) ?? leadingOn(caseId));
      const type = choices[Math.floor(random() * choices.length)] ?? "";
      try {
        const done = await as(who, async (work) =>
          applyEvent(work, {
            caseId,
            expectedRevision: seen.get(caseId) ?? 1,
            event: { type, until: "2026-12-04" },
            idempotencyKey,
            comment: "試験",
            input:
              (await seenPaper(work, definition, caseId, type)) ??
              (await competition.input(type, { work, caseId, random })),
          }),
        );
        seen.set(caseId, done.revision);
        states.set(caseId, done.state);
        likely.delete(caseId);
        count.succeeded++;
      } catch (error) {
        if (error instanceof CaseConflict) {
          count.conflicts++;
          seen.set(caseId, error.presentRevision);
          likely.delete(caseId);
        } else if (error instanceof Problem) {
          count.refused++;
          if (error instanceof CaseRefusal) likely.set(caseId, error.allowed.filter(tried));
        } else throw error;
      }
    }
  };
  do {
    await Promise.all([...actors, ...actors].map(clerk));
    enough += competition.tries;
  } while (enough <= 5 * competition.tries && !((await competition.met?.()) ?? true));
  return count;
}

/** What is wrong with the history of some cases: a number that is missing or there twice, a step from elsewhere or unknown. */
export async function brokenChains(
  { admin }: TestPlatform,
  definition: CaseDefinition,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await admin<
    { case_id: string; revision: number; type: string; from_state: string; to_state: string }[]
  >`
    select case_id, revision, type, from_state, to_state from cases.event where case_id in ${admin(ids)} order by case_id, revision`;
  const present = await admin<{ id: string; state: string; revision: number }[]>`
    select id, state, revision from cases.case where id in ${admin(ids)}`;
  return present.flatMap(({ id, state, revision }) => {
    const steps = rows.filter((row) => row.case_id === id);
    const last = steps.at(-1);
    const wrong = steps.flatMap((row, n) => {
      const known = definition.machine.states[row.from_state]?.transitions.has(row.type);
      const chained = n === 0 || (known && row.from_state === steps[n - 1]?.to_state);
      return chained && row.revision === n + 1 ? [] : [`${id} ${row.revision} ${row.type}`];
    });
    return last?.revision === revision && last.to_state === state ? wrong : [...wrong, `${id} end`];
  });
}

/** What the page of a decision sends; a page that is older than the case may show another one. */
async function seenPaper(work: Work, { events }: CaseDefinition, caseId: string, type: string) {
  if (events[type]?.act !== "approve") return undefined;
  const { program } = await getCase(work, caseId);
  const { subject } = (await latestApproval(work, caseId)) ?? { subject: "grant" };
  return { seenPaper: paperMark(await paperOfDecision(work, program, subject)) };
}

/** A small generator of pseudo-random numbers, so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
