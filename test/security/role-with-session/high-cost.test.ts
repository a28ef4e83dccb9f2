import { expect, test } from "vitest";
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
const people = (await receiptsOf(city).entitled(3)) as [Entitled, Entitled, Entitled];
const [one, two, three] = people;
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
    "entry",
    "entry_event",
    "claim",
    "claim_line",
    "claim_event",
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
  for (const call of [
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
  const keep = (change: object, portion: string) =>
    codeOf(
      run(
        "operator1",
        `select high_cost.keep_found('${made?.id}', '${portion}', 1, '${JSON.stringify([
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
  expect(await keep({ household: two.person }, "a")).toBe("42501");
  expect(await keep({ persons: [three.person, two.person] }, "a")).toBe("42501");
  // The city paid 100,000 of the 150,000 of the insured: no more than 50,000 are the person's.
  expect(await keep({ ofPerson: 50_001, amount: 150_001 }, "a")).toBe("42501");
  expect(await keep({ ofCity: 1, ofPerson: 109_999 }, "a")).toBe("42501");
  expect(await keep({}, "b")).toBe("done");
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
