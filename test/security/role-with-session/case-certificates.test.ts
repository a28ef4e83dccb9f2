import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { moveCase } from "#test/support/case-sql.ts";
import { cityWithCases } from "./case-support.ts";
import { denied } from "./support.ts";

const { admin, as, counter, personOf, entitlementOf, paper } = await cityWithCases();
const { family, step, toApproval, toIssued } = counter;

test("証は、交付の手続きの中で、その人の、その手続きで作った、まだ使っていない証の紙でだけ交付される", async () => {
  const at = await step("supervisor1", "approve", await toApproval(await family()));
  const other = await step("supervisor1", "approve", await toApproval(await family()));
  const own = await entitlementOf(at.caseId);
  const foreign = await entitlementOf(other.caseId);
  const issue = (
    sql: TransactionSql,
    document: string | null,
    given: {
      entitlement?: string;
      caseId?: string | null;
      kind?: string | null;
      why?: string | null;
      until?: string;
    } = {},
  ) => {
    const { entitlement = own, caseId = at.caseId, kind = "card", why = "first", until } = given;
    return sql`select entitlements.issue_certificate(${entitlement}, ${caseId}, ${kind}, ${why}, ${document},
      coalesce(${until ?? null}::date, (select valid_to from entitlements.entitlement where id = ${entitlement})))`;
  };
  const issuing = (run: (sql: TransactionSql) => Promise<unknown>) =>
    as("clerk1", async (sql) => {
      await moveCase(sql, at, "issue", "issued");
      await run(sql);
    });
  const card = (sql: TransactionSql) => paper(sql, { caseId: at.caseId, kind: "certificate" });
  const older = await as("clerk2", async (sql) => {
    await moveCase(sql, other, "issue", "issued");
    const document = await paper(sql, { caseId: other.caseId, kind: "certificate" });
    await issue(sql, document, { entitlement: foreign, caseId: other.caseId });
    return document;
  });
  for (const [what, attack] of [
    ["ほかの資格", async (sql) => issue(sql, await card(sql), { entitlement: foreign })],
    ["ほかの申請", async (sql) => issue(sql, await card(sql), { caseId: other.caseId })],
    ["申請なし", async (sql) => issue(sql, await card(sql), { caseId: null })],
    ["前の紙", (sql) => issue(sql, older)],
    ["紙なし", (sql) => issue(sql, null)],
    ["資格より先の期限", async (sql) => issue(sql, await card(sql), { until: "2099-12-31" })],
    [
      "通知書の紙",
      async (sql) => issue(sql, await paper(sql, { caseId: at.caseId, kind: "grant" })),
    ],
  ] as [string, (sql: TransactionSql) => Promise<unknown>][])
    await expect(issuing(attack), what).rejects.toMatchObject(denied);
  for (const given of [{ kind: null }, { why: null }])
    await expect(
      issuing(async (sql) => issue(sql, await card(sql), given)),
      JSON.stringify(given),
    ).rejects.toMatchObject({ code: "23502" });
  await expect(
    issuing(async (sql) => issue(sql, await card(sql), { why: "stolen" })),
  ).rejects.toMatchObject({ code: "23514" });
  await expect(
    issuing(async (sql) => {
      const document = await card(sql);
      await issue(sql, document);
      await issue(sql, document, { kind: "remote" });
    }),
  ).rejects.toMatchObject({ code: "23505" });
  await expect(as("clerk1", (sql) => issue(sql, older))).rejects.toMatchObject(denied);
  let spare = "";
  await issuing(async (sql) => {
    await issue(sql, await card(sql));
    spare = await card(sql);
  });
  // A paper that was left over is not for a later step.
  await expect(
    as("clerk1", async (sql) => {
      await moveCase(sql, { ...at, revision: at.revision + 1 }, "reissue", "issued");
      await issue(sql, spare);
    }),
  ).rejects.toMatchObject(denied);

  // Nor with a letter that bears the number of a certificate, in no step that issues one.
  const granted = await step("supervisor1", "approve", await toApproval(await family()));
  const disguised = async (sql: TransactionSql) => {
    const [row] = await sql`select cases.next_number('child-medical.certificate', 2026) as n`;
    const number = `熊こ医証第R8-${String(row?.n).padStart(6, "0")}号`;
    const document = await paper(sql, { caseId: granted.caseId, kind: "grant", number });
    const entitlement = await entitlementOf(granted.caseId);
    await issue(sql, document, { entitlement, caseId: granted.caseId });
  };
  await expect(as("clerk1", disguised)).rejects.toMatchObject(denied);
});

