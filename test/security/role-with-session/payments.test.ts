import { expect, test } from "vitest";
import type { TestStaff } from "#test/support/database.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdsOf } from "#test/support/households.ts";
import { paymentsOf } from "#test/support/payments.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const payments = paymentsOf(city, "child-medical");
const { household } = householdsOf(city);
await payments.setUp();
const run = (who: TestStaff | "system", statement: string, settings: Record<string, string> = {}) =>
  as(who, (sql) => sql.unsafe(statement), { "app.purpose": "payment", ...settings });

/** A run of two people's payments, as far as it is asked to. */
async function aRun(amount = 1000) {
  const [one, other] = [(await household()).mother, (await household()).mother];
  const accounts = [await payments.account(one), await payments.account(other)];
  const owed = [await payments.owed(one, amount), await payments.owed(other, 2 * amount)];
  const id = await payments.gather();
  return { id, people: [one, other], accounts, owed };
}

test("支払の表は、だれの権限でも直接には書けない", async () => {
  const tables = [
    "payments.setting",
    "payments.account",
    "payments.payable",
    "payments.payable_event",
    "payments.run",
    "payments.run_event",
    "payments.run_line",
    "payments.run_file",
    "payments.hand_over",
    "payments.answer",
    "payments.answer_fault",
    "payments.cash_payment",
    "repayments.repayment",
    "repayments.repayment_event",
    "repayments.instalment",
    "repayments.receipt",
    "repayments.notice",
  ];
  const columns: Record<string, string> = {
    "payments.payable": "amount",
    "payments.run_line": "amount",
    "payments.run": "approved_by",
    "payments.account": "decided_by",
  };
  for (const who of ["operator1", "supervisor1", "cashier1", "system"] as const)
    for (const table of tables) {
      await expect(run(who, `insert into ${table} default values`), table).rejects.toMatchObject(
        denied,
      );
      await expect(run(who, `delete from ${table}`), table).rejects.toMatchObject(denied);
      if (columns[table])
        await expect(
          run(who, `update ${table} set ${columns[table]} = 1`),
          table,
        ).rejects.toMatchObject(denied);
    }
});

test("中の関数は呼べない", async () => {
  for (const call of [
    `payments.enter_payable('child-medical', 'x', gen_random_uuid(), null, '1000000011', 5, 'transfer')`,
    `payments.drop_payable('child-medical', 'x', gen_random_uuid())`,
    `payments.keep_event(gen_random_uuid(), 1, 'pay', 'owed', 'paid', null, null, null)`,
    `payments.settle_lines(null, 1, '{}', '{}', '{}')`,
    `payments.release_lines(null, null)`,
    `payments.step_run(null, 'approve', 'approved', null)`,
    `repayments.settle(gen_random_uuid())`,
    `repayments.is_dunned(null)`,
    `repayments.unpaid(null)`,
    `repayments.step(null, 'approve', 'open', null, null)`,
    `vault.deceased('{}')`,
    `vault.drop_transfer_file(gen_random_uuid())`,
  ])
    for (const who of ["supervisor1", "operator1", "system"] as const)
      await expect(run(who, `select ${call}`), call).rejects.toMatchObject(denied);
});

