import type { TransactionSql } from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { paperOfDecision } from "#src/platform/applications/index.ts";
import { applyEvent, type CaseRefusal, latestApproval } from "#src/platform/cases/index.ts";
import { paperMark } from "#src/platform/printing/index.ts";
import type { Work } from "#src/platform/work.ts";
import { staffSql } from "#test/security/role-with-session/support.ts";
import { type SeenCase, seal } from "#test/support/case-sql.ts";
import {
  applicationPolicy,
  applicationsInEveryState,
  caseRoles,
  changePolicy,
  reportsInEveryState,
  stepInputs,
} from "#test/support/child-medical-states.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { transitionsOf } from "#workflows/cases/table.ts";
import { changeV1 } from "#workflows/child-medical/change-machine.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import { stateNames } from "#workflows/flows/answer.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const asSql = staffSql(city);
class Undone extends Error {}

describe.each([
  { definition: applicationV1, policy: applicationPolicy, prepare: applicationsInEveryState },
  { definition: changeV1, policy: changePolicy, prepare: reportsInEveryState },
])("$definition.title: 段階 × 手続き × 職員", ({ definition, policy, prepare }) => {
  const events = Object.keys(definition.events);
  const states = stateNames(definition as CaseDefinition);
  let cases: ReadonlyMap<string, SeenCase>;
  beforeAll(async () => {
    cases = await prepare(counter);
  });
  const at = (state: string): SeenCase => {
    const found = cases.get(state);
    if (!found) throw new Error(`no case stands in ${state}`);
    return found;
  };

  test.each(states)("%s: 画面からの手続きは、定めのとおりの職員だけができる", async (state) => {
    for (const who of caseRoles) {
      const possible: string[] = [];
      for (const type of events) {
        const outcome = await counter
          .as(who, async (work) => {
            await applyEvent(work, {
              caseId: at(state).caseId,
              expectedRevision: at(state).revision,
              event: { type, until: "2026-12-04" },
              idempotencyKey: `matrix ${type}`,
              comment: "試験",
              input: await inputOf(work, definition.kind, at(state).caseId, type),
            });
            throw new Undone();
          })
          .catch((error: unknown) => error);
        if (outcome instanceof Undone) possible.push(type);
        else
          expect([403, 404, 409], `${state} ${type} ${who}: ${String(outcome)}`).toContain(
            (outcome as CaseRefusal).status,
          );
      }
      expect(possible.toSorted(), `${state} by ${who}`).toEqual(
        [...(policy[state]?.[who] ?? [])].toSorted(),
      );
    }
  });

  test.each(states)("%s: SQLだけでも、同じ職員が同じ行き先にしか進められない", async (state) => {
    const ways = transitionsOf(definition as CaseDefinition);
    // Of two ways the database takes the one whose conditions hold in these cases.
    const chosen: Record<string, string> = { "approval approve": "certified", remand: "issued" };
    const targetOf = (event: string) => {
      const targets = ways.filter((way) => way.from === state && way.event === event);
      const [first] = targets;
      if (targets.length === 1) return first?.to;
      return chosen[`${state} ${event}`] ?? chosen[event];
    };
    for (const who of [...caseRoles, "system"] as const) {
      const expected = (who === "system" ? [] : (policy[state]?.[who] ?? [])).map(
        (event) => `${event} > ${targetOf(event)}`,
      );
      const sent = asSql(who, (sql) => movesOf(sql, at(state), { events, states }));
      expect(await sent, `${state} by ${who}`).toEqual(expected.toSorted());
    }
  });
});

test("期限の手続きは、定時処理が、期限の翌日からだけ進められる", async () => {
  const held = await counter.step(
    "clerk2",
    "hold",
    await counter.step(
      "clerk1",
      "recordDocuments",
      await counter.toExamination(await counter.family()),
      { input: { "account-proof": "missing" } },
    ),
    { until: "2026-12-04" },
  );
  const on = (who: TestStaff | "system", day: string) =>
    asSql(
      who,
      (sql) => movesOf(sql, held, { events: ["expire"], states: stateNames(applicationV1) }),
      { "app.business_date": day },
    );
  expect(await on("system", "2026-12-04")).toEqual([]);
  expect(await on("system", "2026-12-05")).toEqual(["expire > examination"]);
  expect(await on("supervisor1", "2026-12-05")).toEqual([]);
});

/** What the page of the step would send: for a decision, with what its letter would be printed. */
async function inputOf(work: Work, kind: string, caseId: string, type: string): Promise<unknown> {
  if (type === "enter" && kind.endsWith("/change")) return {};
  if (type !== "approve" && type !== "revoke") return stepInputs[type];
  const open = await latestApproval(work, caseId);
  if (!open || open.decision) return undefined;
  return { seenPaper: paperMark(await paperOfDecision(work, "child-medical", open.subject)) };
}

/**
 * Which of the events lead to which of the states by `cases.move` alone, each try undone. Tried by one statement: there
 * are thousands of them.
 */
async function movesOf(
  sql: TransactionSql,
  { caseId, revision }: SeenCase,
  { events, states }: { events: readonly string[]; states: readonly string[] },
): Promise<string[]> {
  const [found] = await sql<{ person: string }[]>`
    select person_number as person from cases.case where id = ${caseId}`;
  const comment =
    found &&
    (await sql.savepoint((inner) =>
      seal(inner, { caseId, person: found.person, kind: "comment" }),
    ));
  const list = (values: readonly string[]) => `'{${values.join(",")}}'::text[]`;
  await sql.unsafe(`do $$
    declare one text; goal text; done text[] := '{}';
    begin
      foreach one in array ${list(events)} loop
        foreach goal in array ${list(states)} loop
          begin
            perform cases.move('${caseId}', ${revision}, one, goal, 'matrix', ${comment ? `'${comment}'` : "null"}, '2026-12-31');
            raise exception 'undone' using errcode = 'UNDON';
          exception
            when sqlstate 'UNDON' then done := done || (one || ' > ' || goal);
            when sqlstate 'MD011' or sqlstate 'MD012' or sqlstate 'MD017' or insufficient_privilege then null;
          end;
        end loop;
      end loop;
      perform set_config('app.done', array_to_string(done, ','), true);
    end $$`);
  const [row] = await sql<{ done: string }[]>`select current_setting('app.done') as done`;
  return row?.done ? row.done.split(",").toSorted() : [];
}
