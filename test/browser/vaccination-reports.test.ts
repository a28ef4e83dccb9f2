import { beforeAll, expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, seatsOf } from "#test/support/keyboard.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";

const home = await openTestPlatform();
const { people } = recordsOf(home);
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "vaccination-reports");
const { address } = terminals;
const offices = ["431010", "431028", "431036", "431044", "431052"];
const names = [
  { kanji: "渡邉󠄂　髙橋", kana: "ワタナベ　タカハシ" },
  { kanji: "𠮷田　花子", kana: "ヨシダ　ハナコ" },
  {
    kanji: "ヴァレンティーノ・クリストファー　アレクサンドラ",
    kana: "ヴァレンティーノ・クリストファー　アレクサンドラ",
  },
];

/** What two people have set: a table of the state, and from which count on numbers are shown. */
async function setParameters(): Promise<void> {
  const set = (key: string, value: object, from: IsoDate) => home.admin`
    insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, decision, decided_by, decided_at, tried_at, tried_cases)
    select ${key}, ${home.admin.json(value as never)}, ${from}, '試験の調査票', 'probable', a.id, now(), 'approved', b.id, now(), now(), 0
      from access.staff a, access.staff b where a.login_name = 'scheme1' and b.login_name = 'supervisor1'`;
  await set("vaccination.report-threshold", { value: 10 }, "2026-04-01");
  await set(
    "vaccination.report-table",
    {
      title: "定期の予防接種被接種者数（試験）",
      rows: [
        { title: "麻しん風しん混合 1期", vaccine: "mr1", outcome: "given" },
        { title: "B型肝炎 1回目", vaccine: "hepb", doseFrom: 1, doseTo: 1, outcome: "given" },
        { title: "B型肝炎 2回目から", vaccine: "hepb", doseFrom: 2, outcome: "given" },
      ],
      columns: [
        { title: "1歳未満", ageTo: 11 },
        { title: "1歳", ageFrom: 12, ageTo: 23 },
      ],
    },
    "2025-04-01",
  );
}

beforeAll(async () => {
  const born = (n: number): IsoDate => addDays("2024-12-01", (n * 5) % 420);
  const numbers = await people(
    ...Array.from({ length: 160 }, (_, n) => ({
      name: names[n % names.length] ?? { kanji: "見本　太郎", kana: "ミホン　タロウ" },
      birthDate: born(n),
      sex: n % 2 ? ("male" as const) : ("female" as const),
      officeCode: offices[n % 7 < 4 ? 0 : n % 5] ?? "431010",
      residence: { from: born(n), fromReason: "birth" as const },
    })),
  );
  await home.admin`
    insert into vaccination.shot (person_number, vaccine, dose, given_on, route, source, entered_at, entered_by)
    select p, v, d, date '2026-10-31' - ((n * 7 + d * 29) % 380)::integer, case n % 5 when 0 then 'group' when 1 then null else 'individual' end,
           case when n % 3 = 0 then 'feed' else 'slip' end, '2026-11-05', 1
      from unnest(${numbers}::text[]) with ordinality x(p, n), (values ('mr1', 1), ('hepb', 1), ('hepb', 2), ('hepb', 3), ('vzv', 1)) y(v, d)
     where (n + d) % 9 <> 0`;
  await setParameters();
}, 60_000);

