import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdsOf } from "#test/support/households.ts";
import { paymentsOf } from "#test/support/payments.ts";

const city = await openTestPlatform();
const app = openTestApp(city);
const payments = paymentsOf(city, "child-medical");
await payments.setUp();
const { household } = householdsOf(city);
const { mother } = await household();
await payments.owed(mother, 4_500);

const path = "/child-medical/payments/settings";
const entry = {
  validFrom: "R8.12.1",
  source: "見本銀行との協定（令和8年11月1日）",
  originatorCode: "1234567890",
  originatorName: "クマモトシ",
  bankCode: "0001",
  branchCode: "001",
  accountType: "1",
  accountNumber: "7654321",
  clearingHouse: "zeros",
  category: "7",
  lineEnds: "on",
  closingDay: "31",
  payMonths: "1",
  payDay: "31",
  whenClosed: "before",
  leadDays: "3",
};

test("支払の設定は根拠とともに起案され、予定を、いまの設定との違いとともに確かめて、別の決裁者が承認する", async () => {
  const operator = await app.visitor("operator1");
  const without = await operator.post(path, { ...entry, source: "" });
  expect(without.status).toBe(422);
  expect(without.text).toContain("根拠を入力してください");
  expect(without.text).toContain("クマモトシ");
  expect((await operator.post(path, entry)).status).toBe(303);
  const [made] = await city.admin<{ id: number }[]>`
    select id from payments.setting where decision is null`;
  const one = `${path}/${made?.id}` as const;
  const own = await operator.get(one);
  expect(own.text).toContain("見本銀行との協定（令和8年11月1日）");
  expect(own.text).not.toContain("承認する");

  const supervisor = await app.visitor("supervisor1");
  const { text } = await supervisor.get(one);
  // 2027-01-31 is a Sunday: the day of banks before it; the setting that holds pays on another day.
  expect(text).toContain("R9.1.29");
  expect(text).toContain("休業日のため振替");
  expect(text).toContain("支払日が違う回は 12 回です");
  expect(text).toMatch(/支払を待っているものは 1 件、\s*4,500円/);
  expect(text).toContain("承認する");
  expect((await supervisor.get(`${path}/999999`)).status).toBe(404);
  expect(
    (await supervisor.get(`/single-parent-medical/payments/settings/${made?.id}`)).status,
  ).toBe(404);
  expect((await supervisor.post(`${one}/decision`, { event: "approve" })).status).toBe(303);
  expect((await supervisor.get(one)).text).toContain("承認済");
});
