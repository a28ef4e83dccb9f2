import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { setFeature } from "#src/programs/single-parent-medical/benefits.ts";
import { moveCase, openCaseBySql, type SeenCase, seal } from "#test/support/case-sql.ts";
import { numberCard } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";
import { denied, staffSql } from "./support.ts";

// What ひとり親 alone has: 給付区分, 児童重度障害医療 and 遠隔地証, and the newborns of the register.

const city = await openTestPlatform();
const { admin } = city;
const as = staffSql(city);
const counter = householdCounterOf(city);
const program = "single-parent-medical";
const notWhole = { code: "MD019" };

/** A household with certificates. */
async function entitled() {
  const family = await counter.household();
  const application = householdApplication(family);
  const at = await counter.toIssued(family.mother, application, [keyed(family.mother)]);
  const [child = ""] = family.children;
  const [row] = await admin`
    select id from entitlements.entitlement where case_id = ${at.caseId} and person_number = ${child}`;
  return { mother: family.mother, child, caseId: at.caseId, entitlement: String(row?.id) };
}
type Entitled = Awaited<ReturnType<typeof entitled>>;

const benefit = { applies: true, benefitClass: null, value: null, until: null } as const;
/** Of the benefits, one on which the city decides and one on which it does not. */
const reports = {
  "severe-disability": { ...benefit, reason: "handbook" },
  "remote-certificate": { ...benefit, reason: "school" },
} as const;

/** A report about the child, opened so that it needs a decision or not, identified by clerk1. */
async function reported(
  { mother, child, caseId, entitlement }: Entitled,
  { decided = false, subject = "remote-certificate" } = {},
): Promise<SeenCase> {
  const id = await as("clerk1", async (sql) => {
    const made = await openCaseBySql(sql, { person: mother, kind: `${program}/change` });
    await sql`select cases.set_members(${made}, ${[mother, child]}::text[], '{applicant,beneficiary}')`;
    await sql`select entitlements.report_change(${made}, ${caseId}, ${subject}, null, null, ${decided}, '2026-11-10', 'report', ${[entitlement]}::uuid[])`;
    return made;
  });
  return counter.step(
    "clerk1",
    "recordIdentity",
    { caseId: id, revision: 1 },
    { input: numberCard },
  );
}

/** Entered by clerk1 and confirmed by clerk2. */
async function confirmed(
  at: SeenCase,
  kind: keyof typeof reports = "remote-certificate",
): Promise<SeenCase> {
  const entered = await counter.step("clerk1", "enter", at, { input: { [kind]: reports[kind] } });
  const sent = await counter.step("clerk1", "submit", entered);
  return counter.step("clerk2", "confirm", sent);
}

const set = (sql: TransactionSql, caseId: string | null) =>
  sql`select single_parent.set_feature(${caseId})`;
const keep = (sql: TransactionSql, caseId: string) =>
  sql`select entitlements.keep_records(${caseId})`;
const features = (caseId: string) =>
  admin`select kind, applies, reason, occurs_on::text as "on" from single_parent.feature where case_id = ${caseId}`;
const say = (
  sql: TransactionSql,
  caseId: string,
  given: { kind?: string; until?: string; revision?: number } = {},
) => {
  const { kind = "remote-certificate", until = null, revision = 1 } = given;
  return sql`insert into single_parent.reported_feature (case_id, revision, kind, applies, until, reason)
    values (${caseId}, ${revision}, ${kind}, true, ${until}, 'handbook') returning revision`;
};