test("数を集計し、別の職員が締め、接種率を見て、伏せた表を写しにする", {
  timeout: 300_000,
}, async () => {
  const { page, sound } = await sit("clerk1");
  await page.goto(`${address}/vaccination/reports`);
  await page.getByLabel("締める月").selectOption({ label: "令和8年9月" });
  await sound("closings");
  await press(page, "集計する");
  await page.getByText("令和8年9月を集計しました").waitFor();
  await sound("prepared");

  const chief = await sit("supervisor1");
  await chief.page.goto(`${address}/`);
  await chief.page
    .getByRole("link", { name: /報告の締め 令和8年9月/ })
    .first()
    .click();
  await press(chief.page, "この数で締める");
  await chief.page.getByText("「この数で締める」を行いました").waitFor();
  await chief.sound("closed");
  await press(chief.page, "この月の集計");
  await chief.page.getByRole("heading", { level: 1, name: "集計" }).waitFor();
  await chief.sound("closed-cube");

  await page.goto(`${address}/vaccination/reports/cube`);
  await sound("cube");
  // Axes by keyboard alone.
  await page.getByLabel("縦").focus();
  for (const key of ["End", "ArrowUp"]) await page.keyboard.press(key);
  await page.getByLabel("横").focus();
  for (const key of ["End", "ArrowUp", "ArrowUp"]) await page.keyboard.press(key);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/rows=month&columns=office/);
  await sound("cube-months");
  await page.goto(
    `${address}/vaccination/reports/cube?rows=dose&columns=sex&period=2026&vaccine=hepb`,
  );
  await sound("cube-narrowed");
  await page.getByRole("link", { name: /^計 計 .*の一覧/ }).press("Enter");
  await page.getByRole("heading", { level: 1, name: "数の内訳" }).waitFor();
  await sound("rows");
  await page
    .getByRole("link", { name: "次へ" })
    .or(page.getByRole("link", { name: "2" }))
    .first()
    .press("Enter");
  await page.waitForURL(/page=2/);

  await page.goto(`${address}/vaccination/reports/coverage`);
  await page.getByText("に住民登録がある人のうち").waitFor();
  await sound("coverage");
  for (const chart of ["区別", "生まれた月", "接種した月別"]) {
    await page.getByRole("img", { name: chart }).scrollIntoViewIfNeeded();
    await sound(`coverage-${chart}`);
  }
  await page.getByLabel("対象者", { exact: true }).selectOption("born");
  expect(await page.locator('[name="year"]').isVisible()).toBe(false);
  await press(page, "表示する");
  await page.getByText("生年月日の範囲を入力してください").first().waitFor();
  await sound("coverage-wrong");
  await page.goto(`${address}/vaccination/reports/coverage`);
  await page.locator("dd a").first().click();
  await page.getByRole("heading", { level: 1, name: "接種率の未実施者" }).waitFor();
  await sound("unvaccinated");

  await page.goto(`${address}/vaccination/reports/table?year=2026&basis=now`);
  await page.getByText("表に入らないもの").first().waitFor();
  await sound("national-table");
  await press(page, "庁外へ出す表…");
  await page.getByText("か所を伏せました").waitFor();
  await sound("preview");
  await page.goto(`${address}/vaccination/reports/coverage`);
  await press(page, "庁外へ出す表…");
  await page.getByText("か所を伏せました").waitFor();
  await sound("preview-coverage");
  await press(page, "写し（印刷・CSV）を申請する…");
  await page.getByText("小さい数は伏せます").waitFor();
  await sound("copy");
  await page.locator('[name="erase-by"]').fill("R9.3.31");
  await page.locator('[name="reason"]').fill("県への報告に使うため");
  await page.getByLabel("理由").press("Control+Enter");
  await page.getByText("写しを申請しました").waitFor();
  await chief.page.goto(`${address}/vaccination/copies`);
  await chief.page.getByRole("button", { name: "承認する" }).press("Enter");
  await chief.page.getByText("承認しました").first().waitFor();
  await page.goto(`${address}/vaccination/copies`);
  await sound("copy-allowed");
  await page.getByRole("button", { name: "受け取る" }).press("Enter");
  await page.getByText("予防接種の接種率（区別）").first().waitFor();
  await page.emulateMedia({ media: "print" });
  await sound("paper");
});

test("行を見られない人には丸めた数だけで、一覧にも庁外へ出す表にも移れない", async () => {
  const { page, sound } = await sit("scheme1");
  await page.goto(`${address}/vaccination/reports/cube?rows=vaccine&columns=sex`);
  await page.getByText("10の位に丸めてあります").waitFor();
  expect(await page.locator("td a").count()).toBe(0);
  expect(await page.getByText("庁外へ出す表").count()).toBe(0);
  await sound("rounded");
  const reply = await page.goto(`${address}/vaccination/reports/rows?period=2026`);
  expect(reply?.status()).toBe(403);
});

test.each(["shots", "coupons", "mailings"])("予防接種の統計 %s を見る", async (sheet) => {
  const { page, sound } = await sit("operator1");
  await page.goto(`${address}/vaccination/statistics?sheet=${sheet}`);
  await sound(`statistics-${sheet}`);
});

test("未実施の人は、同じ条件の対象者抽出で探せる", async () => {
  const { page, sound } = await sit("operator1");
  await page.goto(`${address}/vaccination/reports/coverage`);
  await press(page, "同じ条件で対象者抽出へ");
  await page.getByRole("heading", { level: 1, name: "新しい抽出" }).waitFor();
  expect(await page.locator('[name="bornFrom"]').inputValue()).not.toBe("");
  await sound("targets");
});
