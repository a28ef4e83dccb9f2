import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { syncMachines } from "#src/platform/cases/index.ts";
import { moveCase, openCaseBySql, type SeenCase, seal } from "#test/support/case-sql.ts";
import { unguarded } from "#test/support/unguarded-machine.ts";
import { cityWithCases, notWhole } from "./case-support.ts";
import { denied } from "./support.ts";

// Of a 事務 whose machine asks nothing: what stands between the decision and the entitlement is the database alone.

const { admin, as, counter, entitlementOf, grant, propose } = await cityWithCases();

await syncMachines(admin, [unguarded("toy/change"), unguarded("toy/application")]);

interface Asked {
  caseId: string;
  person: string;
  /** The entitlement that a report is about. */
  entitlement?: string;
}

/** A period as it is proposed: of a second entitlement, or of the one that the report is about. */
interface Period {
  from?: string;
  to?: string;
  kind?: string;
  of?: "new" | "present";
}

/** Entered by clerk1, confirmed (or not) and proposed by clerk2, with its periods where it grants or corrects. */
async function proposedBy(
  { caseId, person, entitlement = "" }: Asked,
  subject: string,
  { confirmed = true, periods = [] }: { confirmed?: boolean; periods?: Period[] } = {},
): Promise<SeenCase> {
  await as("clerk1", async (sql) => {
    await moveCase(sql, { caseId, revision: 1 }, "enter", "received");
    const sealedId = await seal(sql, { caseId, person, kind: "application", program: "toy" });
    await sql`insert into approvals.entry (case_id, person_number, revision, sealed_id) values (${caseId}, ${person}, 2, ${sealedId})`;
  });
  return as("clerk2", async (sql) => {
    let revision = 2;
    if (confirmed) revision = await moveCase(sql, { caseId, revision }, "confirm", "received");
    revision = await moveCase(sql, { caseId, revision }, subject, "proposed");
    for (const one of periods)
      await propose(
        sql,
        { caseId, revision },
        { ...one, person, entitlement: one.of === "present" ? entitlement : null },
      );
    return { caseId, revision };
  });
}

/** What is granted beside what somebody has. */
const second: Period = { kind: "second", from: "2027-01-01" };
/** What is corrected. */
const corrected: Period = { of: "present", from: "2026-12-01", to: "2044-03-31" };
/** The periods that a proposal needs. */
const needed = (subject: string, movement: string | null): Period[] =>
  subject === "grant"
    ? [second]
    : subject === "change" && movement === "corrected"
      ? [corrected]
      : [];

/** Does it in the step that approves the proposal. */
const decide = <T>(at: SeenCase, run: (sql: TransactionSql) => Promise<T>) =>
  as("supervisor1", async (sql) => {
    await moveCase(sql, at, "approve", "done");
    return run(sql);
  });

/** Somebody with an entitlement of the 事務. */
async function entitled() {
  const person = await counter.family();
  const caseId = await as("clerk1", (sql) =>
    openCaseBySql(sql, { person, kind: "toy/application" }),
  );
  await decide(await proposedBy({ caseId, person }, "grant", { periods: [{}] }), async (sql) => {
    const [row] = await sql`select cases.next_number('toy.recipient', 0) as n`;
    const number = `${String(row?.n).padStart(6, "0")}0`;
    await sql`select entitlements.give_number(${caseId}, ${person}, ${number}, '2026-11-20')`;
    await grant(sql, { caseId, revision: 0 }, { person });
  });
  return { person, caseId, entitlement: await entitlementOf(caseId) };
}

type Entitled = Awaited<ReturnType<typeof entitled>>;

/** Opens a report of change from January 1. */
async function reported(of: Entitled, movement: string | null, about = "x") {
  const { person, caseId: granted, entitlement } = of;
  const caseId = await as("clerk1", async (sql) => {
    const id = await openCaseBySql(sql, { person, kind: "toy/change" });
    await sql`select entitlements.report_change(${id}, ${granted}, ${about}, null, ${movement}, true, '2027-01-01', 'report', ${[entitlement]}::uuid[])`;
    return id;
  });
  return { caseId, person, entitlement };
}

