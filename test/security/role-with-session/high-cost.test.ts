import { expect, test } from "vitest";
import { openSearch } from "#src/platform/high-cost/search.ts";
import { documentNumber } from "#src/platform/letters/index.ts";
import { putSealed } from "#src/platform/vault/sealed-records.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { setClaimAddresses } from "#test/support/claim-addresses.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { highCostOf, insurers } from "#test/support/high-cost.ts";
import { type Entitled, receiptsOf } from "#test/support/receipts.ts";
import { waysOf } from "#workflows/flows/ways.ts";
import { highCostClaimV1 } from "#workflows/high-cost/claim-machine.ts";
import { highCostEntryV1 } from "#workflows/high-cost/entry-machine.ts";
import { lapsesOn } from "#workflows/high-cost/lapse.ts";
import { highCostCategories } from "#workflows/medical/high-cost.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const cost = highCostOf(city);
city.platform.clock.moveTo("2026-11-20");
const run = (who: TestStaff | "system", statement: string) =>
  as(who, (sql) => sql.unsafe(statement), { "app.purpose": "payment" });
const people = (await receiptsOf(city).entitled(4)) as [Entitled, Entitled, Entitled, Entitled];
const [one, two, three, four] = people;
const benefit = await cost.paid(one, { cost: 1_000_000, category: "ウ" });
await cost.paid(two, { cost: 800_000, category: "ウ" });
await cost.applied();
const entryId = (await cost.entryOf(one.person)).id;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: { code?: string }) => error.code ?? "?",
  );

test("高額療養費の表は、だれの権限でも直接には書けず、中の関数は呼べない", async () => {
  const tables = [
    "insurance",
    "mandate",
    "search_run",
    "search_line",
    "search_bill",
    "by_hand",
    "entry",
    "entry_event",
    "claim",
    "claim_line",
    "claim_event",
    "claim_paper",
    "money",
  ];
  for (const who of ["clerk1", "supervisor1", "cashier1", "system"] as const)
    for (const table of tables) {
      await expect(
        run(who, `insert into high_cost.${table} default values`),
        table,
      ).rejects.toMatchObject(denied);
      await expect(run(who, `delete from high_cost.${table}`), table).rejects.toMatchObject(denied);
    }
  for (const [table, column] of [
    ["entry", "of_city"],
    ["claim", "approved_by"],
    ["claim_line", "granted"],
    ["mandate", "received_by"],
  ])
    await expect(
      run("supervisor1", `update high_cost.${table} set ${column} = 1`),
    ).rejects.toMatchObject(denied);
  for (const who of ["supervisor1", "operator1", "system"] as const)
    await expect(run(who, "select from high_cost.search_bill")).rejects.toMatchObject(denied);
  for (const call of [
    "high_cost.unreckoned('child-medical', '2026-09', 0, null)",
    "high_cost.gather_bills(null, 0)",
    "high_cost.take_over_left(null)",
    "high_cost.step(null, 'ready', 'claimable', null, null)",
    "high_cost.sort(null)",
    "high_cost.release(null, null)",
    "high_cost.take_over(null, null, '{}')",
    "high_cost.paid_bills('child-medical', '2026-09', null)",
    "high_cost.keep_event(null, 'x', 'x', null, null)",
    "vault.homes_of('{}')",
  ])
    for (const who of ["supervisor1", "operator1", "system"] as const)
      await expect(run(who, `select ${call}`), call).rejects.toMatchObject(denied);
});

