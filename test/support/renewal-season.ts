import {
  approveChosen,
  judgePortion,
  listAnswers,
  moveAnswer,
  moveSeason,
  nextProposed,
  planSeason,
  readSeason,
  receiveAnswer,
  type SeasonPlan,
} from "#src/platform/renewals/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { singleParentRenewal } from "#src/programs/single-parent-medical/index.ts";
import type { AnswerEventType, AnswerState } from "#workflows/renewals/answer.ts";
import type { TestPlatform, TestStaff } from "./database.ts";

const program = "single-parent-medical";

/** A season of ひとり親 in a test, with its steps made by named staff. */
export function seasonOf(test: TestPlatform) {
  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "counter", program }, run);

  const plan = (given: Partial<SeasonPlan> = {}) =>
    as("clerk1", (work) =>
      planSeason(work, {
        program,
        year: 2026,
        entitledOn: "2026-11-20",
        startsOn: "2027-01-01",
        dueOn: "2026-12-10",
        remindOn: "2026-12-11",
        warnOn: "2026-12-18",
        warnedUntil: "2026-12-28",
        incomeYear: 2025,
        overLimit: "lost",
        noAnswer: "lost",
        ...given,
      }),
    );

  /** Planned by clerk1, opened by supervisor1. */
  async function opened(given: Partial<SeasonPlan> = {}): Promise<string> {
    const id = await plan(given);
    await as("supervisor1", (work) => moveSeason(work, { id, seen: 1, type: "open" }));
    return id;
  }

  const read = (id: string) => as("clerk1", (work) => readSeason(work, id));
  const answers = async (seasonId: string, state?: AnswerState) =>
    (await as("clerk1", (work) => listAnswers(work, { seasonId, state }, { page: 1, size: 500 })))
      .rows;

  /** The answer of a person in a season. */
  async function of(seasonId: string, personNumber: string) {
    const found = (await answers(seasonId)).find((one) => one.personNumber === personNumber);
    if (!found) throw new Error("nobody is asked so");
    return found;
  }

  async function receive(
    seasonId: string,
    personNumber: string,
    given: { changes?: boolean; missing?: string[] } = {},
    who: TestStaff = "clerk1",
  ) {
    const { id, revision } = await of(seasonId, personNumber);
    await as(who, (work) =>
      receiveAnswer(work, {
        id,
        seen: revision,
        receivedOn: test.platform.clock.today(),
        via: "window",
        changes: given.changes ?? false,
        missing: given.missing ?? [],
        completeBy: given.missing ? "2026-12-20" : null,
      }),
    );
  }

  const judge = async (
    seasonId: string,
    state: "received" | "exception" = "received",
    who: TestStaff = "clerk2",
  ) => {
    const season = await read(seasonId);
    return as(who, (work) => judgePortion(work, singleParentRenewal, season, { state, after: 0 }));
  };

  const approve = async (seasonId: string, state: AnswerState, who: TestStaff = "supervisor1") => {
    const season = await read(seasonId);
    return as(who, async (work) => {
      const chosen = await nextProposed(work, { seasonId, state, after: 0 });
      return approveChosen(work, singleParentRenewal, season, chosen);
    });
  };

  async function step(
    who: TestStaff,
    seasonId: string,
    personNumber: string,
    type: AnswerEventType,
    more: { reason?: string; outcome?: "lost" | "suspended"; comment?: string } = {},
  ) {
    const { id, revision } = await of(seasonId, personNumber);
    await as(who, (work) =>
      moveAnswer(work, { id, seen: revision, type, comment: "試験のため", ...more }),
    );
  }

  return { program, as, plan, opened, read, answers, of, receive, judge, approve, step };
}
