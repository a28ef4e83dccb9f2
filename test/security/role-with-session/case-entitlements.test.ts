import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { openChange } from "#src/platform/applications/index.ts";
import { childMedicalChanges } from "#src/programs/child-medical/index.ts";
import { moveCase, openCaseBySql, type SeenCase, seal } from "#test/support/case-sql.ts";
import { reportOfLoss } from "#test/support/child-medical-states.ts";
import { numberCard } from "#test/support/counter.ts";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithCases, notWhole } from "./case-support.ts";
import { denied } from "./support.ts";

const {
  admin,
  as,
  counter,
  personOf,
  entitlementOf,
  comment,
  approve,
  propose,
  grant,
  giveNumber,
} = await cityWithCases();
const { family, step, toExamination, toApproval, toIssued } = counter;

/** Does it in the step that approves a grant of this case. */
const approving = <T>(at: SeenCase, run: (sql: TransactionSql) => Promise<T>) =>
  as("supervisor1", async (sql) => {
    await approve(sql, at);
    return run(sql);
  });

const entitledAs = async (caseId: string) =>
  (
    await admin`select status, valid_from::text as "from", valid_to::text as "to" from entitlements.entitlement where case_id = ${caseId}`
  ).map((row) => ({ ...row }));

test("資格・番号・異動・証の表は、直接には書き換えられない", async () => {
  const { caseId } = await toIssued(await family());
  const before = await entitledAs(caseId);
  for (const statement of [
    "update entitlements.entitlement set status = 'granted', lost_on = null, loss_reason = null",
    "update entitlements.entitlement set valid_to = '2099-03-31'",
    "insert into entitlements.entitlement select * from entitlements.entitlement",
    "insert into entitlements.recipient values ('child-medical', '9999990', 'x', '2020-01-01')",
    "update entitlements.recipient set person_number = 'x'",
    "delete from entitlements.movement",
    "insert into entitlements.record (granting_case_id, person_number, case_id, sealed_id, effective_from) select case_id, person_number, case_id, id, '2020-01-01' from entitlements.entitlement",
    "update entitlements.certificate set ended_on = null, ending = null",
    "insert into entitlements.certificate select * from entitlements.certificate",
    "update entitlements.change set movement = null",
    "insert into entitlements.change_entitlement select case_id, id from entitlements.entitlement",
  ])
    await expect(
      as("supervisor2", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
  expect(await entitledAs(caseId)).toEqual(before);
});

test("認定できるのは、認定の起案を別の職員が決裁した、その手続きの中だけ", async () => {
  const at = await toApproval(await family());
  const examined = await step("clerk2", "confirm", await toExamination(await family()));
  const refused = await step("clerk2", "proposeRejection", examined, { input: { reason: "age" } });
  const rejection = await step("clerk2", "requestDecision", refused);
  const certified = await step("supervisor1", "approve", await toApproval(await family()));
  const issued = await toIssued(await family());
  const revocation = await step("clerk2", "proposeRevocation", issued, {
    input: { reason: "fraud" },
  });
  const numbered = async (sql: TransactionSql, on: SeenCase) => {
    await giveNumber(sql, on);
    await grant(sql, on);
  };
  const tries: [string, "clerk2" | "supervisor1", SeenCase, string?, string?][] = [
    ["手続きなし", "supervisor1", at],
    ["却下の決裁", "supervisor1", rejection, "approve", "rejected"],
    ["取消の決裁", "supervisor1", revocation, "revoke", "revoked"],
    ["後日の起案", "clerk2", certified, "proposeRevocation", "revocation"],
    ["差戻し", "supervisor1", at, "remand", "examination"],
  ];
  for (const [what, who, on, event, target] of tries) {
    const attacks: ((sql: TransactionSql) => Promise<unknown>)[] = [
      (sql) => giveNumber(sql, on),
      (sql) => grant(sql, on),
      (sql) => numbered(sql, on),
    ];
    for (const attack of attacks)
      await expect(
        as(who, async (sql) => {
          if (event && target)
            await moveCase(sql, on, event, target, { comment: await comment(sql, on) });
          await attack(sql);
        }),
        what,
      ).rejects.toMatchObject(denied);
  }
});

test("一つの決裁で認定できるのは、その申請の人に、重ならない一度だけ", async () => {
  const at = await toApproval(await family());
  const other = await toApproval(await family());
  const stranger = await family();
  // Not even of somebody who has a number already.
  const numbered = await personOf((await toIssued(await family())).caseId);
  const decided = (attack: (sql: TransactionSql) => Promise<unknown>) =>
    approving(at, async (sql) => {
      await giveNumber(sql, at);
      await grant(sql, at);
      await attack(sql);
    });
  await expect(decided((sql) => grant(sql, other))).rejects.toMatchObject(denied);
  await expect(decided((sql) => giveNumber(sql, other))).rejects.toMatchObject(denied);
  for (const person of [stranger, numbered, null, "9999999999"])
    await expect(
      decided((sql) => grant(sql, at, { person })),
      String(person),
    ).rejects.toMatchObject(denied);
  await expect(decided((sql) => giveNumber(sql, at, { person: stranger }))).rejects.toMatchObject(
    denied,
  );
  await expect(decided((sql) => grant(sql, at))).rejects.toMatchObject({ code: /^23P01|^23505/ });
  await expect(
    decided((sql) => grant(sql, at, { from: "2045-03-31", to: "2046-03-31" })),
  ).rejects.toMatchObject(denied);

  // And for nothing but what the preparer proposed.
  for (const given of [
    { to: "2099-03-31" },
    { to: "2045-03-30" },
    { from: "2020-01-01" },
    { from: "2026-11-21" },
    { from: "2050-03-31", to: "2046-03-31" },
    { kind: "dental" },
    { reason: "renewal" },
  ])
    await expect(
      approving(at, async (sql) => {
        await giveNumber(sql, at);
        await grant(sql, at, given);
      }),
      JSON.stringify(given),
    ).rejects.toMatchObject(denied);
  await expect(
    approving(at, (sql) => giveNumber(sql, at, { from: "2020-01-01" })),
  ).rejects.toMatchObject(denied);

  await decided(async () => {});
  const certified = { ...at, revision: at.revision + 1 };
  for (const attack of [
    (sql: TransactionSql) => grant(sql, at, { from: "2046-01-01", to: "2046-03-31" }),
    (sql: TransactionSql) => giveNumber(sql, at),
    async (sql: TransactionSql) => {
      await moveCase(sql, certified, "issue", "issued");
      await grant(sql, at, { kind: "dental" });
    },
  ])
    await expect(as<unknown>("supervisor1", attack)).rejects.toMatchObject(denied);
});

test("受給者番号は、番号簿が出した番号だけで、ほかの人の番号は使えない", async () => {
  const at = await toApproval(await family());
  const { caseId } = await toIssued(await family());
  const [known] = await admin`
    select recipient_number as number from entitlements.entitlement where case_id = ${caseId}`;
  const give = (number: string | null) =>
    approving(at, async (sql) => {
      if (number === null)
        await sql`select entitlements.give_number(${caseId}, ${null}, ${null}, ${null})`;
      else await giveNumber(sql, at, { number });
    });
  for (const number of ["9999990", "0", "", "abcdefg", "12345678901", null])
    await expect(give(number), String(number)).rejects.toMatchObject(denied);
  await expect(give(known?.number)).rejects.toMatchObject({ code: "23505" });
});

test("喪失した資格は戻せず、取り消した資格も、ほかの申請の決裁でも戻せない", async () => {
  const { caseId, revision } = await toIssued(await family());
  const entitlement = await entitlementOf(caseId);
  const move = (sql: TransactionSql, by: string | null, id: string | null = entitlement) =>
    sql`select entitlements.move(${id}, ${by}, '2020-01-01', '2099-03-31')`;
  await expect(as("supervisor1", (sql) => move(sql, caseId))).rejects.toMatchObject(denied);

  const other = await toApproval(await family());
  for (const by of [other.caseId, caseId, null])
    await expect(
      approving(other, (sql) => move(sql, by)),
      String(by),
    ).rejects.toMatchObject(denied);
  const foreign = await step("clerk2", "proposeRevocation", await toIssued(await family()), {
    input: { reason: "fraud" },
  });
  const revoking = (at: SeenCase, attack: (sql: TransactionSql) => Promise<unknown>) =>
    as("supervisor1", async (sql) => {
      await moveCase(sql, at, "revoke", "revoked");
      await attack(sql);
    });
  await expect(revoking(foreign, (sql) => move(sql, foreign.caseId))).rejects.toMatchObject(denied);
  await expect(revoking(foreign, (sql) => move(sql, foreign.caseId, null))).rejects.toMatchObject(
    denied,
  );

  const at = await step(
    "clerk2",
    "proposeRevocation",
    { caseId, revision },
    { input: { reason: "fraud" } },
  );
  await expect(
    revoking(at, async (sql) => {
      await move(sql, caseId);
      await move(sql, caseId);
    }),
  ).rejects.toMatchObject({ code: "MD018" });
  await revoking(at, (sql) => move(sql, caseId));
  // The period stays as it was granted, whatever period was named.
  expect(await entitledAs(caseId)).toEqual([
    { status: "revoked", from: "2026-11-20", to: "2045-03-31" },
  ]);
  const [card] =
    await admin`select ending from entitlements.certificate where entitlement_id = ${entitlement}`;
  expect(card?.ending).toBe("revoked");
});

test("喪失届の決裁は、届出のとおりの資格を、届出のとおりの日に、届出の決裁の中で喪失させるだけ", async () => {
  const report = await reportOfLoss(counter);
  const other = await entitlementOf((await toIssued(await family())).caseId);
  let at: SeenCase = report;
  at = await step("clerk1", "recordIdentity", at, { input: numberCard });
  at = await step("clerk1", "enter", at, { input: {} });
  at = await step("clerk1", "submit", at);
  at = await step("clerk2", "confirm", at);
  const [concerned] = await admin`
    select entitlement_id as id from entitlements.change_entitlement where case_id = ${at.caseId}`;
  const lose = (sql: TransactionSql, id: string) =>
    sql`select entitlements.move(${id}, ${at.caseId}, '2020-01-01', '2099-03-31')`;
  const keep = (sql: TransactionSql) => sql`select entitlements.keep_records(${at.caseId})`;
  // Not by the confirmation, nor by the proposal.
  await expect(
    as("clerk2", async (sql) => {
      await moveCase(sql, at, "requestDecision", "approval");
      await lose(sql, concerned?.id);
    }),
  ).rejects.toMatchObject(denied);
  at = await step("clerk2", "requestDecision", at);
  const deciding = (run: (sql: TransactionSql) => Promise<unknown>) =>
    as("supervisor1", async (sql) => {
      await moveCase(sql, at, "approve", "lost");
      await run(sql);
    });
  await expect(deciding((sql) => lose(sql, other))).rejects.toMatchObject(denied);
  await expect(deciding(keep)).rejects.toMatchObject(denied);
  await expect(
    deciding(async (sql) => {
      await giveNumber(sql, at);
    }),
  ).rejects.toMatchObject(denied);
  await expect(deciding(async () => {})).rejects.toMatchObject(notWhole);
  await deciding((sql) => lose(sql, concerned?.id));
  const [row] = await admin`
    select status, lost_on::text, valid_to::text from entitlements.entitlement where id = ${concerned?.id}`;
  expect(row).toEqual({ status: "lost", lost_on: "2026-12-01", valid_to: "2026-11-30" });
});

test("届出は、その人の、今ある資格についてだけ、開くときに一度だけ言える", async () => {
  const issued = await toIssued(await family());
  const person = await personOf(issued.caseId);
  const own = await entitlementOf(issued.caseId);
  const other = await toIssued(await family());
  const foreign = await entitlementOf(other.caseId);
  interface Reported {
    granting?: string | null;
    concerned?: (string | null)[] | null;
    origin?: string | null;
    person?: string;
    kind?: string;
    movement?: string | null;
    occurs?: string | null;
    twice?: true;
  }
  const report = (given: Reported) =>
    as("clerk1", async (sql) => {
      const kind = given.kind ?? "child-medical/change";
      const id = await openCaseBySql(sql, { person: given.person ?? person, kind });
      const granting = given.granting === undefined ? issued.caseId : given.granting;
      const concerned = given.concerned === undefined ? [own] : given.concerned;
      const origin = given.origin === undefined ? "report" : given.origin;
      const { movement = "lost", occurs = "2026-12-01" } = given;
      const say =
        () => sql`select entitlements.report_change(${id}, ${granting}, 'loss', 'other', ${movement}, true,
        ${occurs}, ${origin}, ${concerned}::uuid[])`;
      await say();
      if (given.twice) await say();
      throw new Error("undone");
    });
  await expect(report({})).rejects.toThrow("undone");
  const refused: [string, Reported][] = [
    ["申請として", { kind: "child-medical/application" }],
    ["ほかの人の届", { person: await personOf(other.caseId) }],
    ["ほかの申請の資格", { concerned: [foreign] }],
    ["ほかの申請の資格も", { concerned: [own, foreign] }],
    ["ほかの申請について", { granting: other.caseId }],
    ["資格なし", { concerned: [] }],
    ["資格が空", { concerned: null }],
    ["空を含む", { concerned: [own, null] }],
    ["二度", { concerned: [own, own] }],
    ["申請なし", { granting: null }],
    ["職権を名乗る", { origin: "register" }],
    ["出どころなし", { origin: null }],
  ];
  for (const [what, given] of refused)
    await expect(report(given), what).rejects.toMatchObject(denied);
  await expect(report({ movement: "doubled" })).rejects.toMatchObject({ code: "23514" });
  await expect(report({ occurs: null })).rejects.toMatchObject({ code: "23502" });
  await expect(report({ twice: true })).rejects.toMatchObject({ code: "23505" });
  const opened = await reportOfLoss(counter);
  await expect(
    as(
      "clerk1",
      (sql) => sql`
        select entitlements.report_change(case_id, granting_case_id, 'loss', 'other', 'lost', true, '2027-12-01', 'report',
                 array(select entitlement_id from entitlements.change_entitlement x where x.case_id = h.case_id))
          from entitlements.change h where case_id = ${opened.caseId}`,
    ),
  ).rejects.toMatchObject(denied);
});

test("データの記録は、確認された入力からだけ、その申請のものとして残る", async () => {
  const at = await toApproval(await family());
  const person = await personOf(at.caseId);
  const before = await approving(at, async (sql) => {
    await giveNumber(sql, at);
    await grant(sql, at);
    await sql`select entitlements.keep_records(${at.caseId})`;
    return sql`select granting_case_id, case_id, person_number, effective_from::text from entitlements.record where case_id = ${at.caseId}`;
  });
  expect(before.map((row) => ({ ...row }))).toEqual([
    {
      granting_case_id: at.caseId,
      case_id: at.caseId,
      person_number: person,
      effective_from: "2026-11-20",
    },
  ]);
  const keep = (sql: TransactionSql, caseId: string | null) =>
    sql`select entitlements.keep_records(${caseId})`;
  for (const caseId of [at.caseId, null])
    await expect(as("supervisor1", (sql) => keep(sql, caseId))).rejects.toMatchObject(denied);
  const other = await toApproval(await family());
  await expect(approving(other, (sql) => keep(sql, at.caseId))).rejects.toMatchObject(denied);
  // Sealing something new of the case changes nothing of what was confirmed.
  await as("clerk1", (sql) => seal(sql, { caseId: at.caseId, person, kind: "application" }));
  const rows =
    await admin`select count(*)::int as n from entitlements.record where case_id = ${at.caseId}`;
  expect(rows[0]?.n).toBe(1);
});

test("変更届は、変更されるデータを残さずに反映済みにはできない", async () => {
  const { caseId: grantingCaseId } = await toIssued(await family());
  const { found } = await counter.as("clerk1", (work) =>
    openChange(work, childMedicalChanges, {
      grantingCaseId,
      subject: "mailing",
      occursOn: "2026-12-01",
      origin: "report",
      idempotencyKey: `mailing ${grantingCaseId}`,
    }),
  );
  let at: SeenCase = { caseId: found.id, revision: 1 };
  at = await step("clerk1", "recordIdentity", at, { input: numberCard });
  at = await step("clerk1", "enter", at, { input: { mailing: null } });
  at = await step("clerk1", "submit", at);
  at = await step("clerk2", "confirm", at);
  await expect(as("clerk2", (sql) => moveCase(sql, at, "apply", "applied"))).rejects.toMatchObject(
    notWhole,
  );
  await as("clerk2", async (sql) => {
    await moveCase(sql, at, "apply", "applied");
    await sql`select entitlements.keep_records(${at.caseId})`;
  });
  const rows = await admin`
    select granting_case_id, effective_from::text from entitlements.record where case_id = ${at.caseId}`;
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { granting_case_id: grantingCaseId, effective_from: "2026-12-01" },
  ]);
});

