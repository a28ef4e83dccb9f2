import { expect, test } from "vitest";
import { makeStep } from "#src/demonstration/make-step.ts";
import { addAttachment } from "#src/platform/notes/index.ts";
import { vaccinationScreens } from "#src/programs/vaccination/screens/index.ts";
import { personPath } from "#src/web/person-path.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, save, unfold } from "#test/support/keyboard.ts";
import { noticeOfMinister, reliefOf, scanWithNumber } from "#test/support/relief.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const relief = reliefOf(city);
const child = await relief.person({
  name: { kanji: "渡邉　髙太郎", kana: "ワタナベ　ヨシタロウ" },
  birthDate: "2025-01-10",
  householdNumber: "H-RELIEF",
});
await relief.person({
  name: { kanji: "𠮷田　さくら", kana: "ヨシダ　サクラ" },
  birthDate: "1990-04-01",
  householdNumber: "H-RELIEF",
});
const orphan = await relief.person({
  name: { kanji: "髙橋　𠮷之助", kana: "タカハシ　ヨシノスケ" },
  birthDate: "2025-02-10",
});
const { address, signedIn } = await openTerminals(city, [vaccinationScreens]);

test("相談から不支給の決裁まで、画面だけで進める", { timeout: 300_000 }, async () => {
  const { page, errors } = await signedIn("clerk1");
  await page.goto(`${address}${personPath(city.platform, child as PersonNumber)}`);
  await unfold(page, "健康被害救済");
  await press(page, "健康被害救済の相談を受け付ける");
  await page.waitForURL(/\/claim$/);
  await expectSound(page, errors);
  await picture(page, "relief-entry-first");
  await save(page);
  await page.getByText("症状を入力してください。").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "relief-entry-mistakes");
  await page.locator("#field-vaccine").selectOption("5mix");
  await page.locator("#field-shotOn").fill("R8.4.20");
  await page.getByLabel("A類疾病の定期接種").check();
  await page.locator("#field-clinic").fill("サンマリノ小児科・アレルギー科クリニック");
  await page
    .locator("#field-symptoms")
    .fill("接種の翌日に39度の発熱とけいれん。渡邉髙太郎は6日間入院した。");
  await page.locator("#field-institutions").fill("例示市民病院（入院6日）");
  await page.locator("#field-onsetOn").fill("R8.4.21");
  await page.getByLabel("医療費", { exact: true }).check();
  await page.getByLabel("死亡一時金", { exact: true }).check();
  await page.locator("#field-claimant").selectOption({ label: "𠮷田　さくら" });
  await page.locator("#field-relation").selectOption("guardian");
  await save(page);
  await page.getByText("一緒に請求できるのは医療費と医療手当だけです。").first().waitFor();
  expect(await page.locator("#field-symptoms").inputValue()).toContain("6日間入院した");
  await page.getByLabel("死亡一時金", { exact: true }).uncheck();
  await page.getByLabel("医療手当", { exact: true }).check();
  await picture(page, "relief-entry");
  await save(page);
  await page.getByText("請求の内容を保存しました。").waitFor();
  await expectSound(page, errors);
  await press(page, "請求を受け付ける");
  await page.getByText("「請求を受け付ける」を行いました").waitFor();
  await press(page, "書類を点検する");
  await page.waitForURL(/\/documents$/);
  await expectSound(page, errors);
  await picture(page, "relief-documents");
  for (const one of await page.getByLabel("確認済").all())
    if (await one.isVisible()) await one.check();
  await save(page);
  await page.getByText("書類の確認を記録しました。").waitFor();
  await expectSound(page, errors);
  await picture(page, "relief-case");
  const claim = page.url().split("?")[0] ?? "";
  const caseId = claim.split("/").at(-1) ?? "";

  const second = await signedIn("clerk2");
  await second.page.goto(claim);
  await press(second.page, "調査委員会に付す");
  await second.page.getByText("「調査委員会に付す」を行いました").waitFor();
  await second.page.goto(`${address}/vaccination/relief/members`);
  await expectSound(second.page, second.errors);
  await second.page.locator("#field-name").fill("髙橋　二郎");
  await second.page.locator("#field-role").selectOption("specialist");
  await second.page.locator("#field-organisation").fill("例示市民病院");
  await second.page.locator("#field-postalCode").fill("8600001");
  await second.page.locator("#field-address").fill("例示県例示市例示町1丁目1番1号");
  await second.page.locator("#field-from").fill("R8.4.1");
  await second.page.locator("#field-to").fill("R10.3.31");
  await press(second.page, "登録する");
  await second.page.getByText("委員を登録しました。").waitFor();
  await picture(second.page, "relief-members");
  await relief.as("clerk2", async (work) => {
    const { appoint } = await import("#src/platform/review-panels/index.ts");
    const { reliefCommittee } = await import("#src/programs/vaccination/relief/committee.ts");
    await appoint(work, reliefCommittee, {
      name: "𠮷田　三郎",
      role: "medical-association",
      organisation: "例示市医師会",
      postalCode: "8600001",
      address: "例示県例示市例示町1丁目1番2号",
      from: "2026-04-01",
      to: "2028-03-31",
    });
  });
  await second.page.goto(`${address}/vaccination/relief/committee`);
  await expectSound(second.page, second.errors);
  await picture(second.page, "relief-committee");
  await second.page.locator("#field-heldOn").fill("R8.11.20");
  await second.page.locator("#field-heldAt").fill("14:00");
  await second.page.locator("#field-place").fill("市役所 5階 第2会議室");
  await press(second.page, "予定する");
  await second.page.getByText("会議を予定しました。").waitFor();
  await second.page.locator("#field-case").selectOption({ index: 1 });
  await press(second.page, "議題に加える");
  await second.page.getByText("議題に加えました。").waitFor();
  await expectSound(second.page, second.errors);
  await press(second.page, "招集通知を作成する");
  await second.page.getByText("2人の招集通知を作成しました。").waitFor();
  await picture(second.page, "relief-session-invited");
  for (const one of await second.page.getByRole("checkbox").all()) await one.check();
  await second.page.locator("#field-chair").selectOption({ index: 1 });
  await press(second.page, "開催を記録する");
  await second.page.getByText("会議の開催を記録しました。").waitFor();
  await second.page.getByRole("link", { name: "報告を記録する" }).click();
  await second.page.locator("#field-related").fill("1");
  await second.page.locator("#field-unrelated").fill("0");
  await second.page.locator("#field-undetermined").fill("0");
  await second.page.locator("#field-report").fill("因果関係を否定できない。");
  await second.page.locator("#field-minutes").fill("質疑の後に採決した。");
  await expectSound(second.page, second.errors);
  await picture(second.page, "relief-session-held");
  await press(second.page, "報告を記録する");
  await second.page.getByText("報告を記録しました").waitFor();
  await second.page.goto(claim);
  await press(second.page, "調査委員会の報告を受ける");
  await second.page.getByText("「調査委員会の報告を受ける」を行いました").waitFor();

  await relief.as(
    "clerk2",
    async (work) =>
      addAttachment(
        work,
        { caseId },
        { bytes: await scanWithNumber(), documentCode: "relief-charts" },
      ),
    { caseId },
  );
  await second.page.goto(`${claim}/package`);
  await expectSound(second.page, second.errors);
  await picture(second.page, "relief-package");
  await second.page.getByRole("link", { name: "診療録等" }).first().click();
  await expectSound(second.page, second.errors);
  const image = second.page.locator("input[type=image]");
  await image.click({ position: { x: 80, y: 90 } });
  await second.page.getByText("反対の角をクリックしてください").waitFor();
  await expectSound(second.page, second.errors);
  await image.click({ position: { x: 320, y: 150 } });
  await second.page.getByText("黒塗りしました。").waitFor();
  await expectSound(second.page, second.errors);
  await picture(second.page, "relief-blackout");
  await press(second.page, "個人番号がないことを確かめた");
  await second.page.getByText("すべてのページを確かめました。").waitFor();
  await press(second.page, "進達する写しを作成する");
  await second.page.getByText("進達する写しを作成しました。").waitFor();
  await expectSound(second.page, second.errors);

  await second.page.goto(claim);
  await press(second.page, "都道府県に進達する");
  await second.page.waitForURL(/\/forward$/);
  await expectSound(second.page, second.errors);
  await picture(second.page, "relief-forward");
  await save(second.page);
  await second.page.getByText("進達を記録しました。").waitFor();
  await second.page.goto(`${claim}/recognise`);
  await expectSound(second.page, second.errors);
  await picture(second.page, "relief-recognise");
  await save(second.page);
  await second.page.getByText("通知の番号を入力してください。").first().waitFor();
  await second.page.goto(`${claim}/deny`);
  await second.page.locator("#field-answeredOn").fill("R8.11.20");
  await second.page.locator("#field-reference").fill(noticeOfMinister.reference);
  await save(second.page);
  await second.page.getByText("否認の通知を記録しました。").waitFor();
  const [{ revision = 0 } = {}] = await city.admin<{ revision: number }[]>`
    select revision from cases.case where id = ${caseId}`;
  await makeStep(
    city.platform,
    await city.actor("clerk2"),
    { caseId, revision },
    "proposeRefusal",
    {
      comment: "否認のため",
    },
  );
  const supervisor = await signedIn("supervisor1");
  await supervisor.page.goto(`${claim}/decision`);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "relief-decision");
  await press(supervisor.page, "この内容で決裁する");
  await supervisor.page.getByText("「決裁する」を行いました").waitFor();
  await supervisor.page.goto(claim);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "relief-refused");
  await supervisor.page.goto(`${address}/vaccination/cases?state=all`);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "relief-list");
});

