import fc from "fast-check";
import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { cityWithCases } from "#test/security/role-with-session/case-support.ts";
import { moveCase, openCaseBySql, type SeenCase, seal } from "#test/support/case-sql.ts";
import { forbidden } from "#test/support/forbidden-rows.ts";
import { transitionsOf } from "#workflows/cases/table.ts";
import { changeV2 } from "#workflows/child-medical/change-machine-v2.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";

// People at random send SQL at random: whole steps, halves of them, and what belongs to none. Whatever comes through,
// no row stands there that two people and the machine did not let stand.

const { admin, as, counter, personOf, comment, paper, propose, grant, giveNumber } =
  await cityWithCases();

const staff = ["clerk1", "clerk2", "supervisor1", "supervisor2", "east1", "system"] as const;
const central = await Promise.all(Array.from({ length: 30 }, () => counter.family()));
const eastern = await Promise.all(
  Array.from({ length: 6 }, () => counter.family({ officeCode: "431028" })),
);
const persons = [...central, ...eastern];
const ways = [
  ...transitionsOf(applicationV1).map((way) => ({ ...way, kind: applicationV1.kind })),
  ...transitionsOf(changeV2).map((way) => ({ ...way, kind: changeV2.kind })),
];

/** What is tried once; the numbers choose among what is there. */
interface Try {
  what: "step" | "bare" | "deed" | "wild" | "open";
  pick: number;
  on: number;
}
interface Turn {
  who: (typeof staff)[number];
  /** Errors are passed over, and the rest is committed all the same. */
  stubborn: boolean;
  tries: Try[];
}

