import { getTableColumns, getTableName, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as approvals from "#db/schema/approvals.ts";
import * as cases from "#db/schema/cases.ts";
import * as documents from "#db/schema/documents.ts";
import * as entitlements from "#db/schema/entitlements.ts";
import * as intake from "#db/schema/intake.ts";
import * as intractableDisease from "#db/schema/intractable-disease.ts";
import * as singleParent from "#db/schema/single-parent-medical.ts";
import { openTestPlatform } from "#test/support/database.ts";

const { admin } = await openTestPlatform();
const schemas = [
  "cases",
  "approvals",
  "intake",
  "entitlements",
  "documents",
  "intractable_disease",
  "single_parent",
];

test("プログラムのロールが行を加えられる表は決まっていて、変えられる表も、消せる表もない", async () => {
  const rows = await admin<{ table: string; right: string }[]>`
    select c.oid::regclass::text as table, r."right" from pg_class c,
           unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) r("right")
     where c.relkind = 'r' and c.relnamespace::regnamespace::text = any(${schemas})
       and (has_table_privilege('madoguchi_app', c.oid, r."right")
            or r."right" in ('insert', 'update', 'references') and has_any_column_privilege('madoguchi_app', c.oid, r."right"))
     order by 1, 2`;
  expect(rows.map((row) => `${row.right} ${row.table}`)).toEqual([
    "insert approvals.entry",
    "insert documents.document",
    "insert documents.print",
    "insert entitlements.proposed_period",
    "insert intake.attachment",
    "insert intake.identity_check",
    "insert intake.income",
    "insert intake.inquiry",
    "insert intake.note",
    "insert intractable_disease.applied",
    "insert intractable_disease.clinical_record",
    "insert intractable_disease.proposed_terms",
    "insert single_parent.reported_feature",
  ]);
});

test("申請に付く表は、その申請が見える人にだけ、どれも同じ方針で見える", async () => {
  const rows = await admin<{ table: string; forced: boolean; policies: string[] }[]>`
    select c.oid::regclass::text as table, c.relrowsecurity and c.relforcerowsecurity as forced,
           array(select p.polname || ' ' || p.polcmd::text || ' ' || regexp_replace(pg_get_expr(p.polqual, p.polrelid), '\\s+', ' ', 'g')
                   from pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*') and 'madoguchi_app'::regrole = any(p.polroles)) as policies
      from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'case_id' and c.relkind = 'r' and c.relnamespace::regnamespace::text = any(${schemas}) order by 1`;
  /** Seen otherwise, each for its reason. */
  const others: Record<string, string> = {
    "documents.document": "seen r", // papers of a mailing run belong to no case
    "entitlements.certificate": "with_its_entitlement r", // so do certificates
    "single_parent.feature": "with_its_entitlement r", // an office that takes a household over sees them
    "intractable_disease.terms": "with_its_entitlement r", // whichever case set them
    "entitlements.follow_up": "seen r", // has 事務 and office of its own, for its list
    "entitlements.suspension": "with_its_entitlement r",
    "entitlements.record":
      'with_its_case r (EXISTS ( SELECT FROM cases."case" c WHERE (c.id = record.granting_case_id)))',
  };
  for (const { table, forced, policies } of rows) {
    expect(forced, table).toBe(true);
    expect(policies, table).toHaveLength(1);
    const name = table.split(".")[1];
    expect(policies[0], table).toContain(
      others[table] ??
        `with_its_case r (EXISTS ( SELECT FROM cases."case" c WHERE (c.id = ${name}.case_id)))`,
    );
  }
  expect(rows.length).toBeGreaterThan(14);
});

test("行を見せる方針は、行ごとに権限の関数を呼ばない", async () => {
  const rows = await admin<{ policy: string; shown: string }[]>`
    select polrelid::regclass || ' ' || polname as policy, pg_get_expr(polqual, polrelid) as shown from pg_policy
     where polcmd in ('r', '*') and polrelid::regclass::text ~ ${`^(${schemas.join("|")})\\.`}
       and 'madoguchi_app'::regrole = any(polroles)`;
  for (const { policy, shown } of rows) {
    // A function may stand as a row source or alone in a sub-select, both once a statement.
    const bare = shown.replace(
      /FROM access\.scopes\('[\w.]+'::text\)|SELECT access\.\w+\([^)]*\)/g,
      "",
    );
    expect(bare, policy).not.toMatch(/\b(access|cases|vault|entitlements|intake)\.\w+\(/);
  }
});

test("プログラムのロールが呼べる関数は決まっている", async () => {
  const rows = await admin<{ name: string }[]>`
    select p.oid::regproc::text as name from pg_proc p
     where p.pronamespace::regnamespace::text = any(${schemas}) and has_function_privilege('madoguchi_app', p.oid, 'execute')
     order by 1`;
  expect(rows.map(({ name }) => name)).toEqual([
    "approvals.begin_bulk",
    "approvals.check_bulk",
    "approvals.confirm_bulk",
    "approvals.settle_bulk",
    "cases.assign",
    "cases.correct",
    "cases.describe",
    "cases.drop_deadline",
    "cases.fail_effect",
    "cases.finish_effect",
    "cases.in_step",
    "cases.lapse_effect",
    "cases.lock",
    "cases.may",
    "cases.move",
    "cases.next_number",
    "cases.open",
    "cases.retry_effects",
    "cases.rights",
    "cases.sealed",
    "cases.set_members",
    "cases.take_effect",
    "cases.working_rights",
    "documents.copy_right",
    "documents.decide_copy",
    "documents.enter_erased_copy",
    "documents.may_decide_copy",
    "documents.request_copy",
    "documents.take_copy",
    "entitlements.certified_on",
    "entitlements.end_certificates",
    "entitlements.ending_on",
    "entitlements.expire",
    "entitlements.follow_insurer",
    "entitlements.give_number",
    "entitlements.grant_to",
    "entitlements.in_the_way",
    "entitlements.issue_by_run",
    "entitlements.issue_certificate",
    "entitlements.keep_records",
    "entitlements.met",
    "entitlements.move",
    "entitlements.move_follow_up",
    "entitlements.move_return",
    "entitlements.preview_insurer",
    "entitlements.preview_of",
    "entitlements.records_for_runs",
    "entitlements.remind_by_run",
    "entitlements.report_change",
    "entitlements.still_out",
    "entitlements.withdraw_reminders",
    "entitlements.withdraw_run",
    "intake.add_attachment_to_person",
    "intake.add_note_to_person",
    "intake.answer",
    "intake.attachments_of_person",
    "intake.close_inquiries",
    "intake.confirm_incomes",
    "intake.erase_drafts",
    "intake.learn_insurers",
    "intake.may_add",
    "intake.notes_of_person",
    "intake.record_determined",
    "intake.record_documents",
    "intake.remind",
    "intake.withdraw_attachment",
    "intractable_disease.held_of",
    "intractable_disease.keep_doctors",
    "intractable_disease.record_arrival",
    "intractable_disease.set_terms",
    "single_parent.deliver_by_run",
    "single_parent.expire",
    "single_parent.give_at_counter",
    "single_parent.hand_over_reports",
    "single_parent.note_reminded",
    "single_parent.set_feature",
    "single_parent.undelivered",
    "single_parent.withdraw_deliveries",
  ]);
  const closed = await admin<{ name: string }[]>`
    select p.oid::regproc::text as name from pg_proc p
     where p.oid in ('vault.sealed_of'::regproc, 'vault.office_of'::regproc, 'vault.born_not_before'::regproc, 'vault.birth_as_told'::regproc, 'vault.withholds_address_of'::regproc,
                     'vault.copy_feed_record'::regproc)
       and has_function_privilege('madoguchi_app', p.oid, 'execute')`;
  expect(closed).toEqual([]);
});

test("どの関数も、探す場所を決めてから動き、誰もに開かれてはいない", async () => {
  const rows = await admin<{ name: string }[]>`
    select p.oid::regprocedure::text as name from pg_proc p
     where p.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'public', 'pgboss')
       and (not coalesce(p.proconfig, '{}') && array['search_path=""', 'search_path=']
            or p.prorettype <> 'trigger'::regtype
               and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0))`;
  expect(rows.map(({ name }) => name)).toEqual([]);
});

test("値の決まった列には、データベースでも決まった値しか入らない", async () => {
  const tables = [
    cases,
    approvals,
    documents,
    entitlements,
    intake,
    intractableDisease,
    singleParent,
  ]
    .flatMap((schema) => Object.values(schema))
    .filter((one): one is PgTable => is(one, PgTable));
  const listed = tables.flatMap((table) => {
    const { schema = "" } = getTableConfig(table);
    return Object.values(getTableColumns(table)).flatMap(({ name, enumValues }) =>
      enumValues ? [{ table: `${schema}.${getTableName(table)}`, name, values: enumValues }] : [],
    );
  });
  expect(listed.length).toBeGreaterThan(10);
  for (const { table, name, values } of listed) {
    const checks = await admin<{ text: string }[]>`
      select pg_get_constraintdef(oid) as text from pg_constraint where contype = 'c' and conrelid = ${table}::regclass`;
    const list = values.map((value) => `'${value}'::text`).join(", ");
    expect(
      checks.map(({ text }) => text),
      `${table}.${name}`,
    ).toContain(`CHECK ((${name} = ANY (ARRAY[${list}])))`);
  }
});