const move = (
  sql: TransactionSql,
  { entitlement }: Entitled,
  by: { caseId: string },
  period: { from?: string | null; to?: string | null } = {},
) =>
  sql`select entitlements.move(${entitlement}, ${by.caseId}, ${period.from ?? null}, ${period.to ?? null})`;

const keep = (sql: TransactionSql, { caseId }: { caseId: string }) =>
  sql`select entitlements.keep_records(${caseId})`;

const standing = async ({ entitlement }: Entitled) =>
  (
    await admin`select status, valid_from::text as "from", valid_to::text as "to" from entitlements.entitlement where id = ${entitlement}`
  )[0];

test("決裁の内容と届出の内容が合わなければ、資格は加わらず、動かず、データも変わらない", async () => {
  const of = await entitled();
  const deeds = {
    grants: (sql: TransactionSql, at: SeenCase) =>
      grant(sql, at, { person: of.person, kind: "second", from: "2027-01-01" }),
    moves: (sql: TransactionSql, at: SeenCase) =>
      move(sql, of, at, { from: "2026-12-01", to: "2044-03-31" }),
    keeps: keep,
  };
  /** What each decision on each report lets be done; all else is refused. */
  const allowed: Record<string, (keyof typeof deeds)[]> = {
    "grant granted": ["grants", "keeps"],
    "loss lost": ["moves"],
    "change null": ["keeps"],
    // It may not be committed: what the report says is missing.
    "change lost": ["keeps"],
    "change suspended": ["moves", "keeps"],
    "change corrected": ["moves", "keeps"],
  };
  for (const subject of ["grant", "rejection", "loss", "change"])
    for (const movement of ["granted", "lost", "suspended", "corrected", null]) {
      const periods = needed(subject, movement);
      const proposed = proposedBy(await reported(of, movement), subject, { periods });
      if (subject === "grant" && movement !== "granted") {
        await expect(proposed, String(movement)).rejects.toMatchObject(denied);
        continue;
      }
      const at = await proposed;
      for (const deed of Object.keys(deeds) as (keyof typeof deeds)[]) {
        const tried = decide(at, async (sql) => {
          await deeds[deed](sql, at);
          throw new Error("undone");
        });
        const what = `${subject} ${movement} ${deed}`;
        if (allowed[`${subject} ${movement}`]?.includes(deed))
          await expect(tried, what).rejects.toThrow("undone");
        else await expect(tried, what).rejects.toMatchObject({ code: /^42501|^MD018/ });
      }
    }
});

test("決裁したことがその処理の中で行われなければ、決裁も残らない", async () => {
  const of = await entitled();
  for (const [subject, movement] of [
    ["grant", "granted"],
    ["loss", "lost"],
    ["change", "suspended"],
    ["change", "corrected"],
    ["change", null],
    // What was reported is not what was decided on.
    ["change", "lost"],
    ["loss", "granted"],
  ] as const) {
    const periods = needed(subject, movement);
    const at = await proposedBy(await reported(of, movement), subject, { periods });
    await expect(
      decide(at, async () => {}),
      `${subject} ${movement}`,
    ).rejects.toMatchObject(notWhole);
  }
  const refused = await proposedBy(await reported(of, "lost"), "rejection");
  await decide(refused, async () => {});
  expect(await standing(of)).toMatchObject({ status: "granted" });
});