test("給付の内容の表は、直接には書き換えられず、見えるのは申請の見える職員だけである", async () => {
  const of = await entitled();
  const at = await confirmed(await reported(of));
  await counter.step("clerk2", "apply", at);
  expect(await features(at.caseId)).toEqual([
    { kind: "remote-certificate", applies: true, reason: "school", on: "2026-11-10" },
  ]);
  for (const statement of [
    `insert into single_parent.feature (case_id, entitlement_id, kind, applies, reason, occurs_on, reported_on)
       values ('${at.caseId}', '${of.entitlement}', 'severe-disability', false, 'ended', '2020-01-01', '2020-01-01')`,
    "update single_parent.feature set applies = false",
    "update single_parent.feature set occurs_on = '2020-01-01'",
    "delete from single_parent.feature",
    "update single_parent.reported_feature set applies = false",
    "delete from single_parent.reported_feature",
  ])
    for (const who of ["clerk2", "supervisor1", "system"] as const)
      await expect(
        as(who, (sql) => sql.unsafe(statement)),
        statement,
      ).rejects.toMatchObject(denied);
  for (const table of ["feature", "reported_feature"]) {
    const rows = (who: TestStaff) =>
      as(who, (sql) => sql.unsafe(`select from single_parent.${table}`));
    expect(await rows("clerk1")).toHaveLength(1);
    for (const who of ["east1", "nobody", "operator1"] as const)
      expect(await rows(who), `${who} ${table}`).toHaveLength(0);
  }
});

test("届出の内容は、入力の手続きの中で、その届出の種類についてだけ言え、言わなければ入力も残らない", async () => {
  const of = await entitled();
  const at = await reported(of);
  const other = await reported(await entitled());
  const loss = await reported(of, { subject: "insurance" });
  const enter = async (sql: TransactionSql, on: SeenCase) => {
    await moveCase(sql, on, "enter", "received");
    const { child: person } = of;
    const sealedId = await seal(sql, { caseId: on.caseId, person, kind: "application", program });
    await sql`insert into approvals.entry (case_id, person_number, revision, sealed_id) values (${on.caseId}, ${person}, 1, ${sealedId})`;
  };
  const entering = (attack: (sql: TransactionSql) => Promise<unknown>, on = at) =>
    as("clerk1", async (sql) => {
      await enter(sql, on);
      await attack(sql);
    });
  await expect(entering(async () => {})).rejects.toMatchObject(notWhole);
  const attacks: ((sql: TransactionSql) => Promise<unknown>)[] = [
    (sql) => say(sql, other.caseId),
    (sql) => say(sql, of.caseId),
    (sql) => say(sql, at.caseId, { kind: "severe-disability" }),
  ];
  for (const attack of attacks) await expect(entering(attack)).rejects.toMatchObject(denied);
  await expect(entering((sql) => say(sql, loss.caseId), loss)).rejects.toMatchObject(denied);
  await expect(as("clerk1", (sql) => say(sql, at.caseId))).rejects.toMatchObject(denied);
  await expect(
    entering(async (sql) => {
      await say(sql, at.caseId);
      await say(sql, at.caseId);
    }),
  ).rejects.toMatchObject({ code: "23505" });
  const remote = await reported(of);
  const until = (day: string) =>
    entering((sql) => say(sql, remote.caseId, { kind: "remote-certificate", until: day }), remote);
  await expect(until("2026-11-09")).rejects.toMatchObject(denied);
  await until("2026-11-10");
  // The revision is that of the step, whatever is said.
  await as("clerk1", async (sql) => {
    await enter(sql, at);
    const [row] = await say(sql, at.caseId, { revision: 99 });
    expect(row?.revision).toBe(at.revision + 1);
  });
});

test("台帳に反映されるのは、別の職員が確認した内容だけで、反映を抜かした手続きは残らない", async () => {
  const of = await entitled();
  const at = await confirmed(await reported(of));
  const applying = (attack: (sql: TransactionSql) => Promise<unknown>) =>
    as("clerk2", async (sql) => {
      await moveCase(sql, at, "apply", "issuing");
      await keep(sql, at.caseId);
      await attack(sql);
    });
  await expect(applying(async () => {})).rejects.toMatchObject(notWhole);
  const other = await confirmed(await reported(await entitled()));
  for (const caseId of [other.caseId, of.caseId, null])
    await expect(applying((sql) => set(sql, caseId))).rejects.toMatchObject(denied);
  await expect(as("clerk2", (sql) => set(sql, at.caseId))).rejects.toMatchObject(denied);
  await expect(
    applying(async (sql) => {
      await set(sql, at.caseId);
      await set(sql, at.caseId);
    }),
  ).rejects.toMatchObject(denied);
  // Somebody who applies what was not confirmed, or brings along something else, gets nowhere.
  await expect(
    counter.as("clerk2", (work) =>
      setFeature(work, { found: { id: at.caseId } as never }, "remote-certificate", {
        ...reports["remote-certificate"],
        applies: false,
      }),
    ),
  ).rejects.toMatchObject({ status: 409 });
  await applying((sql) => set(sql, at.caseId));
  expect(await features(at.caseId)).toHaveLength(1);
});

