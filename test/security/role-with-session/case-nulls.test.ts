import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { moveCase, openCaseBySql } from "#test/support/case-sql.ts";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithCases } from "./case-support.ts";

// A condition that is null is neither true nor false: it must refuse all the same.

const { admin, as, counter, personOf, entitlementOf, comment, paper, approve, grant, giveNumber } =
  await cityWithCases();
const { family, step, toExamination, toApproval, toIssued } = counter;

interface Call {
  name: string;
  who: TestStaff;
  /** Comes to the step in which the call is right, and says with what. */
  prepare(sql: TransactionSql): Promise<(string | number | boolean | string[] | null)[]>;
  /** SQL types of the arguments. */
  types: string[];
  /** Arguments that may be left out. */
  optional?: number[];
}

const examined = await toExamination(await family());
const approval = await toApproval(await family());
const certified = await step("supervisor1", "approve", await toApproval(await family()));
const issued = await toIssued(await family());
const revocation = await step("clerk2", "proposeRevocation", await toIssued(await family()), {
  input: { reason: "fraud" },
});
const missing = await step("clerk1", "recordDocuments", await toExamination(await family()), {
  input: { "account-proof": "missing" },
});
const person = await personOf(approval.caseId);
const spouse = await family();
const own = await entitlementOf(issued.caseId);

const calls: Call[] = [
  {
    name: "cases.open",
    who: "clerk1",
    prepare: async () => ["child-medical/application", spouse, "431010", "2026-11-20", "k", "{}"],
    types: ["text", "text", "text", "date", "text", "jsonb"],
    optional: [5],
  },
  {
    name: "cases.move",
    who: "clerk2",
    prepare: async (sql) => [
      missing.caseId,
      missing.revision,
      "hold",
      "held",
      "k",
      await comment(sql, missing),
      "2026-12-04",
    ],
    types: ["uuid", "integer", "text", "text", "text", "uuid", "date"],
  },
  {
    name: "cases.correct",
    who: "clerk1",
    prepare: async (sql) => [
      missing.caseId,
      missing.revision,
      "correct-received",
      "2026-11-18",
      "k",
      await comment(sql, missing),
    ],
    types: ["uuid", "integer", "text", "date", "text", "uuid"],
  },
  {
    name: "cases.set_members",
    who: "clerk1",
    prepare: async (sql) => {
      await moveCase(sql, examined, "enter", "examination");
      return [examined.caseId, [spouse], ["spouse"]];
    },
    types: ["uuid", "text[]", "text[]"],
  },
  {
    name: "cases.describe",
    who: "clerk1",
    prepare: async (sql) => {
      await moveCase(sql, examined, "enter", "examination");
      return [examined.caseId, '{"x":1}'];
    },
    types: ["uuid", "jsonb"],
  },
  {
    name: "cases.next_number",
    who: "clerk1",
    prepare: async () => ["child-medical.document", 2026],
    types: ["text", "integer"],
  },
  {
    name: "cases.finish_effect",
    who: "clerk1",
    prepare: async (sql) => {
      await paper(sql, { caseId: certified.caseId, kind: "grant" });
      const [row] = await admin`select id from cases.effect where case_id = ${certified.caseId}`;
      return [row?.id];
    },
    types: ["bigint"],
  },
  {
    name: "intake.record_documents",
    who: "clerk1",
    prepare: async (sql) => {
      await moveCase(sql, examined, "recordDocuments", "examination");
      return [examined.caseId, ["x"], ["seen"], ["2026-11-01"]];
    },
    types: ["uuid", "text[]", "text[]", "date[]"],
  },
  {
    name: "entitlements.give_number",
    who: "supervisor1",
    prepare: async (sql) => {
      await approve(sql, approval);
      const [row] = await sql`select cases.next_number('child-medical.recipient', 0) as n`;
      return [approval.caseId, person, `${String(row?.n).padStart(6, "0")}0`, "2026-11-20"];
    },
    types: ["uuid", "text", "text", "date"],
  },
  {
    name: "entitlements.grant_to",
    who: "supervisor1",
    prepare: async (sql) => {
      await approve(sql, approval);
      await giveNumber(sql, approval);
      return [approval.caseId, person, "medical", "2026-11-20", "2045-03-31", "birth"];
    },
    types: ["uuid", "text", "text", "date", "date", "text"],
  },
  {
    name: "entitlements.keep_records",
    who: "supervisor1",
    prepare: async (sql) => {
      await approve(sql, approval);
      await giveNumber(sql, approval);
      await grant(sql, approval);
      return [approval.caseId];
    },
    types: ["uuid"],
  },
  {
    name: "entitlements.move",
    who: "supervisor1",
    prepare: async (sql) => {
      await moveCase(sql, revocation, "revoke", "revoked");
      return [await entitlementOf(revocation.caseId), revocation.caseId, null, null];
    },
    types: ["uuid", "uuid", "date", "date"],
    optional: [2, 3],
  },
  {
    name: "entitlements.issue_certificate",
    who: "clerk1",
    prepare: async (sql) => {
      await moveCase(sql, certified, "issue", "issued");
      const document = await paper(sql, { caseId: certified.caseId, kind: "certificate" });
      const of = await entitlementOf(certified.caseId);
      const [row] =
        await admin`select valid_to::text as until from entitlements.entitlement where id = ${of}`;
      return [of, certified.caseId, "card", "first", document, row?.until];
    },
    types: ["uuid", "uuid", "text", "text", "uuid", "date"],
  },
  {
    name: "entitlements.end_certificates",
    who: "clerk1",
    prepare: async (sql) => {
      await moveCase(sql, issued, "returnCertificate", "issued");
      return [issued.caseId, own, "card", "returned"];
    },
    types: ["uuid", "uuid", "text", "text"],
    // All certificates of the case are meant.
    optional: [1, 2],
  },
  {
    name: "entitlements.report_change",
    who: "clerk1",
    prepare: async (sql) => {
      const holder = await personOf(issued.caseId);
      const id = await openCaseBySql(sql, { person: holder, kind: "child-medical/change" });
      return [id, issued.caseId, "mailing", null, null, false, "2026-12-01", "report", [own]];
    },
    types: ["uuid", "uuid", "text", "text", "text", "boolean", "date", "text", "uuid[]"],
    optional: [3, 4],
  },
];