test("市が払った額を超える額も、ほかの人や月のレセプトも、抽出の結果にはできない", async () => {
  const [made] = await run(
    "operator1",
    `select high_cost.begin_search('child-medical', '2026-08', null) as id`,
  );
  const id = String(made?.id);
  const august = await cost.paid(three, { month: "2026-08", cost: 500_000 });
  const line = (change: object = {}) =>
    JSON.stringify([
      {
        household: three.person,
        insurerNumber: insurers.national,
        insurerGroup: "national",
        personNumber: three.person,
        persons: [three.person],
        category: "オ",
        multiple: false,
        amount: 100_000,
        inKind: 0,
        ofCity: 100_000,
        ofPerson: 0,
        needsMandate: false,
        missing: [],
        steps: [],
        basis: [],
        benefitIds: [august],
        ...change,
      },
    ]);
  const keep = (who: TestStaff, json: string) =>
    codeOf(run(who, `select high_cost.keep_found('${id}', 'z', 1, '${json}'::jsonb)`));
  // What nobody looked at is not found.
  expect(await keep("operator1", line())).toBe("22023");
  await run("operator1", `select * from high_cost.next_bills('${id}', 24600, 10)`);
  for (const change of [
    { ofCity: 150_001, amount: 150_001 },
    { benefitIds: [] },
    { benefitIds: [august, august] },
    { benefitIds: [benefit] },
    { benefitIds: [august, benefit], persons: [three.person, one.person] },
    { persons: [one.person], personNumber: one.person },
    { insurerNumber: insurers.kyokai },
    { missing: ["nothing"] },
    { category: "キ" },
  ])
    expect(await keep("operator1", line(change)), JSON.stringify(change)).toBe("42501");
  expect(await keep("operator1", line({ ofPerson: 5 }))).toBe("23514");
  // Whoever did not begin it adds nothing, nor looks at the bills by it.
  expect(await keep("clerk1", line())).toBe("42501");
  await expect(
    run("clerk1", `select * from high_cost.next_bills('${id}', 0, 10)`),
  ).rejects.toMatchObject(denied);
  await expect(run("clerk1", `select high_cost.finish_search('${id}')`)).rejects.toMatchObject(
    denied,
  );
  // What one person alone made up is claimed by nobody: another has to approve, and this one may not.
  expect(await keep("operator1", line())).toBe("done");
  await run("operator1", `select high_cost.finish_search('${id}')`);
  // A receipt that is withdrawn between the preview and the taking over stops it.
  await cost.takeBack(august);
  expect(await codeOf(run("operator1", `select high_cost.apply_search('${id}', 2)`))).toBe("MD014");
  expect(await codeOf(run("cashier1", `select high_cost.apply_search('${id}', 2)`))).toBe("42501");
  await run("operator1", `select high_cost.cancel_search('${id}', 2)`);
});

test("どの状態からも、流れの表にない手続はできない", async () => {
  const ways = waysOf(highCostEntryV1);
  const own = [
    "accept",
    "again",
    "claimRest",
    "passOn",
    "tellPersonPaid",
    "proposeAnew",
    "undoAnswer",
    "askDrop",
    "drop",
    "keep",
  ];
  const before =
    await city.admin`select state, revision from high_cost.entry where id = ${entryId}`;
  for (const state of Object.keys(highCostEntryV1.machine.states)) {
    await city.admin`update high_cost.entry set state = ${state} where id = ${entryId}`;
    for (const event of Object.keys(highCostEntryV1.events)) {
      const way = ways.find((each) => each.from === state && each.event === event);
      const who = way?.rights.includes("high-cost.prepare") ? "clerk1" : "supervisor1";
      for (const target of way && own.includes(event)
        ? ["paid", "claimable", "gone"]
        : ["claimable"]) {
        if (way?.to === target && own.includes(event)) continue;
        const why = event === "askDrop" ? "'small'" : "null";
        const code = await codeOf(
          run(
            who,
            `select high_cost.move_entry('${entryId}', ${before[0]?.revision}, '${event}', '${target}', ${why})`,
          ),
        );
        expect(["MD011", "42501", "MD016"], `${state} ${event} ${target}`).toContain(code);
      }
    }
  }
  await city.admin`update high_cost.entry set state = ${before[0]?.state} where id = ${entryId}`;
  expect(
    waysOf(highCostClaimV1).filter(({ checks }) => checks.includes("notPreparer")),
  ).toHaveLength(1);
});

