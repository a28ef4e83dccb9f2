import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { formOf } from "#test/support/form-of.ts";

const city = await openTestPlatform();
const app = openTestApp(city);
const [clerk] = await city.admin<{ id: number; office_code: string }[]>`
  select id, office_code from access.staff where login_name = 'clerk2'`;
const page = `/staff/${clerk?.id}`;
const officeNow = async () =>
  (await city.admin`select office_code from access.staff where id = ${clerk?.id ?? 0}`)[0]
    ?.office_code;

test("二人の管理者が同じ職員の所属を変えると、後の人は、いまの所属を知らされ、上書きしない", async () => {
  const administrator = await app.visitor("admin1");
  const seen = formOf((await administrator.get(page)).text, `${page}/move`);
  // Another administrator was faster.
  await city.admin`update access.staff set office_code = '431036' where id = ${clerk?.id ?? 0}`;
  const late = await administrator.post(`${page}/move`, { ...seen, office: "431028" });
  expect(late.status).toBe(409);
  expect(late.text).toContain("ほかの管理者が先にこの職員の登録を変えました。");
  expect(late.text).toContain("所属: この画面を開いたとき 中央区役所、いま 西区役所");
  expect(await officeNow()).toBe("431036");
  const again = formOf((await administrator.get(page)).text, `${page}/move`);
  expect((await administrator.post(`${page}/move`, { ...again, office: "431028" })).status).toBe(
    303,
  );
  expect(await officeNow()).toBe("431028");
});

test("同時に送っても、変わるのは一人の分だけで、もう一人は断られる", async () => {
  const administrator = await app.visitor("admin1");
  const seen = formOf((await administrator.get(page)).text, `${page}/move`);
  const answers = await Promise.all(
    ["431044", "431052"].map((office) => administrator.post(`${page}/move`, { ...seen, office })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
});

test("先に停止された職員を、もう一度停止しようとすると、停止済みだと分かる", async () => {
  const administrator = await app.visitor("admin1");
  expect((await administrator.post(`${page}/status`, { status: "disabled" })).status).toBe(303);
  const late = await administrator.post(`${page}/status`, { status: "disabled" });
  expect(late.status).toBe(409);
  expect(late.text).toContain("利用: この画面を開いたとき 利用中、いま 停止");
});

test("登録済みの端末は、同じIPアドレスの登録で書き換えられず、外し終えた端末は、もう外せない", async () => {
  const administrator = await app.visitor("admin1");
  const address = "203.0.113.9";
  await administrator.post("/terminals", { name: "西区 1番", address });
  const twice = await administrator.post("/terminals", { name: "別の名", address });
  expect(twice.status).toBe(409);
  expect(twice.text).toContain("端末名: 西区 1番");
  const [terminal] =
    await city.admin`select id, name from access.terminal where address = ${address}`;
  expect(terminal?.name).toBe("西区 1番");
  expect((await administrator.post(`/terminals/${terminal?.id}/removal`)).status).toBe(303);
  expect((await administrator.post(`/terminals/${terminal?.id}/removal`)).status).toBe(409);
  expect((await administrator.post("/terminals", { name: "西区 2番", address })).status).toBe(303);
});
