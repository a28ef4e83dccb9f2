import { beforeAll, describe, expect, test } from "vitest";
import { paperOfDecision } from "#src/platform/applications/index.ts";
import { possibleStep } from "#src/platform/cases/apply-event.ts";
import { CaseRefusal, latestApproval } from "#src/platform/cases/index.ts";
import { lockCase } from "#src/platform/cases/lock-case.ts";
import { workflowOf } from "#src/platform/cases/workflow.ts";
import { paperMark } from "#src/platform/printing/index.ts";
import { runWork } from "#src/platform/work.ts";
import { staffSql } from "#test/security/role-with-session/support.ts";
import { openTestApp, type Visitor } from "#test/support/app.ts";
import type { SeenCase } from "#test/support/case-sql.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { transitionsOf } from "#workflows/cases/table.ts";
import { stateNames } from "#workflows/flows/answer.ts";
import { caseRoles, everyClerk, type Standing } from "./case-standing.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { movesOf } from "./moves-by-sql.ts";
import { tryNothingEntered } from "./nothing-entered.ts";
import { standingOf, undoneAtCommit } from "./undone-steps.ts";

/** A machine, and cases in every state of it. */
export interface EveryStep {
  definition: CaseDefinition;
  /** A reason for each event that asks for one. */
  reasons: Readonly<Record<string, string>>;
  prepare(): Promise<readonly Standing[]>;
}

/** Of what is refused, each of the staff sends this many events over HTTP to each case; of all of them the rules are asked. */
const refusedSent = 1;

/**
 * Asks for every event in every state as everybody, of the rules that `applyEvent` obeys and of the database itself: what
 * the policy names is possible, all else is refused. Over HTTP goes all that is possible in each case, by those in turn who
 * may send it, made whole and undone as it is committed; and of all else some of each case as everybody: it is refused,
 * and nothing has moved.
 */
export function testEveryStep(city: TestPlatform, { definition, reasons, prepare }: EveryStep) {
  describe(`${definition.title}: 段階 × 手続き × 職員`, () => {
    const events = Object.keys(definition.events);
    const states = stateNames(definition);
    let cases: readonly Standing[];
    let undo: Awaited<ReturnType<typeof undoneAtCommit>>;
    beforeAll(async () => {
      cases = await prepare();
      undo = await undoneAtCommit(city);
    }, 120_000);

    test("どの段階の申請もある", () => {
      expect([...new Set(cases.map(({ at }) => at.state))].toSorted()).toEqual(states.toSorted());
    });

    test("どの段階のどの手続きも、定めのとおりの職員だけに許される", async () => {
      for (const { title, at, possible } of cases)
        for (const who of caseRoles)
          expect((await stepsOf(city, definition, at, who)).toSorted(), `${title} ${who}`).toEqual(
            [...(possible[who] ?? [])].toSorted(),
          );
    });

    test("画面から送る手続きは、定めのとおりの職員だけができ、断られたものは何も動かさない", {
      timeout: 1_200_000,
    }, async () => {
      const app = openTestApp(city);
      await undo.during(async (soFar) => {
        const visitors = new Map<TestStaff, Visitor>();
        for (const who of caseRoles) visitors.set(who, await app.visitor(who));
        const inTurn = takingTurns(events);
        const senders = takingTurns(caseRoles);
        for (const { title, at, possible } of cases) {
          const sent = new Map<TestStaff, { own: string[]; others: string[] }>(
            caseRoles.map((who) => [
              who,
              {
                own: [],
                others: inTurn((event) => !possible[who]?.includes(event), refusedSent),
              },
            ]),
          );
          for (const event of events) {
            const [who] = senders((one) => possible[one]?.includes(event) ?? false, 1);
            if (who) sent.get(who)?.own.push(event);
          }
          const fields = await fieldsOf(city, definition, at, reasons);
          const before = await standingOf(city);
          const undone = await soFar();
          const outcomes = await Promise.all(
            [...sent].flatMap(([who, { own, others }]) =>
              [...own, ...others].map(async (event) => ({
                sent: `${who} ${event}`,
                came: await sendStep(visitors.get(who) as Visitor, definition, at, {
                  ...fields,
                  event,
                }),
              })),
            ),
          );
          const done = outcomes.filter(({ came }) => came !== "refused");
          const expected = [...sent].flatMap(([who, { own }]) =>
            own.map((event) => `${who} ${event}`),
          );
          expect(done.map((one) => one.sent).toSorted(), title).toEqual(expected.toSorted());
          const made = outcomes.filter(({ came }) => came === "made");
          expect((await soFar()) - undone, title).toBe(made.length);
          expect(await standingOf(city), title).toEqual(before);
        }
      });
    });

    test("何も入力せずに送った手続きは、断られるか、その画面が返る", {
      timeout: 600_000,
    }, async () => {
      await undo.during((soFar) => tryNothingEntered(city, { definition, cases, soFar }));
    });

    test("SQLだけでも、同じ職員が同じ行き先にしか進められない", {
      timeout: 300_000,
    }, async () => {
      const asSql = staffSql(city);
      const everywhere = events.flatMap((event) => states.map((to) => ({ event, to })));
      const anywhere = transitionsOf(definition);
      for (const {
        title,
        at,
        possible,
        ways = {},
        leftToRules = [],
        leftToDecider = [],
      } of cases) {
        const targetOf = (event: string) =>
          ways[event] ??
          transitionsOf(definition).find((way) => way.from === at.state && way.event === event)?.to;
        for (const who of [...caseRoles, "system"] as const) {
          const own = (who === "system" ? [] : (possible[who] ?? [])).map(
            (event) => `${event} > ${targetOf(event)}`,
          );
          const isClerk = who in everyClerk();
          // Who holds every right of a case tries all states; the others those to which an event leads anywhere.
          const tried = who === "supervisor1" ? everywhere : anywhere;
          const expected = [
            ...own,
            ...(isClerk ? leftToRules : []),
            ...(who === "supervisor1" ? leftToDecider : []),
          ].toSorted();
          const sent = asSql(who, (sql) => movesOf(sql, at, tried));
          expect(await sent, `${title} ${who}`).toEqual(expected);
        }
      }
    });
  });
}