test("集めた人、抽出した人、区分を入れた人、委任状を受け取った人は承認できず、出納担当は回答を、窓口担当は入金を入力できない", async () => {
  await cost.insurance(one.person, { category: "ウ", who: "clerk2" });
  await cost.moveMandateTo(
    one.person,
    await cost.mandate(one.person, insurers.national),
    "received",
  );
  const claim = await cost.gathered();
  await cost.step("operator1", claim, "submit");
  const { revision } = (await cost.claim(claim)).claim;
  // Somebody who holds every right and took part cannot approve; what is not told by the duties is given here.
  await city.admin`insert into access.duty_right (duty, "right", stands_in, after_reset) select d, 'high-cost.approve', false, false from unnest(array['clerk', 'batch-operator']) d
    on conflict do nothing`;
  for (const who of ["operator1", "clerk1", "clerk2"] as const)
    expect(
      await codeOf(
        run(
          who,
          `select high_cost.move_claim('${claim}', ${revision}, 'approve', 'approved', null, null)`,
        ),
      ),
      who,
    ).toBe("MD011");
  // What is in it has changed since: a receipt withdrawn, a 委任状 revoked.
  await city.admin`update high_cost.mandate set state = 'revoked', ended_on = '2026-11-20', ended_by = received_by where person_number = ${one.person}`;
  expect(
    await codeOf(
      run(
        "supervisor1",
        `select high_cost.move_claim('${claim}', ${revision}, 'approve', 'approved', null, null)`,
      ),
    ),
  ).toBe("MD014");
  await city.admin`update high_cost.mandate set state = 'received', ended_on = null, ended_by = null where person_number = ${one.person}`;
  for (const event of ["send", "close", "answer", "receive", "takeOut"])
    expect(
      await codeOf(
        run(
          "supervisor1",
          `select high_cost.move_claim('${claim}', ${revision}, '${event}', 'sent', null, '2026-11-20')`,
        ),
      ),
      event,
    ).not.toBe("done");
  expect(await codeOf(run("operator1", `select high_cost.take_file('${claim}')`))).toBe("42501");
  await run(
    "supervisor1",
    `select high_cost.move_claim('${claim}', ${revision}, 'approve', 'approved', null, null)`,
  );
  await cost.step("operator1", claim, "send");
  const now = (await cost.claim(claim)).claim.revision;
  expect(
    await codeOf(
      run(
        "cashier1",
        `select high_cost.answer('${claim}', ${now}, '${entryId}', 'paid', 207060, null, '2026-11-20')`,
      ),
    ),
  ).toBe("42501");
  expect(
    await codeOf(
      run("clerk1", `select high_cost.receive('${claim}', ${now}, 207060, '2026-11-20', 'N')`),
    ),
  ).toBe("42501");
  // Paid in full is the sum that was asked, and nothing else.
  expect(
    await codeOf(
      run(
        "clerk1",
        `select high_cost.answer('${claim}', ${now}, '${entryId}', 'paid', 1, null, '2026-11-20')`,
      ),
    ),
  ).toBe("23514");
  // An office alone sees and moves nothing of it.
  expect(await run("east1", "select from high_cost.entry")).toHaveLength(0);
  expect(
    await codeOf(
      run(
        "east1",
        `select high_cost.move_claim('${claim}', ${now}, 'close', 'closed', null, null)`,
      ),
    ),
  ).not.toBe("done");
});

test("適用区分と時効は、計算の決まりと同じである", async () => {
  for (const category of Object.keys(highCostCategories)) {
    const [row] = await city.admin`select high_cost.is_category(${category}) as known`;
    expect(row?.known, category).toBe(true);
  }
  for (const month of ["2026-01", "2026-09", "2026-12", "2028-01"] as const) {
    const [row] = await city.admin`select high_cost.lapses_on(${month})::text as day`;
    expect(row?.day).toBe(lapsesOn(month));
  }
});

