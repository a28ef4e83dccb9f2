import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { syncMachines } from "#src/platform/cases/index.ts";
import { moveCase, openCaseBySql, type SeenCase, seal } from "#test/support/case-sql.ts";
import { reportOfLoss } from "#test/support/child-medical-states.ts";
import { unguarded } from "#test/support/unguarded-machine.ts";
import { cityWithCases, notWhole } from "./case-support.ts";
import { denied } from "./support.ts";

const { admin, as, counter, personOf, entitlementOf, comment, paper, approve, grant, giveNumber } =
  await cityWithCases();
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
  const decided = (attack: (sql: TransactionSql) => Promise<unknown>) =>
    approving(at, async (sql) => {
      await giveNumber(sql, at);
      await grant(sql, at);
      await attack(sql);
    });
  await expect(decided((sql) => grant(sql, other))).rejects.toMatchObject(denied);
  await expect(decided((sql) => giveNumber(sql, other))).rejects.toMatchObject(denied);
  for (const person of [stranger, null, "9999999999"])
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
  ).rejects.toMatchObject({ code: /^23P01|^23505/ });
  await expect(
    approving(at, async (sql) => {
      await giveNumber(sql, at);
      await grant(sql, at, { from: "2050-03-31", to: "2046-03-31" });
    }),
  ).rejects.toMatchObject({ code: "22000" });

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
  at = await step("clerk1", "recordIdentity", at, {
    input: { subject: "applicant", method: "number-card", documents: [], mandateSeen: false },
  });
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
      await moveCase(sql, at, "approve", "applied");
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
      (
        sql,
      ) => sql`select entitlements.report_change(${opened.caseId}, ${issued.caseId}, 'loss', 'other', 'lost', true,
        '2026-12-01', 'report', ${[own]}::uuid[])`,
    ),
  ).rejects.toMatchObject(denied);
});

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
    } = {},
  ) => {
    const { entitlement = own, caseId = at.caseId, kind = "card", why = "first" } = given;
    return sql`select entitlements.issue_certificate(${entitlement}, ${caseId}, ${kind}, ${why}, ${document})`;
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
  await issuing(async (sql) => issue(sql, await card(sql)));

  // Of a lost entitlement none is issued any more.
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

test("決裁の内容と届出の内容が合わなければ、資格は加わらず、動かず、データも変わらない", async () => {
  await syncMachines(admin, [unguarded("toy/change"), unguarded("toy/application")]);
  const person = await family();
  // An application of the toy 事務 grants the person what the reports are about.
  const granted = await as("clerk1", (sql) =>
    openCaseBySql(sql, { person, kind: "toy/application" }),
  );
  const proposedBy = async (caseId: string, subject: string): Promise<SeenCase> => {
    await as("clerk1", async (sql) => {
      await moveCase(sql, { caseId, revision: 1 }, "enter", "received");
      const sealedId = await seal(sql, { caseId, person, kind: "application", program: "toy" });
      await sql`insert into approvals.entry (case_id, person_number, revision, sealed_id) values (${caseId}, ${person}, 2, ${sealedId})`;
    });
    await as("clerk2", async (sql) => {
      await moveCase(sql, { caseId, revision: 2 }, "confirm", "received");
      await moveCase(sql, { caseId, revision: 3 }, subject, "proposed");
    });
    return { caseId, revision: 4 };
  };
  const number = async (sql: TransactionSql, caseId: string) => {
    const [row] = await sql`select cases.next_number('toy.recipient', 0) as n`;
    const given = `${String(row?.n).padStart(6, "0")}0`;
    await sql`select entitlements.give_number(${caseId}, ${person}, ${given}, '2026-11-20')`;
  };
  const decide = (at: SeenCase, run: (sql: TransactionSql) => Promise<unknown>) =>
    as("supervisor1", async (sql) => {
      await moveCase(sql, at, "approve", "done");
      await run(sql);
    });
  await decide(await proposedBy(granted, "grant"), async (sql) => {
    await number(sql, granted);
    await grant(sql, { caseId: granted, revision: 0 }, { person });
  });
  const entitlement = await entitlementOf(granted);
  const reported = async (movement: string | null) =>
    as("clerk1", async (sql) => {
      const id = await openCaseBySql(sql, { person, kind: "toy/change" });
      await sql`select entitlements.report_change(${id}, ${granted}, 'x', null, ${movement}, true, '2027-01-01', 'report', ${[entitlement]}::uuid[])`;
      return id;
    });
  const deeds = {
    grants: (at: SeenCase) => (sql: TransactionSql) =>
      grant(sql, at, { person, kind: "second", from: "2027-01-01" }),
    moves: (at: SeenCase) => (sql: TransactionSql) =>
      sql`select entitlements.move(${entitlement}, ${at.caseId}, '2026-12-01', '2044-03-31')`,
    keeps: (at: SeenCase) => (sql: TransactionSql) =>
      sql`select entitlements.keep_records(${at.caseId})`,
  };
  /** What each decision on each report lets be done; all else is refused. */
  const allowed: Record<string, (keyof typeof deeds)[]> = {
    "grant granted": ["grants", "keeps"],
    "loss lost": ["moves"],
    "change null": ["keeps"],
    // None of it may be committed: what the report says is missing.
    "change lost": ["keeps"],
    "change suspended": ["moves", "keeps"],
    "change corrected": ["moves", "keeps"],
  };
  for (const subject of ["grant", "rejection", "loss", "change"])
    for (const movement of ["granted", "lost", "suspended", "corrected", null]) {
      const at = await proposedBy(await reported(movement), subject);
      for (const deed of Object.keys(deeds) as (keyof typeof deeds)[]) {
        const tried = decide(at, async (sql) => {
          await deeds[deed](at)(sql);
          throw new Error("undone");
        });
        const may = allowed[`${subject} ${movement}`]?.includes(deed);
        const what = `${subject} ${movement} ${deed}`;
        if (may) await expect(tried, what).rejects.toThrow("undone");
        else await expect(tried, what).rejects.toMatchObject({ code: /^42501|^MD018/ });
      }
    }
  // A correction without its period changes nothing.
  const correction = await proposedBy(await reported("corrected"), "change");
  for (const [from, to] of [
    [null, "2044-03-31"],
    ["2026-12-01", null],
    [null, null],
  ])
    await expect(
      decide(
        correction,
        (sql) =>
          sql`select entitlements.move(${entitlement}, ${correction.caseId}, ${from ?? null}, ${to ?? null})`,
      ),
    ).rejects.toMatchObject({ code: "23502" });
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
