import { expect, test } from "vitest";
import { answerNumber, renewalMailingId, renewalOrder } from "#src/platform/renewals/index.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";
import { press } from "#test/support/keyboard.ts";
import { mailingsOf } from "#test/support/mailings.ts";
import { seasonOf } from "#test/support/renewal-season.ts";
import { taxFacts, tellTaxes } from "#test/support/tell-taxes.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const season = seasonOf(city);
const mailings = await mailingsOf(city, season.program);
const mothers: string[] = [];
for (let n = 0; n < 4; n += 1) {
  const home = await counter.household([{ birthDate: "2015-05-10" }], {
    grandfather: { householdNumber: `H-APART-${n}` },
  });
  await counter.toIssued(home.mother, householdApplication(home), [keyed(home.mother)]);
  mothers.push(home.mother);
}
const tax = (at: number, business = 1_000_000) => ({
  personNumber: mothers[at] ?? "",
  facts: taxFacts({
    incomeYear: 2025,
    income: { salary: 0, pension: 0, business, other: 0, deductions: {} },
  }),
});
await tellTaxes(city, [tax(0), tax(1, 9_000_000), tax(3)]);
const { address, signedIn } = await openTerminals(city);
const home = `${address}/single-parent-medical/renewals`;

test("現況届の一年が、期の起案から、受付、判定、決裁、差止予告、未提出の喪失まで、画面で進む", {
  timeout: 240_000,
}, async () => {
  const people = new Map<TestStaff, Awaited<ReturnType<typeof signedIn>>>();
  const as = async (who: TestStaff) => {
    const known = people.get(who) ?? (await signedIn(who));
    people.set(who, known);
    return known;
  };
  const look = async (who: TestStaff, name: string) => {
    const { page, errors } = await as(who);
    await expectSound(page, errors);
    await picture(page, `renewals-${name}`);
  };

  const clerk = (await as("clerk1")).page;
  await clerk.goto(home);
  await clerk.getByLabel("提出期限").fill("R8.12.10");
  await clerk.getByLabel("督促を送る日").fill("R8.12.10");
  await clerk.getByLabel("差止予告を送る日").fill("R8.12.18");
  await clerk.getByLabel("差止予告の期限").fill("R8.12.28");
  await clerk.getByRole("button", { name: "起案する" }).click();
  await clerk.getByText("督促の日は、提出期限より後にしてください。").first().waitFor();
  await look("clerk1", "plan");
  await clerk.getByLabel("督促を送る日").fill("R8.12.11");
  await clerk.getByRole("button", { name: "起案する" }).click();
  await clerk.getByText("期を起案しました").waitFor();
  const url = clerk.url();

  const supervisor = (await as("supervisor1")).page;
  await supervisor.goto(`${address}/`);
  await supervisor.getByText("更新の期の決裁").first().waitFor();
  await supervisor.goto(url);
  await press(supervisor, "期を始める");
  await supervisor.getByText("対象は4世帯です").waitFor();

  const id = url.split("/").at(-1) ?? "";
  const send = async (letter: "form" | "warning") => {
    const order = {
      title: "現況届",
      parameters: renewalOrder(await season.read(id), letter),
    };
    const run = await mailings.extract(
      await mailings.start({ id: renewalMailingId(season.program, letter) }, order),
    );
    await mailings.make(await mailings.approved(run));
    await city.admin`update mailings.batch_run set state = 'handed-over' where id = ${run.id}`;
  };
  const operator = (await as("operator1")).page;
  await operator.goto(`${address}/`);
  await operator.getByText("現況届の送付").first().waitFor();
  await operator.goto(`${home}/send-form`);
  await look("operator1", "send");
  await send("form");

  // 受付: the number, Enter, Enter.
  const numbers = new Map(
    (await season.answers(id)).map((one) => [one.personNumber, answerNumber(one)]),
  );
  await clerk.goto(`${home}/entry`);
  await clerk.keyboard.type("123456780");
  await clerk.keyboard.press("Enter");
  await clerk.getByText("整理番号は、検証番号を含む9桁の数字です").first().waitFor();
  for (const at of [0, 1, 2]) {
    await clerk.goto(`${home}/entry`);
    await clerk.keyboard.type(numbers.get(mothers[at] ?? "") ?? "");
    await clerk.keyboard.press("Enter");
    await clerk.waitForURL(/receive\?via=window$/);
    if (at === 0) await look("clerk1", "receive");
    await clerk.keyboard.press("Enter");
    await clerk.getByText("受け付けました").waitFor();
  }
  await look("clerk1", "entry");

  const second = (await as("clerk2")).page;
  await second.goto(`${url}/judge`);
  await look("clerk2", "judge");
  await second.getByRole("button", { name: "受け付けた3件を判定する" }).click();
  await second.getByText("1件の更新を起案し、2件を個別審査に回しました。").waitFor();
  await look("clerk2", "season");
  await second.getByRole("link", { name: "所得が限度額以上" }).click();
  await look("clerk2", "list");
  await second.locator("table a").first().click();
  await second.getByText("限度額以上", { exact: true }).waitFor();
  await second.getByText("喪失・支給停止を起案する").first().click();
  await second.getByRole("button", { name: "喪失・支給停止を起案する" }).click();
  await second.getByText("理由を入力してください。").first().waitFor();
  await look("clerk2", "exception");
  await second.locator('[name="reason"]').selectOption("renewal-income");
  await second.locator('[name="comment-propose-end"]').fill("税情報のとおり限度額以上である");
  await second.getByRole("button", { name: "喪失・支給停止を起案する" }).click();
  await second.getByText("を行いました").waitFor();
  const over = second.url();

  // 所得の入力 and its confirmation by another person.
  const keyed2 = (await season.answers(id, "exception"))[0];
  await clerk.goto(`${home}/answers/${keyed2?.id}`);
  await clerk.getByText("所得を入力する").click();
  await clerk.locator('[name="business"]').fill("500000");
  await clerk.getByRole("button", { name: "入力する", exact: true }).click();
  await clerk.getByText("所得を入力しました").waitFor();
  await second.goto(`${home}/answers/${keyed2?.id}`);
  await second.getByRole("button", { name: "入力された所得を確認した" }).click();
  await second.getByText("所得を確認しました").waitFor();
  await second.goto(`${url}/judge`);
  await second.getByRole("button", { name: /もう一度判定する/ }).click();
  await second.getByText("1件の更新を起案し、0件").waitFor();

  await supervisor.goto(`${url}/decide`);
  await look("supervisor1", "decide");
  await press(supervisor, "2件を決裁する");
  await supervisor.getByText("2件を決裁しました。").waitFor();
  await supervisor.goto(over);
  await supervisor.getByText("税情報のとおり限度額以上である").waitFor();
  await press(supervisor, "喪失・支給停止を決裁する");
  await supervisor.getByText("を行いました").waitFor();
  await look("supervisor1", "ended");

  city.platform.clock.moveTo("2026-12-18");
  await send("warning");
  city.platform.clock.moveTo("2027-01-05");
  await second.goto(url);
  await press(second, "未提出の喪失を起案する");
  await second.getByText("1件を起案しました。").waitFor();
  await supervisor.goto(`${url}/decide?state=lapse-proposed`);
  await press(supervisor, "1件を決裁する");
  await supervisor.getByText("1件を決裁しました。").waitFor();
  await supervisor.goto(url);
  await look("supervisor1", "progress");
  expect((await season.answers(id)).map(({ state }) => state).toSorted()).toEqual([
    "ended",
    "lapsed",
    "renewed",
    "renewed",
  ]);
});