test("抽出の結果は、レセプトにある人と、その人の被保険者だけのもので、本人が払った額を超えない", async () => {
  const july = await cost.paid(three, { month: "2026-07", cost: 500_000, subsidy: 100_000 });
  const [made] = await run(
    "operator1",
    `select high_cost.begin_search('child-medical', '2026-07', null) as id`,
  );
  await run("operator1", `select * from high_cost.next_bills('${made?.id}', 22000, 10)`);
  const keep = (change: object) =>
    codeOf(
      run(
        "operator1",
        `select high_cost.keep_found('${made?.id}', 'z', 1, '${JSON.stringify([
          {
            household: three.person,
            insurerNumber: insurers.national,
            insurerGroup: "national",
            personNumber: three.person,
            persons: [three.person],
            category: "オ",
            multiple: false,
            amount: 110_000,
            inKind: 0,
            ofCity: 100_000,
            ofPerson: 10_000,
            needsMandate: false,
            missing: [],
            steps: [],
            basis: [],
            benefitIds: [july],
            ...change,
          },
        ])}'::jsonb)`,
      ),
    );
  // Money goes to the insured person, and is asked back of whom it was paid for: of nobody whom the receipts do not name.
  expect(await keep({ household: two.person })).toBe("42501");
  expect(await keep({ persons: [three.person, two.person] })).toBe("42501");
  // The city paid 100,000 of the 150,000 of the insured: no more than 50,000 are the person's.
  expect(await keep({ ofPerson: 50_001, amount: 150_001 })).toBe("42501");
  expect(await keep({ ofCity: 1, ofPerson: 109_999 })).toBe("42501");
  expect(await keep({})).toBe("done");
  await run("operator1", `select high_cost.finish_search('${made?.id}')`);
  await run("operator1", `select high_cost.apply_search('${made?.id}', 2)`);
  // Whoever found it, or said whose insurance it is, does not decide that the rest is paid.
  const { id } = await cost.entryOf(three.person, "2026-07");
  await cost.insurance(three.person, { category: "オ", who: "clerk2" });
  await city.admin`update high_cost.entry set state = 'paid', granted = 110000, answered_by = (select id from access.staff where login_name = 'clerk1') where id = ${id}`;
  await city.admin`insert into access.duty_right (duty, "right", stands_in, after_reset) select d, 'high-cost.approve', false, false from unnest(array['clerk', 'batch-operator']) d
    on conflict do nothing`;
  const { revision } = await cost.read(id);
  for (const who of ["operator1", "clerk2", "clerk1"] as const)
    expect(
      await codeOf(
        run(who, `select high_cost.move_entry('${id}', ${revision}, 'passOn', 'paid', null)`),
      ),
      who,
    ).toBe("MD011");
  expect(
    await codeOf(
      run(
        "supervisor1",
        `select high_cost.move_entry('${id}', ${revision}, 'passOn', 'paid', null)`,
      ),
    ),
  ).toBe("done");
  await city.admin`delete from access.duty_right where "right" = 'high-cost.approve' and duty in ('clerk', 'batch-operator')`;
});

test("高額療養費の返還は、返還を起案した記録にだけ、払われた額まで求められる", async () => {
  const { proposeRepayment } = await import("#src/platform/payments/index.ts");
  const { id, ofCity } = await cost.entryOf(two.person);
  await expect(
    cost.as("clerk1", (work) =>
      proposeRepayment(work, {
        program: "child-medical",
        sourceKind: "high-cost",
        sourceId: id,
        personNumber: two.person,
        cause: "high-cost",
        amount: ofCity,
        dueOn: "2027-01-31",
        comment: "保険者が本人に支給したため",
      }),
    ),
  ).rejects.toThrow();
});

test("保険者に請求したレセプトは、別の世帯と分かっても、もう一度は請求できない", async () => {
  const month = "2026-10";
  const receipt = await cost.paid(two, { month, cost: 900_000, category: "ウ" });
  await cost.applied(month);
  const first = await cost.entryOf(two.person, month);
  await cost.moveMandateTo(
    two.person,
    await cost.mandate(two.person, insurers.national),
    "received",
  );
  const claim = await cost.gathered(insurers.national, month);
  expect((await cost.read(first.id)).state).toBe("claimed");
  // Whose insurance it is becomes known afterwards: the same receipt, another household.
  await cost.insurance(two.person, { insuredPerson: one.person });
  // Nor are both kept by one search.
  const id = await cost.as("operator1", (work) => openSearch(work, cost.program, month));
  await run("operator1", `select * from high_cost.next_bills('${id}', 22000, 10)`);
  const line = {
    household: one.person,
    insurerNumber: insurers.national,
    insurerGroup: "national",
    personNumber: two.person,
    persons: [two.person],
    category: "ウ",
    multiple: false,
    amount: 1000,
    inKind: 0,
    ofCity: 1000,
    ofPerson: 0,
    needsMandate: false,
    missing: [],
    steps: [],
    basis: [],
    benefitIds: [receipt],
  };
  const lines = (...made: object[]) =>
    codeOf(
      run(
        "operator1",
        `select high_cost.keep_found('${id}', 'z', 1, '${JSON.stringify(made)}'::jsonb)`,
      ),
    );
  expect(await lines(line, { ...line, household: two.person })).toBe("42501");
  expect(await lines(line)).toBe("done");
  await run("operator1", `select high_cost.cancel_search('${id}', 1)`);
  await cost.applied(month);
  const found = (await cost.entries(month)).find(({ household }) => household === one.person);
  expect(found).toMatchObject({ state: "query", missing: ["elsewhere"] });
  await expect(cost.gathered(insurers.national, month)).rejects.toMatchObject({ status: 409 });
  // Once it is not claimed any more, it is found for the other household.
  await cost.step("operator1", claim, "cancel");
  await cost.applied(month);
  expect((await cost.read(found?.id ?? "")).missing).toEqual([]);
  expect((await cost.read(first.id)).state).toBe("gone");
});