test("住民でない保護者を請求の画面から登録し、請求する方に選べる", {
  timeout: 300_000,
}, async () => {
  const { page, errors } = await signedIn("clerk1");
  await page.goto(`${address}${personPath(city.platform, orphan as PersonNumber)}`);
  await unfold(page, "健康被害救済");
  await press(page, "健康被害救済の相談を受け付ける");
  await page.waitForURL(/\/claim$/);
  const entry = page.url();
  await page.getByRole("link", { name: "請求する方を住登外者として登録する" }).click();
  for (const [name, value] of Object.entries({
    kanji: "髙橋　遠江",
    kana: "タカハシ　トオエ",
    birthDate: "H2.3.9",
    postalCode: "1000001",
    address: "東京都千代田区千代田１番１号",
    telephone: "03-0000-0000",
    evidenceOn: "R8.11.19",
  }))
    await page.locator(`[name="${name}"]`).fill(value);
  await page.getByLabel("女", { exact: true }).check();
  await page.locator('[name="evidence"]').selectOption("driving-licence");
  await page.getByRole("button", { name: /^登録する/ }).click();
  await page.waitForURL(/\/vaccination\/cases\//);
  await page.goto(entry);
  await page.locator("#field-claimant").selectOption({ label: "髙橋　遠江" });
  await page.locator("#field-relation").selectOption("guardian");
  await page.locator("#field-vaccine").selectOption("5mix");
  await page.locator("#field-shotOn").fill("R8.4.20");
  await page.getByLabel("A類疾病の定期接種").check();
  await page.locator("#field-symptoms").fill("発熱");
  await page.getByLabel("医療費", { exact: true }).check();
  await page.locator("#field-claimant").scrollIntoViewIfNeeded();
  await expectSound(page, errors);
  await picture(page, "relief-outsider");
  await save(page);
  await page.getByText("請求の内容を保存しました。").waitFor();
  await page.getByText("髙橋　遠江").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "relief-outsider-case");
});
