import { expect, test } from "vitest";
import { presetOf } from "#src/platform/city/index.ts";
import { cityParameterOn, parameterTrials } from "#src/platform/parameters/index.ts";
import { runWork } from "#src/platform/work.ts";
import { periodTrial } from "#src/programs/child-medical/parameter-trial.ts";
import { openTestApp } from "#test/support/app.ts";
import { copyCase } from "#test/support/copies.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { periodArea } from "#workflows/child-medical/presets.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { mandateRule } from "#workflows/medical/city-parameters.ts";
import { valueOn } from "#workflows/parameters/dated.ts";

const city = await openTestPlatform();
const { family, open, toIssued } = counterOf(city);
const { visitor } = openTestApp(city);
const first = await open("clerk1", await family());
await copyCase(city.admin, first.id, 249);
await toIssued(await family());

const period = "/city-parameters/child-medical.period";
const around = { from: "R8.4.1", to: "", source: "見本市条例第3条", certainty: "established" };
const value = {
  "value.reachBackDays": "30",
  "value.otherwise": "application-date",
  "value.endAge": "15",
};
const system = () => city.system();
const tryAll = async () => parameterTrials([periodTrial]).run(city.platform, await system());
const endAgeOn = async (on: IsoDate) =>
  runWork(
    city.platform,
    await system(),
    { purpose: "scheduled" },
    async (work) => valueOn(await presetOf(work, periodArea, on), on).endAge,
  );

test("制度の数値は、誤りを項目で知らせて起案でき、実際の案件で試算され、別の職員の承認の日から使われ、後から変わらない", async () => {
  const officer = await visitor("scheme1");
  expect((await officer.get("/city-parameters")).text).toContain("画面での登録なし");
  const page = await officer.get(period);
  expect(page.text).toContain("熊本市 18歳年度末まで");
  expect((await officer.get(`${period}/new?template=0`)).text).toContain('value="18"');
  for (const [wrong, words] of [
    [{ "value.endAge": "" }, "この年齢に達する日以後の最初の3月31日まで(歳)を入力してください"],
    [{ "value.endAge": "八" }, "整数を入力してください"],
    [{ from: "いつか" }, "始まりを入力してください"],
    [{ to: "R8.3.31" }, "終わりは始まりより後に"],
    [{ source: "" }, "出典を入力してください"],
    [{ certainty: "" }, "確かさを選んでください"],
  ] as const) {
    const answer = await officer.post(`${period}/new`, { ...value, ...around, ...wrong });
    expect(answer.status, words).toBe(422);
    expect(answer.text).toContain(words);
    expect(answer.text, "filled in").toContain('value="30"');
  }
  await officer.post(`${period}/new`, { ...value, ...around });
  expect((await officer.get(`${period}/rows/1`)).text).toContain("試算を待っています");
  expect((await officer.post(`${period}/new`, { ...value, ...around })).status).toBe(409);
  expect((await officer.get("/city-parameter-proposals/1")).status).toBe(403);

  const supervisor = await visitor("supervisor1");
  expect((await supervisor.get("/")).text).toContain("こども医療費助成 対象期間 第1号");
  await supervisor.get("/city-parameter-proposals");
  const early = await supervisor.get("/city-parameter-proposals/1");
  expect(early.text).toContain("試算が、まだ終わっていません");
  const decide = (event: string) =>
    supervisor.post("/city-parameter-proposals/1/decision", { event });
  expect((await decide("approve")).status).toBe(403);

  await tryAll();
  const tried = await supervisor.get("/city-parameter-proposals/1");
  expect(tried.text).toContain("結果の変わる案件 251件");
  expect(tried.text).toContain("251件を計算し直しました");
  expect(tried.text).toContain("1 / 6 ページ");
  expect(tried.text).toContain("終期");
  const last = await supervisor.get("/city-parameter-proposals/1?page=6");
  expect([...last.text.matchAll(/R8-\d{6}/g)]).toHaveLength(1);
  expect((await officer.get(`${period}/rows/1`)).text).toContain("結果の変わる案件 251件");

  expect(await endAgeOn("2026-11-20")).toBe(18);
  await decide("approve");
  expect((await decide("refuse")).status).toBe(409);
  expect(await endAgeOn("2026-11-20")).toBe(15);
  expect(await endAgeOn("2026-03-31"), "before its day").toBe(18);
  const overlap = await officer.post(`${period}/new`, { ...value, ...around, from: "R7.4.1" });
  expect(overlap.status).toBe(422);
  expect(overlap.text).toContain("登録されている期間と重なります");
  await officer.post(`${period}/new`, {
    ...value,
    ...around,
    from: "R9.4.1",
    "value.endAge": "18",
  });
  await tryAll();
  expect((await officer.get(`${period}/rows/2`)).text).toContain("計算し直す案件は、ありません");
  await supervisor.post("/city-parameter-proposals/2/decision", { event: "approve" });
  expect(await endAgeOn("2027-04-01")).toBe(18);
  expect(await endAgeOn("2027-03-31")).toBe(15);
  expect((await officer.get(period)).text).toContain("開始前");
});

test("登録のない数値は、推し量らずに、その名と登録の仕方を言う", async () => {
  const asked = runWork(city.platform, await system(), { purpose: "scheduled" }, (work) =>
    cityParameterOn(work, mandateRule, "2026-11-01"),
  );
  await expect(asked).rejects.toMatchObject({
    status: 503,
    message: "令和8年11月1日の「高額療養費を市が請求するときの委任状」が登録されていません。",
  });
});

test("一部負担金は、区分の行を足しながら入力し、JSONを書かずに登録できる", async () => {
  const officer = await visitor("scheme1");
  const path = "/city-parameters/child-medical.copay-plan";
  const entry = await officer.get(`${path}/new?template=0`);
  expect(entry.text).toContain('value="18歳年度末まで"');
  const sent = {
    ...around,
    "value.bands.rows": "1",
    "value.bands.0.title": "18歳年度末まで",
    "value.bands.0.ageTo": "18",
    "value.bands.0.inpatient.burden": "none",
    "value.bands.0.outpatient.visitFixed": "500",
  };
  const missing = await officer.post(`${path}/new`, sent);
  expect(missing.status).toBe(422);
  expect(missing.text).toContain("負担区分を入力してください");
  const more = await officer.post(`${path}/new`, { ...sent, do: "add value.rounding" });
  expect(more.status).toBe(200);
  expect(more.text).toContain("端数処理 1件目");
  expect(more.text).toContain('value="500"');
  await officer.post(`${path}/new`, {
    ...sent,
    "value.bands.0.outpatient.burden": "share",
    "value.rounding.rows": "2",
    "value.rounding.0.channel": "receipt",
    "value.rounding.0.unit": "10",
    "value.rounding.0.how": "half-up",
  });
  await tryAll();
  const [row] = await city.admin`select value from city.parameter where key like '%copay-plan'`;
  expect(row?.value).toMatchObject({
    bands: [{ ageTo: 18, outpatient: { burden: "share", visitFixed: 500 } }],
    rounding: [{ unit: 10 }],
  });
});

test("権限のない職員は開けず、ない数値はないと言う", async () => {
  const clerk = await visitor("clerk1");
  for (const path of ["/city-parameters", period, "/city-parameter-proposals"])
    expect((await clerk.get(path)).status).toBe(403);
  const officer = await visitor("scheme1");
  expect((await officer.get("/city-parameters/child-medical.nothing")).status).toBe(404);
  expect((await officer.get(`${period}/rows/999`)).status).toBe(404);
});