test("保険者への請求書は、承認された件数と額、登録された振込先と宛先、与えられた番号のものだけが残る", async () => {
  await cost.paid(four, { cost: 900_000, category: "ウ", insurer: insurers.kyokai });
  await cost.applied();
  const mandate = await cost.mandate(four.person, insurers.kyokai);
  await cost.moveMandateTo(four.person, mandate, "received");
  const claim = await cost.gathered(insurers.kyokai);
  await cost.step("operator1", claim, "submit");
  await setClaimAddresses(city);
  const rows = await city.admin<{ id: number; key: string }[]>`
    select id, key from city.parameter where key like 'medical.high-cost-%' order by key`;
  const [account, addresses] = [rows[0]?.id ?? 0, rows[1]?.id ?? 0];
  const { approvedSum } = await cost
    .step("supervisor1", claim, "approve")
    .then(async () => (await cost.claim(claim)).claim);
  const issue = (
    change: Partial<Record<"number" | "template" | "digest", string>> & {
      who?: TestStaff;
      seen?: number;
      account?: number;
      addresses?: number;
      count?: number;
      sum?: number;
      sealedFor?: string;
      kind?: string;
    } = {},
  ) =>
    codeOf(
      cost.as(change.who ?? "operator1", async (work) => {
        const { program } = cost;
        const number = await documentNumber(work, childMedical.letters, "document");
        const sealed = await putSealed(work, {
          holder: change.sealedFor ?? four.person,
          program,
          kind: change.kind ?? "high-cost-paper",
          data: new Uint8Array([1]),
        });
        await work.sql`select high_cost.issue_paper(${claim}, ${change.seen ?? 3}, ${change.number ?? number},
          ${change.template ?? "high-cost/claim v1"}, null, ${change.account ?? account}, ${change.addresses ?? addresses},
          ${change.count ?? 1}, ${change.sum ?? approvedSum}, ${change.digest ?? "0".repeat(64)}, ${sealed})`;
      }),
    );
  expect(await issue({ seen: 1 })).toBe("MD014");
  for (const change of [
    { count: 2 },
    { sum: Number(approvedSum) + 1 },
    { account: addresses },
    { account: 999_999 },
    { addresses: account },
    { number: "試こ医第R8-999999号" },
    { number: "G000001" },
    { template: "payments/payment-slip v1" },
    { digest: "x" },
    { sealedFor: one.person },
    { kind: "repayment-paper" },
    { who: "cashier1" },
    { who: "supervisor1" },
  ] as const)
    expect(await issue(change), JSON.stringify(change)).toBe("42501");
  // Proposed, not approved: it holds nothing. An approved later row takes the place of the one before.
  await city.admin`
    insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, decision, decided_by, decided_at, tried_at, tried_cases)
    select key, value, '2026-11-01', source, certainty, proposed_by, now(), decision, decided_by, now(), now(), 0 from city.parameter where id = ${account}`;
  expect(await issue()).toBe("42501");
  const [newer] = await city.admin<{ id: number }[]>`
    select max(id) as id from city.parameter where key = 'medical.high-cost-account'`;
  expect(await issue({ account: newer?.id ?? 0 })).toBe("done");
  const [paper] = await city.admin<{ id: string; sealed_id: string }[]>`
    select id, sealed_id from high_cost.claim_paper where claim_id = ${claim}`;
  for (const who of ["supervisor1", "cashier1", "system"] as const) {
    await expect(
      run(who, `select * from high_cost.print_paper('${paper?.id}')`),
    ).rejects.toMatchObject(denied);
    await expect(
      run(who, `select * from vault.get_sealed(array['${paper?.sealed_id}']::uuid[])`),
    ).rejects.toMatchObject(denied);
  }
  await expect(
    run("supervisor1", `select high_cost.may_open_paper('${paper?.sealed_id}')`),
  ).rejects.toMatchObject(denied);
});