test("世帯の中でも、それぞれの証は、その人の紙で、その人の申請から交付される。停止中は交付されない", async () => {
  const spouse = await family();
  const mine = await step("supervisor1", "approve", await toApproval(await family()));
  const theirs = await step("supervisor1", "approve", await toApproval(spouse));
  const me = await personOf(mine.caseId);
  await admin`insert into cases.member (case_id, person_number, role, from_revision)
    values (${mine.caseId}, ${spouse}, 'spouse', 1), (${theirs.caseId}, ${me}, 'spouse', 1)`;
  const entitlement = await entitlementOf(mine.caseId);
  const issueWith = (of: { caseId: string; person: string }) =>
    as("clerk1", async (sql) => {
      await moveCase(sql, mine, "issue", "issued");
      await moveCase(sql, theirs, "issue", "issued");
      const document = await paper(sql, { ...of, kind: "certificate" });
      await sql`select entitlements.issue_certificate(${entitlement}, ${mine.caseId}, 'card', 'first', ${document},
        (select valid_to from entitlements.entitlement where id = ${entitlement}))`;
      throw new Error("undone");
    });
  const own = { caseId: mine.caseId, person: me };
  await expect(issueWith(own)).rejects.toThrow("undone");
  for (const of of [
    { caseId: mine.caseId, person: spouse },
    { caseId: theirs.caseId, person: me },
  ])
    await expect(issueWith(of), JSON.stringify(of)).rejects.toMatchObject(denied);
  await admin`update entitlements.entitlement set status = 'suspended' where id = ${entitlement}`;
  await expect(issueWith(own)).rejects.toMatchObject(denied);
});

test("喪失した資格の証は、再交付の手続きにも進められない", async () => {
  const issued = await toIssued(await family());
  const entitlement = await entitlementOf(issued.caseId);
  await admin`update entitlements.entitlement set status = 'lost', lost_on = '2026-11-20', loss_reason = 'x' where id = ${entitlement}`;
  await expect(
    as("clerk1", (sql) => moveCase(sql, issued, "reissue", "issued")),
  ).rejects.toMatchObject({ code: "MD011" });
});

test("証の返還と無効は、その手続きの中で、その申請の有効な証についてだけ記録できる", async () => {
  const at = await toIssued(await family());
  const other = await toIssued(await family());
  const end = (
    sql: TransactionSql,
    given: {
      caseId?: string | null;
      entitlement?: string | null;
      kind?: string;
      how?: string | null;
    },
  ) => {
    const { caseId = at.caseId, entitlement = null, kind = null, how = "returned" } = given;
    return sql`select entitlements.end_certificates(${caseId}, ${entitlement}, ${kind}, ${how})`;
  };
  await expect(as("clerk1", (sql) => end(sql, {}))).rejects.toMatchObject(denied);
  for (const given of [
    { caseId: other.caseId },
    { caseId: null },
    { entitlement: await entitlementOf(other.caseId) },
    { kind: "remote" },
    { how: "replaced" },
    { how: "revoked" },
    { how: null },
  ])
    await expect(
      as("clerk1", async (sql) => {
        await moveCase(sql, at, "returnCertificate", "issued");
        await end(sql, given);
      }),
      JSON.stringify(given),
    ).rejects.toMatchObject(denied);
});