test("準備した人は承認できず、承認の後は額も口座も変えられず、支払を加えられない", async () => {
  const { id, owed, people } = await aRun();
  const move = (who: TestStaff, seen: number, event: string, target: string) =>
    run(who, `select payments.move_run('${id}', ${seen}, '${event}', '${target}', null)`);
  await expect(move("operator1", 1, "approve", "approved")).rejects.toMatchObject({
    code: "MD011",
  });
  await expect(move("operator1", 1, "write", "written")).rejects.toMatchObject({ code: "MD019" });
  await move("operator1", 1, "submit", "awaiting-approval");
  await expect(move("operator1", 2, "approve", "approved")).rejects.toMatchObject(denied);
  await expect(move("supervisor1", 1, "approve", "approved")).rejects.toMatchObject({
    code: "MD014",
  });
  await expect(move("cashier1", 2, "approve", "approved")).rejects.toMatchObject(denied);
  await expect(move("supervisor1", 2, "approve", "closed")).rejects.toMatchObject({
    code: "MD011",
  });
  await move("supervisor1", 2, "approve", "approved");
  // A line may not leave any more, and nothing joins.
  await expect(
    run("operator1", `select payments.hold_line('${id}', 3, '${owed[0]}')`),
  ).rejects.toMatchObject({ code: "MD011" });
  await payments.owed(people[0] ?? "", 77);
  const [before] =
    await city.admin`select approved_count, approved_sum from payments.run where id = ${id}`;
  expect(before).toMatchObject({ approved_count: 2, approved_sum: "3000" });
  // Another file than was approved is none.
  const forged = `select payments.write_file('${id}', 3, gen_random_uuid(), '${"a".repeat(64)}', 600, 2, 3000)`;
  await expect(run("operator1", forged)).rejects.toMatchObject(denied);
  // Nothing is paid without an answer, and no answer is taken before the file is handed over.
  const answers = (who: TestStaff, seen: number) =>
    run(
      who,
      `select payments.read_answers('${id}', ${seen}, '${"b".repeat(64)}', true, '{}', '{}', '{}', '{}', '{}', '{}', '{}')`,
      { "app.business_date": "2026-11-20" },
    );
  await expect(answers("operator1", 3)).rejects.toMatchObject({ code: "MD011" });
  await expect(answers("supervisor1", 3)).rejects.toMatchObject(denied);
  await expect(run("operator1", `select payments.take_file('${id}')`)).rejects.toMatchObject(
    denied,
  );
  await expect(run("cashier1", `select payments.take_file('${id}')`)).rejects.toMatchObject({
    code: "MD011",
  });
  await expect(
    run("cashier1", `select payments.hand_over('${id}', 3, '見本銀行', '太郎', 'medium')`),
  ).rejects.toMatchObject({ code: "23503" });
  await payments.step("operator1", id, "cancel", "試験のため");
});

test("口座は、入力した人にも、他の区や他の事務の人にも確認できない", async () => {
  const { mother } = await household();
  const { enterAccount } = await import("#src/platform/payments/index.ts");
  const { someAccount } = await import("#test/support/payments.ts");
  const id = await payments.as("clerk1", (work) =>
    enterAccount(work, {
      program: "child-medical",
      personNumber: mother,
      source: "counter",
      account: someAccount,
    }),
  );
  const confirm = (who: TestStaff, proof = "'passbook'") =>
    run(who, `select payments.move_account('${id}', 'confirm', 'confirmed', ${proof}, null)`);
  await expect(confirm("clerk1")).rejects.toMatchObject({ code: "MD011" });
  await expect(confirm("clerk2", "null")).rejects.toMatchObject({ code: "MD019" });
  await expect(confirm("operator1")).rejects.toMatchObject(denied);
  const [office] = await city.admin<
    { office: string }[]
  >`select office_code as office from payments.account where id = ${id}`;
  if (office?.office !== "431028") await expect(confirm("east1")).rejects.toMatchObject(denied);
  // Somebody else's sealed record is no account of this person.
  const [row] =
    await city.admin`select sealed_id, fingerprint from payments.account where id = ${id}`;
  const other = (await household()).mother;
  await expect(
    run(
      "clerk1",
      `select payments.enter_account('child-medical', '${other}', 'counter', false, '2026-11-20', null, '${row?.sealed_id}', '\\x${Buffer.from(row?.fingerprint).toString("hex")}')`,
    ),
  ).rejects.toMatchObject(denied);
  await confirm("clerk2");
});