test("起案の期間は、起案した職員が、その手続きの中で、その申請の人についてだけ書ける", async () => {
  const examined = await step("clerk2", "confirm", await toExamination(await family()));
  const other = await step("clerk2", "confirm", await toExamination(await family()));
  const proposing = (attack: (sql: TransactionSql) => Promise<unknown>) =>
    as("clerk2", async (sql) => {
      await moveCase(sql, examined, "propose", "proposed");
      await attack(sql);
      throw new Error("undone");
    });
  await expect(proposing((sql) => propose(sql, examined))).rejects.toThrow("undone");
  const own = await entitlementOf((await toIssued(await family())).caseId);
  const stranger = await family();
  const attacks: ((sql: TransactionSql) => Promise<unknown>)[] = [
    (sql) => propose(sql, other),
    (sql) => propose(sql, examined, { person: stranger }),
    // Of somebody else, or none that a report is about.
    (sql) => propose(sql, examined, { entitlement: own }),
  ];
  for (const attack of attacks) await expect(proposing(attack)).rejects.toMatchObject(denied);
  for (const given of [{ from: "2046-01-01" }, { to: "2026-11-19" }])
    await expect(proposing((sql) => propose(sql, examined, given))).rejects.toMatchObject({
      code: "23514",
    });
  await expect(
    proposing(async (sql) => {
      await propose(sql, examined);
      await propose(sql, examined, { from: "2020-01-01" });
    }),
  ).rejects.toMatchObject({ code: "23505" });

  const proposed = await step("clerk2", "propose", examined);
  for (const who of ["clerk1", "clerk2", "supervisor1"] as const)
    await expect(as(who, (sql) => propose(sql, proposed))).rejects.toMatchObject(denied);
  const asked = await step("clerk2", "requestDecision", proposed);
  await expect(
    approving(asked, async (sql) => {
      await propose(sql, asked, { kind: "dental" });
    }),
  ).rejects.toMatchObject(denied);
  for (const statement of [
    "update entitlements.proposed_period set valid_to = '2099-03-31'",
    "delete from entitlements.proposed_period",
    "update approvals.approval set states_periods = false",
  ])
    await expect(as("supervisor1", (sql) => sql.unsafe(statement))).rejects.toMatchObject(denied);
  const seen = await as("east1", (sql) => sql`select from entitlements.proposed_period`);
  expect(seen).toHaveLength(0);
});

test("受給者番号は、その方の手続きが見える職員にだけ見え、ほかの区の受給者は分からない", async () => {
  const { caseId } = await toIssued(await family());
  const person = await personOf(caseId);
  const numbersFor = (who: TestStaff) =>
    as(
      who,
      (sql) =>
        sql`select person_number from entitlements.recipient where person_number = ${person}`,
    );
  expect(await numbersFor("clerk1")).toHaveLength(1);
  expect(await numbersFor("east1")).toHaveLength(0);
});
