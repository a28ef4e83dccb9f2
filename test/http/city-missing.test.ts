import { beforeAll, expect, test } from "vitest";
import { demonstrationCity, registerDemonstrationCity } from "#src/demonstration/city.ts";
import { registerCity } from "#src/platform/city/index.ts";
import { documentsOf } from "#src/platform/documents/index.ts";
import { personPath } from "#src/web/person-path.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

const home = await openTestPlatform();
const { visitor } = openTestApp(home);
const counter = counterOf(home);
const mail = await mailingsOf(home);

const noCity = "令和8年11月20日の市の設定（市の名前、市長の氏名など）が登録されていません。";
const noPlan = "令和8年11月20日の「こども医療費助成の対象期間」の市の定めが登録されていません。";

let examined: string;
let issued: string;
let person: string;
let run: Awaited<ReturnType<typeof mail.create>>;

/** What was under way when the database of a city came to a version that has no city built in. */
beforeAll(async () => {
  examined = (await counter.toExamination(await counter.family())).caseId;
  const done = await counter.toIssued(await counter.family());
  await counter.effects(done.caseId);
  issued = done.caseId;
  [person = ""] = await mail.enter(oneYearOlds(3));
  run = await mail.create();
  await home.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`delete from city.profile`;
    await sql`delete from city.preset`;
    await sql`delete from city.town`;
  });
});

const paths = {
  examined: () => `/child-medical/cases/${examined}`,
  issued: () => `/child-medical/cases/${issued}`,
};

test("市の定めがなければ、期間を計算する画面と手続きは、何が足りないかを示して断る", async () => {
  const clerk = await visitor("clerk2");
  for (const path of [paths.examined(), paths.issued()]) {
    const page = await clerk.get(path);
    expect(page.status).toBe(503);
    expect(page.text).toContain(noPlan);
    expect(page.text).toContain("presets の area は child-medical.period");
  }
});

test("市の設定がなければ、帳票の設定は、何が足りないかを示して断る", async () => {
  const officer = await visitor("scheme1");
  for (const path of [
    "child-medical",
    "child-medical/new",
    "vaccination/preview/vaccination/coupon",
  ]) {
    const page = await officer.get(`/form-settings/${path}`);
    expect(page.status, path).toBe(503);
    expect(page.text, path).toContain(noCity);
    expect(page.text, path).toContain("city register");
  }
});

test("発行した通知書は、市の設定がなくても印刷し直せる", async () => {
  const document = await counter.as("clerk1", async (work) => (await documentsOf(work, issued))[0]);
  const clerk = await visitor("clerk1");
  const paper = await clerk.get(`/child-medical/documents/${document?.id}/pdf`);
  expect(paper.headers["content-type"]).toContain("application/pdf");
});

test("接種券は抽出も発行もせずに断り、途中のものを残さない", async () => {
  await expect(mail.extract(run)).rejects.toMatchObject({ status: 503, message: noCity });
  expect((await mail.details(run)).run.state).toBe("preparing");
  const operator = await visitor("operator1");
  await operator.get("/vaccination/coupons");
  const answer = await operator.post(
    `${personPath(home.platform, person as PersonNumber)}/coupons`,
    {
      subject: "mr1:1",
    },
  );
  expect(answer.status).toBe(503);
  expect(answer.text).toContain(noCity);
  expect(await home.admin`select from vaccination.coupon`).toHaveLength(0);
});

test("郵便番号からの補完と町名での検索は、町の一覧がないことを伝え、続けられる", async () => {
  const clerk = await visitor("clerk1");
  await clerk.get("/people");
  const echo = await clerk.post("/entry/postal-code", { value: "860-0004" });
  expect(JSON.parse(echo.text)).toEqual({ text: "住所を補えません。続けて入力してください" });
  await clerk.post("/people", { q: "しけん", town: "新町" });
  const found = await clerk.get("/people/found");
  expect(found.status).toBe(422);
  expect(found.text).toContain("町の一覧が登録されていないため、町名では探せません。");
  await clerk.post("/people", { q: "しけん", reason: "試験" });
  expect((await clerk.get("/people/found")).status).toBe(200);
});

test("登録すれば、止まっていた手続きを続けられる", async () => {
  await registerDemonstrationCity(home.administratorUrl);
  expect((await (await visitor("clerk2")).get(paths.examined())).status).toBe(200);
  expect((await mail.extract(run)).state).toBe("extracted");
  expect((await (await visitor("scheme1")).get("/form-settings/child-medical")).status).toBe(200);
});

test("市の定めの値がその日にないときは、定めの名と日付を示して断る", async () => {
  const child = await counter.family({
    birthDate: "2017-05-10",
    residence: { from: "2017-05-10", fromReason: "birth" },
  });
  const open = await counter.open("clerk1", child);
  await home.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`update cases.case set received_on = '2018-04-02' where id = ${open.id}`;
  });
  const page = await (await visitor("clerk1")).get(`/child-medical/cases/${open.id}`);
  expect(page.status).toBe(503);
  expect(page.text).toContain("平成30年4月2日の「こども医療費助成の対象期間」の市の定め");
  await registerCity(home.admin, {
    ...demonstrationCity,
    presets: [{ area: "child-medical.period", preset: "kumamoto", from: "2010-04-01" }],
  });
  const again = await (await visitor("clerk1")).get(`/child-medical/cases/${open.id}`);
  expect(again.status).toBe(422);
  expect(again.text).toContain("2018-04-02の値が登録されていません。");
});