test("決裁の外では何も支払うことにならず、決裁の外では取り消せない", async () => {
  const { mother } = await household();
  for (const who of ["supervisor1", "operator1", "system"] as const)
    await expect(
      run(
        who,
        `select payments.owe('child-medical', 'refund', gen_random_uuid(), null, '${mother}', 100, 'transfer')`,
      ),
    ).rejects.toMatchObject(denied);
  const id = await payments.owed(mother, 100);
  const [row] =
    await city.admin`select source_kind, source_id from payments.payable where id = ${id}`;
  await expect(
    run(
      "supervisor1",
      `select payments.withdraw_owed('child-medical', '${row?.source_kind}', '${row?.source_id}')`,
    ),
  ).rejects.toMatchObject(denied);
});

test("窓口払いは、同じ人が確かめて渡すことはできず、返還は起案した人に決裁できない", async () => {
  const { mother } = await household();
  const id = await payments.owed(mother, 300, { kind: "cash" });
  const cash = (who: TestStaff, seen: number, event: string, target: string) =>
    run(
      who,
      `select payments.move_cash('${id}', ${seen}, '${event}', '${target}', 'number-card', false, 'R-1')`,
    );
  await expect(cash("clerk1", 1, "prepare-cash", "cash-prepared")).rejects.toMatchObject(denied);
  await expect(cash("cashier1", 1, "pay-cash", "paid")).rejects.toMatchObject({ code: "MD011" });
  await cash("cashier1", 1, "prepare-cash", "cash-prepared");
  await expect(cash("cashier1", 2, "pay-cash", "paid")).rejects.toMatchObject({ code: "MD011" });
  await cash("cashier2", 2, "pay-cash", "paid");

  const { proposeRepayment } = await import("#src/platform/payments/index.ts");
  const back = await payments.as("clerk1", (work) =>
    proposeRepayment(work, {
      program: "child-medical",
      sourceKind: "payable",
      sourceId: id,
      personNumber: mother,
      cause: "overpaid",
      amount: 100,
      dueOn: "2026-12-25",
      comment: "二重に支給したため",
    }),
  );
  const move = (who: TestStaff, seen: number, event: string, target: string) =>
    run(who, `select repayments.move('${back}', ${seen}, '${event}', '${target}', null, null)`);
  await expect(move("clerk1", 1, "approve", "open")).rejects.toMatchObject(denied);
  await expect(move("supervisor1", 1, "cancel", "cancelled")).rejects.toMatchObject({
    code: "MD011",
  });
  await move("supervisor1", 1, "approve", "open");
  const receive = (who: TestStaff, seen: number, yen: number) =>
    run(who, `select repayments.receive('${back}', ${seen}, 'slip', ${yen}, '2026-11-20', 'N-1')`);
  await expect(receive("clerk1", 2, 50)).rejects.toMatchObject(denied);
  await expect(receive("cashier1", 2, 101)).rejects.toMatchObject({ code: "22023" });
  await receive("cashier1", 2, 50);
  await expect(receive("cashier1", 3, 50)).rejects.toMatchObject({ code: "23505" });
  await expect(
    run("clerk1", `select repayments.plan('${back}', 3, '{2026-12-25}', '{49}')`),
  ).rejects.toMatchObject({ code: "22023" });
});