/** The events that the rules of the program leave to somebody, in one unit of work. */
async function stepsOf(
  city: TestPlatform,
  { kind, events }: CaseDefinition,
  { caseId }: SeenCase,
  who: TestStaff,
): Promise<string[]> {
  const [program = ""] = kind.split("/");
  const actor = await city.actor(who);
  return runWork(city.platform, actor, { purpose: "case", program }, async (work) => {
    const found = await lockCase(work, caseId);
    if (!found) return [];
    const prepared = await workflowOf(found.kind).prepare(work, found);
    const possible: string[] = [];
    for (const type of Object.keys(events)) {
      const step = possibleStep(work, found, prepared, { type, until: "2026-12-04" });
      const refusal = await step.then(
        () => null,
        (error: unknown) => error,
      );
      if (refusal === null) possible.push(type);
      else if (!(refusal instanceof CaseRefusal)) throw refusal;
    }
    return possible;
  });
}

/** Gives those first that were not given before, so that all come to their turn. */
function takingTurns<T extends string>(all: readonly T[]) {
  const queue = [...all];
  return (fits: (one: T) => boolean, count: number): T[] => {
    const taken = queue.filter(fits).slice(0, count);
    for (const one of taken) queue.push(...queue.splice(queue.indexOf(one), 1));
    return taken;
  };
}

/** Whether the form of an event asks for more than is sent here: its step is possible, and its form comes back. */
const asksMore = ({ events }: CaseDefinition, event: string): boolean => {
  const page = events[event]?.page;
  return page !== undefined && page !== "decision" && page !== "issue";
};

/** What the pages of the case would send, whichever its event. */
async function fieldsOf(
  city: TestPlatform,
  definition: CaseDefinition,
  { caseId, revision }: SeenCase,
  reasons: EveryStep["reasons"],
): Promise<Record<string, string>> {
  const [program = ""] = definition.kind.split("/");
  const paper = await runWork(
    city.platform,
    await city.actor("supervisor1"),
    { purpose: "case", program },
    async (work) => {
      const { subject, decision } = (await latestApproval(work, caseId)) ?? {};
      // A decision on a claim has a notice of its own, which is asked for with none.
      const hasLetter = !["payment", "refusal", "cancellation", "letter"].includes(subject ?? "");
      return subject && !decision && hasLetter
        ? paperMark(await paperOfDecision(work, program, subject))
        : "";
    },
  );
  const own = Object.keys(definition.events).flatMap((event) => [
    [`comment-${event}`, "試験"],
    [`until-${event}`, "R8.12.4"],
    ...(reasons[event] ? [[`reason-${event}`, reasons[event]]] : []),
  ]);
  return { revision: String(revision), paper, ...Object.fromEntries(own) };
}

/** Made whole (and undone), possible but its form comes back, or refused. */
type Outcome = "made" | "form" | "refused";

/** @throws where the answer is none of these */
async function sendStep(
  visitor: Visitor,
  definition: CaseDefinition,
  { caseId }: SeenCase,
  fields: Record<string, string>,
): Promise<Outcome> {
  const { event = "" } = fields;
  const [program] = definition.kind.split("/");
  const { status } = await visitor.post(`/${program}/cases/${caseId}/step`, {
    ...fields,
    key: `every step ${event}`,
  });
  if ([403, 404, 409].includes(status)) return "refused";
  const expected = asksMore(definition, event) ? [422, 500] : [500];
  expect(expected, `${event}: ${status}`).toContain(status);
  return status === 422 ? "form" : "made";
}