test("訂正には期間が要り、児童が加わる届では、ほかの人の期間は延びるだけ", async () => {
  const of = await entitled();
  const correction = await proposedBy(await reported(of, "corrected"), "change", {
    periods: [corrected],
  });
  for (const period of [
    { to: "2044-03-31" },
    { from: "2026-12-01" },
    {},
    // Nor another one than was proposed.
    { from: "2026-12-01", to: "2044-04-01" },
    { from: "2020-01-01", to: "2044-03-31" },
  ])
    await expect(
      decide(correction, (sql) => move(sql, of, correction, period)),
      JSON.stringify(period),
    ).rejects.toMatchObject(denied);
  const longer: Period = { of: "present", to: "2046-03-31" };
  const addition = await proposedBy(await reported(of, "granted"), "grant", {
    periods: [second, longer],
  });
  for (const period of [
    { from: "2026-11-20", to: "2045-03-31" },
    { from: "2026-11-20", to: "2044-03-31" },
    { from: "2026-11-19", to: "2046-03-31" },
    { from: "2026-11-20", to: "2047-03-31" },
    { from: "2026-11-20" },
    {},
  ])
    await expect(
      decide(addition, (sql) => move(sql, of, addition, period)),
      JSON.stringify(period),
    ).rejects.toMatchObject(denied);
  // What was proposed is carried out whole, or not decided at all.
  const { person } = of;
  const grantSecond = (sql: TransactionSql) =>
    grant(sql, addition, { person, kind: "second", from: "2027-01-01" });
  const prolong = (sql: TransactionSql) =>
    move(sql, of, addition, { from: "2026-11-20", to: "2046-03-31" });
  for (const half of [grantSecond, prolong])
    await expect(decide<unknown>(addition, half)).rejects.toMatchObject(notWhole);
  await decide(addition, async (sql) => {
    await grantSecond(sql);
    await prolong(sql);
  });
});

test("認定や訂正の起案は、期間を書かなければ残らない", async () => {
  const of = await entitled();
  for (const [movement, subject] of [
    ["granted", "grant"],
    ["corrected", "change"],
  ] as const)
    await expect(proposedBy(await reported(of, movement), subject)).rejects.toMatchObject(notWhole);
  // To prolong somebody's is not yet to grant to somebody.
  const longer: Period = { of: "present", to: "2046-03-31" };
  await expect(
    proposedBy(await reported(of, "granted"), "grant", { periods: [longer] }),
  ).rejects.toMatchObject(notWhole);
});

test("喪失は、訂正で短くなった期間を延ばさない", async () => {
  const of = await entitled();
  const correction = await proposedBy(await reported(of, "corrected"), "change", {
    periods: [{ of: "present", to: "2026-12-10" }],
  });
  await decide(correction, (sql) =>
    move(sql, of, correction, { from: "2026-11-20", to: "2026-12-10" }),
  );
  const loss = await proposedBy(await reported(of, "lost"), "loss");
  await decide(loss, (sql) => move(sql, of, loss));
  expect(await standing(of)).toEqual({ status: "lost", from: "2026-11-20", to: "2026-12-10" });
});

test("認定の決裁では、認定したばかりの資格も取り消せない", async () => {
  const of = await entitled();
  const person = await counter.family();
  const caseId = await as("clerk1", (sql) =>
    openCaseBySql(sql, { person, kind: "toy/application" }),
  );
  const at = await proposedBy({ caseId, person }, "grant", { periods: [{}] });
  await expect(decide(at, (sql) => move(sql, of, of))).rejects.toMatchObject(denied);
  const own = decide(at, async (sql) => {
    const [row] = await sql`select cases.next_number('toy.recipient', 0) as n`;
    const number = `${String(row?.n).padStart(6, "0")}0`;
    await sql`select entitlements.give_number(${caseId}, ${person}, ${number}, '2026-11-20')`;
    const entitlement = await grant(sql, at, { person });
    await move(sql, { person, caseId, entitlement }, at);
  });
  await expect(own).rejects.toMatchObject(denied);
});

test("取り消した資格についての届は受け付けられない", async () => {
  const of = await entitled();
  await admin`update entitlements.entitlement set status = 'revoked', lost_on = valid_from, loss_reason = 'revoked' where id = ${of.entitlement}`;
  for (const movement of ["lost", "resumed", "corrected", null])
    await expect(reported(of, movement), String(movement)).rejects.toMatchObject(denied);
});

test("確認されていない入力は、決裁があっても、データとして残らない", async () => {
  const of = await entitled();
  const at = await proposedBy(await reported(of, null), "change", { confirmed: false });
  await expect(decide(at, (sql) => keep(sql, at))).rejects.toMatchObject(denied);
});