test("返還金の文書は、決まった段階、額、期限でだけ発行でき、ほかの人の封や帳票では発行できず、権限のない人には開かない", async () => {
  const { mother } = await household();
  const other = (await household()).mother;
  const { proposeRepayment } = await import("#src/platform/payments/index.ts");
  const { putSealed } = await import("#src/platform/vault/index.ts");
  const id = await payments.as("clerk1", (work) =>
    proposeRepayment(work, {
      program: "child-medical",
      sourceKind: "payable",
      sourceId: crypto.randomUUID(),
      personNumber: mother,
      cause: "overpaid",
      amount: 900,
      dueOn: "2026-12-25",
      comment: "二重に支給したため",
    }),
  );
  const sealed = (holder: string, kind = "repayment-paper", who: TestStaff = "clerk1") =>
    payments.as(who, (work) =>
      putSealed(work, { holder, program: "child-medical", kind, data: new Uint8Array([1]) }),
    );
  const own = await sealed(mother);
  const issue = (
    who: TestStaff,
    given: Partial<
      Record<"event" | "due" | "until" | "yen" | "template" | "sealed" | "seen", string>
    >,
  ) => {
    const {
      event = "demand",
      due = "'2026-12-31'",
      until = "null",
      yen = "900",
      seen = "2",
    } = given;
    const template = given.template ?? "payments/repayment-decision v1";
    return run(
      who,
      `select repayments.issue('${id}', ${seen}, '${event}', ${due}, ${until}, ${yen}, '試第1号', '${template}', null, '${"a".repeat(64)}', '${given.sealed ?? own}') as id`,
    );
  };
  // Nothing is issued before the decision.
  await expect(issue("clerk1", { seen: "1" })).rejects.toMatchObject({ code: "MD011" });
  await run("supervisor1", `select repayments.move('${id}', 1, 'approve', 'open', null, null)`);
  for (const [given, code] of [
    [{ due: "'2026-11-20'" }, "22023"],
    [{ due: "null" }, "22023"],
    [{ yen: "899" }, "22023"],
    [{ yen: "null" }, "22023"],
    [{ template: "letters/approval v2" }, "42501"],
    [{ sealed: await sealed(other) }, "42501"],
    [{ sealed: await sealed(mother, "repayment-notice") }, "42501"],
    [{ sealed: await sealed(mother, "repayment-paper", "clerk2") }, "42501"],
    [{ event: "receive" }, "42501"],
    [
      {
        event: "dun",
        until: "'2026-12-31'",
        due: "'2026-12-25'",
        template: "payments/repayment-dunning v1",
      },
      "22023",
    ],
    [{ seen: "1" }, "MD014"],
  ] as const)
    await expect(issue("clerk1", given), JSON.stringify(given)).rejects.toMatchObject({ code });
  for (const who of ["supervisor1", "operator1", "cashier1"] as const)
    await expect(issue(who, {}), who).rejects.toMatchObject(denied);
  const [paper] = await issue("clerk1", {});
  await expect(issue("clerk1", { seen: "3" })).rejects.toMatchObject({ code: "MD011" });
  // No 領収書 of money that did not come over the counter.
  await run("cashier1", `select repayments.receive('${id}', 3, 'slip', 100, '2026-11-20', 'N-9')`);
  const [money] = await city.admin`select id from repayments.receipt where repayment_id = ${id}`;
  await expect(
    run(
      "cashier1",
      `select repayments.issue_receipt('${money?.id}', 'N-9', 'payments/money-receipt v1', null, '${"a".repeat(64)}', '${own}')`,
    ),
  ).rejects.toMatchObject(denied);
  const printed = (who: TestStaff) =>
    run(who, `select * from repayments.print_papers(array['${paper?.id}']::uuid[])`);
  expect(await printed("cashier1")).toHaveLength(1);
  for (const who of ["operator1", "nobody"] as const)
    await expect(printed(who), who).rejects.toMatchObject(denied);
  await expect(
    run("clerk1", `select * from repayments.print_papers(array[gen_random_uuid()])`),
  ).rejects.toMatchObject(denied);
});

test("振込データの封は、取り出す権限のない人には開かない", async () => {
  const { id } = await aRun(500);
  await payments.written(id);
  const [file] = await city.admin`select sealed_id from payments.run_file where run_id = ${id}`;
  for (const who of ["operator1", "supervisor1", "clerk1"] as const)
    await expect(
      run(who, `select * from vault.get_sealed(array['${file?.sealed_id}']::uuid[])`, {
        "app.program": "child-medical",
      }),
      who,
    ).rejects.toMatchObject(denied);
  // Another 事務 sees nothing of it.
  const seen = await run("nobody", "select count(*)::integer as n from payments.run");
  expect(seen[0]?.n).toBe(0);
});
