import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { gatherRun, proposeSetting, settingsOf } from "#src/platform/payments/index.ts";
import { openTestApp, type Visitor } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { highCostOf, insurers } from "#test/support/high-cost.ts";
import { bindDuty, offered } from "#test/support/office-bound.ts";
import { paymentsOf, settingEntry } from "#test/support/payments.ts";
import { pmhOf } from "#test/support/pmh.ts";
import { receiptsOf } from "#test/support/receipts.ts";

// Whoever holds a right for one office (支所・区) is offered what the database lets them do there, and nothing else.

const city = await openTestPlatform();
const program = "child-medical";
const payments = paymentsOf(city, program);
const pmh = pmhOf(city, program);
const cost = highCostOf(city);
const { entitled } = receiptsOf(city);
const app = openTestApp(city);
const office = "431010";

let bound: Visitor;
let whole: Visitor;
let child: string;
let mandated: Awaited<ReturnType<typeof entitled>>[number];
beforeAll(async () => {
  await bindDuty(city, { who: "supervisor2", duty: "supervisor", office });
  bound = await app.visitor("supervisor2");
  whole = await app.visitor("supervisor1");
  const [one] = await entitled(1);
  if (!one) throw new Error("nobody is entitled");
  mandated = one;
  child = one.person;
  await payments.setUp();
}, 120_000);

/** Of the steps that somebody for all offices is offered, whoever is bound is offered none; one sent by hand is refused. */
async function notOffered(path: string, steps: readonly string[], form: Record<string, string>) {
  const toWhole = offered(await whole.get(path), path);
  const toBound = offered(await bound.get(path), path);
  for (const step of steps) {
    expect(toWhole).toContain(step);
    expect(toBound).not.toContain(step);
    expect([403, 404], step).toContain((await bound.post(`${path}${step}`, form)).status);
  }
}

describe("一つの区の決裁者に、その区の分だけボタンを出す", () => {
  test("支払の回。全市の回は承認できず、自分の区の回は承認できる", async () => {
    await payments.account(child);
    await payments.owed(child, 5_000, { office });
    const all = await payments.gather();
    await payments.step("operator1", all, "submit");
    const revision = String(await payments.seen(all));
    const pathOf = (id: string) => `/${program}/payments/runs/${id}`;
    await notOffered(pathOf(all), ["/steps/approve", "/steps/return"], { revision });
    await payments.step("operator1", all, "cancel", "区ごとに分けるため。");
    const own = await payments.as("operator1", (work) =>
      gatherRun(work, {
        program,
        closingOn: "2026-10-31",
        payOn: "2026-11-30",
        officeCode: office,
      }),
    );
    await payments.step("operator1", own, "submit");
    expect(offered(await bound.get(pathOf(own)), pathOf(own))).toContain("/steps/approve");
    const approved = await bound.post(`${pathOf(own)}/steps/approve`, {
      revision: String(await payments.seen(own)),
    });
    expect(approved.status).toBe(303);
  });

  test("支払の設定の決裁", async () => {
    await payments.as("operator1", (work) =>
      proposeSetting(work, program, { ...settingEntry, validFrom: "2027-04-01" }),
    );
    const [made] = await payments.as("supervisor1", (work) => settingsOf(work, program));
    await notOffered(`/${program}/payments/settings/${made?.id}`, ["/decision"], {
      event: "approve",
    });
  });

  test("高額療養費の請求。全市で一つなので、見ることはできても承認できない", async () => {
    await cost.paid(mandated, { cost: 1_000_000 });
    await cost.insurance(child, { category: "エ" });
    await cost.mandate(child, insurers.national);
    await cost.applied();
    const [mandate] = await city.admin<{ id: string }[]>`
      select id from high_cost.mandate where person_number = ${child}`;
    await cost.moveMandateTo(child, mandate?.id ?? "", "received");
    const id = await cost.gathered();
    await cost.step("operator1", id, "submit");
    const path = `/${program}/high-cost/claims/${id}`;
    expect((await bound.get(path)).status).toBe(200);
    const revision = String((await cost.claim(id)).claim.revision);
    await notOffered(path, ["/approve"], { revision });
  });

  test("PMH登録の回", async () => {
    const counter = counterOf(city);
    await counter.toIssued(await counter.family());
    await pmh.setUp({ address: "http://127.0.0.1:9/register" });
    const id = await pmh.gather();
    await pmh.step("operator1", id, "submit");
    const { run } = await pmh.read(id);
    await notOffered(`/${program}/pmh/runs/${id}`, ["/steps/approve"], {
      revision: String(run.revision),
    });
  });

  test("一覧の写し。区を絞った一覧は承認でき、全市の一覧は承認できない", async () => {
    const path = `/${program}/copies`;
    const clerk = await app.visitor("clerk1");
    const asked = { format: "csv", reason: "窓口会議の資料", "erase-by": "R8.12.20" };
    await clerk.post(`${path}/new`, asked);
    await clerk.post(`${path}/new`, { ...asked, office });
    const rows = await city.admin<{ id: number; office: string | null }[]>`
      select id, filter ->> 'office' as office from documents.list_copy order by id`;
    const [all, own] = rows.map(({ id }) => `/${id}/decision`);
    expect(rows.map((row) => row.office)).toEqual([null, office]);
    await notOffered(path, [all ?? ""], { event: "approve" });
    expect(offered(await bound.get(path), path)).toContain(own);
    expect((await bound.post(`${path}${own}`, { event: "approve" })).status).toBe(303);
    // Not even of one that they asked for themselves are they told that somebody else has to do it: nobody of one office does.
    await bound.post(`${path}/new`, asked);
    expect((await bound.get(path)).text).not.toContain(">承認する<");
  });
});

test("ボタンを出す処理は、どこまでの権限が要るかを述べる", async () => {
  const silent: string[] = [];
  // What stands in no 事務 has no offices.
  for await (const file of glob("src/**/*.ts"))
    for (const call of readFileSync(file, "utf8").matchAll(
      /\bactionsAt\(\s*(?:work\.)?actor[^;]*?;/g,
    ))
      if (/\bprogram\b/.test(call[0]) && !/\breach\b/.test(call[0])) silent.push(file);
  expect(silent).toEqual([]);
});