test.each(calls)("$name は、どの引数が空でも、空のまま通ることはない", async (call) => {
  const send = (leftOut: number | undefined) =>
    as(call.who, async (sql) => {
      const given = await call.prepare(sql);
      const values = given.map((value, n) => (n === leftOut ? null : value));
      const places = call.types.map((type, n) => `$${n + 1}::text::${type}`).join(", ");
      const texts = values.map((value) =>
        Array.isArray(value) ? `{${value.join(",")}}` : value === null ? null : String(value),
      );
      await sql.unsafe(`select ${call.name}(${places})`, texts);
      throw new Error("undone");
    });
  await expect(send(undefined), "全部そろえば通る").rejects.toThrow("undone");
  for (const n of call.types.keys()) {
    const what = `${call.name} $${n + 1}`;
    if (call.optional?.includes(n)) await expect(send(n), what).rejects.toThrow("undone");
    else await expect(send(n), what).rejects.toMatchObject({ code: /^(42501|23502|MD01[0-9])$/ });
  }
});

test("すべての関数が試される", async () => {
  const rows = await admin<{ name: string }[]>`
    select p.oid::regproc::text as name from pg_proc p
     where p.pronamespace::regnamespace::text = any('{cases,entitlements,intake}') and has_function_privilege('madoguchi_app', p.oid, 'execute')
     order by 1`;
  const tried = new Set(calls.map(({ name }) => name));
  expect(rows.flatMap(({ name }) => (tried.has(name) ? [] : [name]))).toEqual([
    // Nobody is somebody here: tried in lists.test.ts.
    "cases.assign",
    // Of one id each: without it no row is found, tried in case-papers.test.ts.
    "cases.drop_deadline",
    "cases.fail_effect",
    // These only answer.
    "cases.in_step",
    "cases.lapse_effect",
    "cases.lock",
    "cases.may",
    "cases.retry_effects",
    "cases.rights",
    "cases.sealed",
    "cases.take_effect",
    "cases.working_rights",
    // Of runs: tried in certificate-runs.test.ts.
    "entitlements.certified_on",
    // Of follow-ups, certificates that come back and the clock: tried in follow-ups.test.ts.
    "entitlements.ending_on",
    "entitlements.expire",
    // Of a change of insurance: tried in child-medical/insurer-back-in-time.test.ts.
    "entitlements.follow_insurer",
    "entitlements.in_the_way",
    "entitlements.issue_by_run",
    "entitlements.met",
    "entitlements.move_follow_up",
    "entitlements.move_return",
    "entitlements.preview_insurer",
    "entitlements.preview_of",
    "entitlements.records_for_runs",
    "entitlements.remind_by_run",
    "entitlements.still_out",
    "entitlements.withdraw_reminders",
    "entitlements.withdraw_run",
    // Of persons: tried in person-notes.test.ts.
    "intake.add_attachment_to_person",
    "intake.add_note_to_person",
    "intake.answer",
    "intake.attachments_of_person",
    "intake.close_inquiries",
    "intake.confirm_incomes",
    // Takes nothing.
    "intake.erase_drafts",
    // Of one case; tried in case-intake.test.ts.
    "intake.learn_insurers",
    "intake.may_add",
    "intake.notes_of_person",
    // Tried in income.test.ts.
    "intake.record_determined",
    "intake.remind",
    "intake.withdraw_attachment",
  ]);
});