test("決裁の要る届出は、決裁した手続きの中でだけ、却下でないときにだけ反映される", async () => {
  const of = await entitled();
  const decision = { decided: true, subject: "severe-disability" } as const;
  const at = await confirmed(await reported(of, decision), decision.subject);
  await expect(as("clerk2", (sql) => moveCase(sql, at, "apply", "applied"))).rejects.toMatchObject({
    code: "MD011",
  });
  const ask = (event: string) =>
    counter.step(
      "clerk2",
      event,
      at,
      event === "requestRejection" ? { input: { reason: "documents" } } : {},
    );
  const asked = await ask("requestChange");
  const deciding = (who: TestStaff, attack: (sql: TransactionSql) => Promise<unknown>) =>
    as(who, async (sql) => {
      await moveCase(sql, asked, "approve", "applied");
      await keep(sql, at.caseId);
      await attack(sql);
    });
  await expect(as("supervisor1", (sql) => set(sql, at.caseId))).rejects.toMatchObject(denied);
  await expect(deciding("supervisor1", async () => {})).rejects.toMatchObject(notWhole);
  await expect(deciding("clerk2", (sql) => set(sql, at.caseId))).rejects.toMatchObject({
    code: /^42501|^MD011/,
  });
  await deciding("supervisor1", (sql) => set(sql, at.caseId));

  const refused = await confirmed(await reported(of, decision), decision.subject);
  const rejection = await counter.step("clerk2", "requestRejection", refused, {
    input: { reason: "documents" },
  });
  await expect(
    as("supervisor1", async (sql) => {
      await moveCase(sql, rejection, "approve", "rejected");
      await set(sql, rejection.caseId);
    }),
  ).rejects.toMatchObject(denied);
  expect(await features(rejection.caseId)).toEqual([]);
});

test("市が決裁すると定めた届出を、決裁の要らないものとして受け付けても、反映できない", async () => {
  const subject = "severe-disability";
  const at = await confirmed(await reported(await entitled(), { subject }), subject);
  await expect(counter.step("clerk2", "apply", at)).rejects.toMatchObject({
    reasons: ["この届出には決裁が必要です。"],
  });
});

test("生まれた子は、定時処理だけが、目的を言って、尋ねた方の世帯についてだけ見つけられ、記録が残る", async () => {
  const family = await counter.household();
  await counter.join(family.householdNumber, {
    birthDate: "2026-11-12",
    residence: { from: "2026-11-12", fromReason: "birth" },
  });
  const find =
    (numbers: string[] | null, since: string | null = "2026-11-01") =>
    (sql: TransactionSql) =>
      sql`select birth_date::text, of_person from vault.newborns_of(${numbers}::text[], ${since}::date)`;
  for (const who of ["clerk1", "supervisor1", "operator1", "auditor1", "admin1", "nobody"] as const)
    await expect(as(who, find([family.mother])), who).rejects.toMatchObject(denied);
  await expect(as("system", find([family.mother]), { "app.purpose": "" })).rejects.toMatchObject(
    denied,
  );
  expect(await as("system", find([family.mother]))).toEqual([
    { birth_date: "2026-11-12", of_person: family.mother },
  ]);
  const stranger = (await counter.household()).mother;
  for (const [numbers, since] of [
    [[family.mother], "2026-11-13"],
    [[stranger], "2026-11-01"],
    [null, "2026-11-01"],
    [[family.mother], null],
  ] as const)
    expect(await as("system", find(numbers && [...numbers], since))).toEqual([]);
  const [row] =
    await admin`select count(*)::int as n from audit.record where action = 'person.newborns'`;
  expect(row?.n).toBe(5);
});
