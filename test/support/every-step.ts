import { beforeAll, describe, expect, test, vi } from "vitest";
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
import type { TestPlatform, TestStaff } from "./database.ts";
import { movesOf } from "./moves-by-sql.ts";

/** clerk1 enters, clerk2 confirms and prepares; the others hold rights elsewhere, for another office, or none of cases. */
export const caseRoles = [
  "clerk1",
  "clerk2",
  "supervisor1",
  "east1",
  "operator1",
  "auditor1",
  "nobody",
] as const satisfies TestStaff[];

/** Events by who may send them. */
export type Possible = Partial<Record<TestStaff, readonly string[]>>;

/** Whoever holds the rights of a clerk and has done nothing that another person has to do. */
export const everyClerk = (...events: string[]) => ({
  clerk1: events,
  clerk2: events,
  supervisor1: events,
});

/** A case, where it stands, and what is possible there. */
export interface Standing {
  /** 審査（確認前）. */
  title: string;
  at: SeenCase & { state: string };
  possible: Possible;
  /** Where an event leads that has several ways. */
  ways?: Readonly<Record<string, string>>;
  /** Steps that the database leaves to the rules of the 事務, as `event > state`; by SQL alone every clerk could make them. */
  leftToRules?: readonly string[];
}

/** A machine, and cases in every state of it. */
export interface EveryStep {
  definition: CaseDefinition;
  /** A reason for each event that asks for one. */
  reasons: Readonly<Record<string, string>>;
  prepare(): Promise<readonly Standing[]>;
}

/** How many refused events each of the staff sends over HTTP to each case; whether they are refused is asked of all. */
const refusedSent = 2;

/**
 * Asks for every event in every state as everybody, of the rules that `applyEvent` obeys and of the database itself: what
 * the policy names is possible, all else is refused. Over HTTP goes all that is possible, made whole and undone as it is
 * committed, and of all else some of each case as everybody: it is refused, and nothing has moved.
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
        for (const who of caseRoles) {
          const visitor = await app.visitor(who);
          const inTurn = takingTurns(events);
          for (const { title, at, possible } of cases) {
            const own = [...(possible[who] ?? [])];
            const sent = [...own, ...inTurn((event) => !own.includes(event), refusedSent)];
            const fields = await fieldsOf(city, definition, at, reasons);
            const before = await standingOf(city);
            const undone = await soFar();
            const what = `${title} ${who}`;
            const outcomes = await Promise.all(
              sent.map(async (event) => ({
                event,
                came: await sendStep(visitor, definition, at, { ...fields, event }),
              })),
            );
            const done = outcomes.filter(({ came }) => came !== "refused");
            expect(done.map(({ event }) => event).toSorted(), what).toEqual(own.toSorted());
            const made = outcomes.filter(({ came }) => came === "made");
            expect((await soFar()) - undone, what).toBe(made.length);
            expect(await standingOf(city), what).toEqual(before);
          }
        }
      });
    });

    test("SQLだけでも、同じ職員が同じ行き先にしか進められない", {
      timeout: 300_000,
    }, async () => {
      const asSql = staffSql(city);
      for (const { title, at, possible, ways = {}, leftToRules = [] } of cases) {
        const targetOf = (event: string) =>
          ways[event] ??
          transitionsOf(definition).find((way) => way.from === at.state && way.event === event)?.to;
        for (const who of [...caseRoles, "system"] as const) {
          const own = (who === "system" ? [] : (possible[who] ?? [])).map(
            (event) => `${event} > ${targetOf(event)}`,
          );
          const isClerk = who in everyClerk();
          const expected = [...own, ...(isClerk ? leftToRules : [])].toSorted();
          const sent = asSql(who, (sql) => movesOf(sql, at, { events, states }));
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
function takingTurns(all: readonly string[]) {
  const queue = [...all];
  return (fits: (one: string) => boolean, count: number): string[] => {
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
      return subject && !decision ? paperMark(await paperOfDecision(work, program, subject)) : "";
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

/** From now on no step of a case stays: it is undone after all that belongs to it was looked for. Counts how many were. */
async function undoneAtCommit({ admin }: TestPlatform) {
  await admin`create sequence if not exists public.undone`;
  await admin.unsafe(`
    create or replace function public.undo() returns trigger language plpgsql security definer as $$
    begin
      perform nextval('public.undone');
      raise exception 'undone' using errcode = 'UNDON';
    end $$;
    drop trigger if exists zz_undone on cases.event;
    create constraint trigger zz_undone after insert on cases.event deferrable initially deferred
      for each row execute function public.undo();
    alter table cases.event disable trigger zz_undone;`);
  const soFar = async () => {
    const [row] = await admin<{ n: number }[]>`
      select case when is_called then last_value else 0 end::int as n from public.undone`;
    return row?.n ?? 0;
  };
  return {
    /** @param run is given how many steps were made whole and undone so far */
    async during(run: (soFar: () => Promise<number>) => Promise<void>): Promise<void> {
      // Every undone step is an error that the program writes down.
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      // For all of the run: whatever changes the table makes every connection plan its statements anew.
      await admin`alter table cases.event enable trigger zz_undone`;
      try {
        await run(soFar);
      } finally {
        log.mockRestore();
        await admin`alter table cases.event disable trigger zz_undone`;
      }
    },
  };
}

/** Where all cases stand, and how many rows the tables have that a step writes. */
async function standingOf({ admin }: TestPlatform) {
  const [row] = await admin`
    select (select md5(string_agg(id::text || revision || state, ',' order by id)) from cases.case) as cases,
           (select count(*)::int from cases.event) as events, (select count(*)::int from cases.effect) as effects,
           (select count(*)::int from approvals.entry) as entries,
           (select md5(string_agg(id::text || coalesce(decision, ''), ',' order by id)) from approvals.approval) as approvals,
           (select md5(string_agg(id::text || status || valid_to, ',' order by id)) from entitlements.entitlement) as entitlements,
           (select md5(string_agg(id::text || coalesce(ending, ''), ',' order by id)) from entitlements.certificate) as certificates,
           (select count(*)::int from documents.document) as documents, (select count(*)::int from intake.income) as incomes`;
  return { ...row };
}
