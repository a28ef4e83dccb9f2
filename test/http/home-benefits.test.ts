import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { pmhOf } from "#test/support/pmh.ts";
import { receiptsOf } from "#test/support/receipts.ts";

// 給付について今日見るもの：過誤・再審査、計算書、PMHの変更。数えるのも切るのもデータベース。

const city = await openTestPlatform();
const app = openTestApp(city);
const { admin } = city;
const receipts = receiptsOf(city);
const fileId = await receipts.committed(
  receipts.ukeFor(await receipts.entitled(6), { seed: 41, institutions: 1, faultEvery: 0 }),
);
const sort = (text: string, title: string) =>
  new RegExp(`<strong>${title}</strong><span class="kind-count">([\\d,]+)件`).exec(text)?.[1];
const chosen = (title: string, page = 1) =>
  `/?work=${encodeURIComponent(title)}&page=${page}` as const;

test("承認を待つ過誤・再審査が500件あれば、500件と数え、20件ずつ、古いものから出る。自分が申し出たものと、ほかの区のものは出ない", async () => {
  // Receipts as a committed file would have left them.
  const copied = async (table: "receipt" | "benefit", which: string) => {
    const columns = await admin<{ name: string }[]>`
      select column_name as name from information_schema.columns
       where table_schema = 'receipts' and table_name = ${table} and column_name not in ('id', 'row') and is_generated = 'NEVER'`;
    const listed = columns.map(({ name }) => `"${name}"`).join(", ");
    await admin.unsafe(`
      insert into receipts.${table} (${listed}, "row")
      select ${listed}, 100000 + n from (select * from receipts.${table} ${which} limit 1) b, generate_series(1, 503) n`);
  };
  await copied("receipt", "where posted");
  await copied("benefit", "order by id");
  await admin`
    insert into receipts.adjustment (benefit_id, kind, channel, settled_in, reason_code, asked_by, asked_at)
    select b.id, 'withdrawal', 'payment-fund', '2026-11', '01', s.id, timestamptz '2026-11-20 09:00+09:00' - make_interval(mins => b.row - 100000)
      from receipts.benefit b, access.staff s
     where b.row > 100000 and s.login_name = case when b.row <= 100500 then 'clerk1' else 'supervisor1' end`;
  const supervisor = await app.visitor("supervisor1");
  const { text } = await supervisor.get(chosen("過誤・再審査の承認"));
  expect(sort(text, "過誤・再審査の承認")).toBe("500");
  const shown = [...text.matchAll(/href="\/receipts\/benefits\/(\d+)"/g)].map(([, id]) =>
    Number(id),
  );
  const oldest = await admin<{ id: number }[]>`
    select a.benefit_id::integer as id from receipts.adjustment a join access.staff s on s.id = a.asked_by
     where s.login_name = 'clerk1' order by a.asked_at, a.id limit 20`;
  expect(shown).toEqual(oldest.map(({ id }) => id));
  const clerk = await (await app.visitor("clerk1")).get("/");
  expect(sort(clerk.text, "過誤・再審査の承認")).toBeUndefined();
});

test("計算書は、反映した月の入力を担当者に、入力したものの承認を別の人に知らせる", async () => {
  const operator = await app.visitor("operator1");
  const before = await operator.get("/");
  expect(sort(before.text, "請求の計算書の入力")).toBe("1");
  expect(before.text).toContain("/receipts/statements?channel=payment-fund&amp;month=");
  const [file] = await admin`select channel, claim_month from receipts.file where id = ${fileId}`;
  await admin`
    insert into receipts.statement (channel, claim_month, claimed_count, claimed_amount, advance_amount, ledger_count, ledger_amount, asked_by)
    select ${file?.channel}, ${file?.claim_month}, 1, 1, 0, 1, 1, id from access.staff where login_name = 'operator1'`;
  await admin`
    insert into receipts.adjustment_reason (channel, code, title, valid_from, asked_by)
    select 'payment-fund', '99', '試験', '2026-04-01', id from access.staff where login_name = 'operator1'`;
  expect(sort((await operator.get("/")).text, "請求の計算書の入力")).toBeUndefined();
  const supervisor = await (await app.visitor("supervisor1")).get("/");
  expect(sort(supervisor.text, "請求の計算書の承認")).toBe("1");
  expect(sort(supervisor.text, "過誤・再審査の事由の承認")).toBe("1");
});

test("PMH登録を使う事務では、まだ集めていない変更の件数が出て、使わない事務では出ない", async () => {
  const operator = await app.visitor("operator1");
  expect((await operator.get("/")).text).not.toContain("PMH登録する変更");
  const { family, toIssued } = counterOf(city);
  await toIssued(await family());
  await pmhOf(city).setUp({});
  const { text } = await operator.get(chosen("PMH登録する変更"));
  expect(text).toMatch(/こども医療費助成 未登録の変更 1件/);
});