const turn: fc.Arbitrary<Turn> = fc.record({
  who: fc.constantFrom(...staff, "clerk1", "clerk2", "supervisor1"),
  stubborn: fc.boolean(),
  tries: fc.array(
    fc.record({
      what: fc.oneof(
        { weight: 8, arbitrary: fc.constant("step" as const) },
        { weight: 1, arbitrary: fc.constantFrom("bare" as const, "deed", "wild", "open") },
      ),
      pick: fc.nat(1_000),
      on: fc.nat(1_000),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

interface Standing extends SeenCase {
  kind: string;
  state: string;
  person: string;
  entitlement: string | null;
}

const chosen = <T>(list: readonly T[], n: number): T | undefined => list[n % (list.length || 1)];

/** The newest cases that are under way, and the newest of those with a certificate. */
async function casesNow(): Promise<Standing[]> {
  const rows = await admin<Standing[]>`
    select c.id as "caseId", c.revision, c.kind, c.state, c.person_number as person,
           coalesce((select x.entitlement_id from entitlements.change_entitlement x where x.case_id = c.id),
                    (select e.id from entitlements.entitlement e where e.case_id = c.id order by e.granted_on limit 1)) as entitlement
      from cases.case c join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
     where c.id in (select id from (select c.id, row_number() over (partition by s.open order by c.number desc) as n, s.open
                      from cases.case c join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
                     where s.open or c.state = 'issued') x where x.n <= case when x.open then 4 else 1 end)
     order by c.number desc`;
  return [...rows];
}

/** What belongs to a step of the act. */
async function deed(
  sql: TransactionSql,
  at: Standing,
  act: string | null,
  subject: string | null = null,
): Promise<void> {
  const { caseId, person, entitlement } = at;
  switch (act) {
    case "identify":
      await sql`insert into intake.identity_check (case_id, subject, method, documents, mandate_seen, checked_on)
        values (${caseId}, 'applicant', 'number-card', '{}', false, '2026-11-20')`;
      return;
    case "enter": {
      const sealedId = await seal(sql, { caseId, person, kind: "application" });
      await sql`insert into approvals.entry (case_id, person_number, revision, sealed_id) values (${caseId}, ${person}, 1, ${sealedId})`;
      return;
    }
    case "documents":
      await sql`select intake.record_documents(${caseId}, '{insurance-proof}', '{seen}', '{null}')`;
      return;
    case "propose":
      if (subject === "grant") await propose(sql, at, { person });
      return;
    case "approve":
      if (at.state === "approval" && at.kind === applicationV1.kind) {
        const [known] =
          await sql`select from entitlements.recipient where person_number = ${person} and valid_to is null`;
        if (!known) await giveNumber(sql, at);
        await grant(sql, at, { person });
        await sql`select entitlements.keep_records(${caseId})`;
      } else await sql`select entitlements.move(${entitlement}, ${caseId}, null, null)`;
      return;
    case "issue": {
      const document = await paper(sql, { caseId, kind: "certificate", person });
      await sql`select entitlements.issue_certificate(${entitlement}, ${caseId}, 'card', 'first', ${document},
        (select valid_to from entitlements.entitlement where id = ${entitlement}))`;
      return;
    }
    case "end-certificate":
      await sql`select entitlements.end_certificates(${caseId}, null, null, 'returned')`;
  }
}

async function attempt(sql: TransactionSql, { what, pick, on }: Try): Promise<void> {
  const cases = await casesNow();
  const at = chosen(cases, on);
  if (what === "open" || !at) {
    const person = chosen(persons, pick) ?? "";
    const office = eastern.includes(person) ? "431028" : "431010";
    const entitled = cases.find((one) => one.state === "issued" && one.entitlement);
    if (pick % 2 === 0 || !entitled) await openCaseBySql(sql, { person, office });
    else {
      const id = await openCaseBySql(sql, { person: entitled.person, kind: changeV2.kind });
      await sql`select entitlements.report_change(${id}, ${entitled.caseId}, 'loss', 'other', 'lost', true,
        '2026-12-01', ${pick % 3 === 0 ? "register" : "report"}, ${[entitled.entitlement]}::uuid[])`;
    }
    return;
  }
  if (what === "deed")
    return deed(sql, at, chosen(["approve", "issue", "enter", "identify"], pick) ?? null);
  if (what === "wild") {
    await wild(sql, at, pick);
    return;
  }
  const own = ways.filter(({ kind, from }) => kind === at.kind && from === at.state);
  // Most lead on; what ends a case is tried more seldom.
  const usual = own.filter(({ to, event }) => to !== "withdrawn" && !event.startsWith("proposeRe"));
  const way = chosen(pick % 7 === 0 ? own : usual, pick >> 3);
  if (!way) return;
  const said = way.comment === "required" ? await comment(sql, at) : null;
  await moveCase(sql, at, way.event, way.to, { comment: said, until: "2026-12-04" });
  if (what === "step") await deed(sql, at, way.act, way.subject);
}

/** Something that belongs to no step of the case, or to another's. */
async function wild(sql: TransactionSql, at: Standing, pick: number): Promise<unknown> {
  const [other] =
    await admin`select id, case_id, person_number from entitlements.entitlement order by hashtext(id::text || ${pick}) limit 1`;
  const [document] =
    await admin`select id from documents.document order by hashtext(id::text || ${pick}) limit 1`;
  const { caseId, person } = at;
  const id = other?.id ?? null;
  const tries = [
    () =>
      sql`select entitlements.grant_to(${caseId}, ${person}, 'second', '2020-01-01', '2099-03-31', 'x')`,
    () =>
      sql`select entitlements.grant_to(${caseId}, ${other?.person_number ?? null}, 'medical', '2020-01-01', '2026-03-31', 'x')`,
    () => sql`select entitlements.move(${id}, ${caseId}, '2020-01-01', '2099-03-31')`,
    () => sql`select entitlements.move(${id}, ${other?.case_id ?? null}, null, null)`,
    () =>
      sql`select entitlements.issue_certificate(${id}, ${caseId}, ${pick % 2 ? "card" : "remote"}, 'other', ${document?.id ?? null}, '2026-12-31')`,
    () =>
      sql`select entitlements.end_certificates(${other?.case_id ?? null}, null, null, 'cancelled')`,
    () => sql`select entitlements.keep_records(${caseId})`,
    () =>
      sql`select cases.set_members(${caseId}, ${persons.slice(0, 3)}::text[], ${["spouse", "beneficiary", "subject"]}::text[])`,
    () => sql`select cases.describe(${caseId}, '{"said":"again"}')`,
    () => sql`select cases.finish_effect(id) from cases.effect where case_id = ${caseId}`,
    () => moveCase(sql, at, "approve", "certified"),
    () => moveCase(sql, { ...at, revision: at.revision + 1 }, "confirm", at.state),
    async () => {
      const [row] =
        await sql`select id, params ->> 'kind' as kind from cases.effect where case_id = ${caseId} and done_at is null limit 1`;
      if (!row) return;
      await paper(sql, { caseId, kind: row.kind });
      await sql`select cases.finish_effect(${row.id})`;
    },
    () => seal(sql, { caseId, person, kind: "application" }),
  ];
  return chosen(tries, pick)?.();
}

const play = async ({ who, stubborn, tries }: Turn) => {
  await as(who, async (sql) => {
    for (const one of tries) {
      if (!stubborn) await attempt(sql, one);
      else await sql.savepoint((inner) => attempt(inner, one)).catch(() => {});
    }
  }).catch((error: unknown) => {
    // The database refuses in many ways; a mistake of this test is none of them.
    if (!(error instanceof Error && "severity" in error)) throw error;
  });
};

test("誰がどんな順に何を送っても、二人の決裁のない認定も、二枚の有効な証も、重なる期間も、履歴のない段階も生じない", {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(turn, { minLength: 60, maxLength: 60, size: "max" }),
      async (turns) => {
        for (const one of turns) await play(one);
        for (const [what, query] of Object.entries(forbidden))
          expect(await admin.unsafe(query), what).toEqual([]);
      },
    ),
    { numRuns: 60, seed: 20_261_120, endOnFailure: true },
  );
  // The tries came far enough to have something to break.
  const [reached] = await admin`
    select (select count(*)::int from entitlements.entitlement) as granted,
           (select count(*)::int from entitlements.entitlement where status in ('lost', 'revoked')) as ended,
           (select count(*)::int from entitlements.certificate) as issued,
           (select count(*)::int from cases.event where act = 'remand') as remanded`;
  for (const [what, count] of Object.entries(reached ?? {})) expect(count, what).toBeGreaterThan(0);
  expect(await personOf((await casesNow())[0]?.caseId ?? "")).toBeDefined();
});
