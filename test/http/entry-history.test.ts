import { describe, expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const household = householdCounterOf(city);
const { visitor } = openTestApp(city);

/** The rows of the page as lists of cells, each panel's under its title. */
const panelsOf = (html: string): [title: string, rows: string[][]][] =>
  [...html.matchAll(/<section class="panel" aria-label="([^"]*)">(.*?)<\/section>/gs)].map(
    ([, title = "", panel = ""]) => [
      title,
      [...panel.matchAll(/<tr><td>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
        row.split("</td>").flatMap((cell) => {
          const text = cell.replace(/<[^>]+>/g, "").trim();
          return text ? [text] : [];
        }),
      ),
    ],
  );
const history = async (who: TestStaff, path: string) => {
  const answer = await (await visitor(who)).get(`${path}/entries`);
  return { status: answer.status, text: answer.text, panels: panelsOf(answer.text) };
};

describe("入力の履歴", () => {
  test("だれが、いつ、どの項目を、何から何に変えたかが、新しい順に並ぶ", async () => {
    const at = await counter.toExamination(await counter.family());
    const path = `/child-medical/cases/${at.caseId}`;
    const { guardian } = inventedApplication;
    const changed = await counter.step("clerk2", "enter", at, {
      input: {
        ...inventedApplication,
        guardian: { ...guardian, telephone: "096-222-2222", relation: "mother" },
        account: null,
        welfare: true,
      },
    });
    await counter.step("clerk1", "confirm", changed);
    const { text, panels } = await history("supervisor1", path);
    const [newest, first] = panels;
    expect(newest?.[0]).toMatch(/^2026\/11\/20 \d{1,2}:\d\d　窓口 二郎$/);
    expect(newest?.[1]).toEqual([
      ["保護者（申請者） 子どもとの続柄", "父", "母"],
      ["保護者（申請者） 電話番号", "096-000-0000", "096-222-2222"],
      [expect.stringContaining("口座"), "はい", "いいえ"],
      ["振込先口座 金融機関コード", "0001", "（なし）"],
      ["振込先口座 店番（3桁）", "001", "（なし）"],
      ["振込先口座 種類", "普通", "（なし）"],
      ["振込先口座 口座番号（7桁）", "1234567", "（なし）"],
      ["振込先口座 口座名義（カナ）", "シケン　タロウ", "（なし）"],
      ["生活保護を受けている", "いいえ", "はい"],
    ]);
    expect(text).toContain("確認済 窓口 一子");
    expect(first?.[0]).toContain("窓口 一子");
    expect(first?.[1]).toContainEqual(["保護者（申請者） 電話番号", "096-000-0000"]);
    const page = await (await visitor("clerk1")).get(path);
    expect(page.text).toContain(`href="${path}/entries"`);
  });

  test("世帯の申請では、一人ひとりの項目が、その方の名とともに出る", async () => {
    const home = await household.household([
      { name: { kanji: "試験　長女", kana: "シケン　チョウジョ" }, birthDate: "2015-05-10" },
      { name: { kanji: "試験　長男", kana: "シケン　チョウナン" }, birthDate: "2018-05-10" },
    ]);
    const application = householdApplication(home);
    const at = await household.toExamination(home.mother, application);
    const [one, two] = application.people;
    if (one?.role !== "child" || !two) throw new Error("no children");
    await household.step("clerk2", "enter", at, {
      input: {
        ...application,
        // The lines in another order: nothing of that is a change.
        people: [two, { ...one, disabled: true, insurance: null }],
        applicant: { ...application.applicant, telephone: "096-333-3333" },
      },
    });
    const { panels } = await history("clerk1", `/single-parent-medical/cases/${at.caseId}`);
    const rows = panels[0]?.[1] ?? [];
    const titles = rows.map(([title]) => title);
    expect(titles).toEqual([
      "申請者 電話番号",
      expect.stringMatching(/^試験　\S+（.*歳） 条例の定める障害がある（20歳未満まで）$/),
      expect.stringMatching(/^試験　\S+（.*歳） 健康保険$/),
      expect.stringMatching(/^試験　\S+（.*歳） .*枝番/),
    ]);
    expect(rows[2]?.slice(1)).toEqual(["申請者と同じ健康保険の被扶養者", "まだ加入していない"]);
  });

  test("届出では、今の登録から何が変わるかが出る", async () => {
    const home = await household.household();
    const issued = await household.toIssued(home.mother, householdApplication(home));
    const report = await household.report(issued.caseId, {
      subject: "mailing",
      occursOn: "2026-11-20",
    });
    const at = await household.step("clerk1", "recordIdentity", report, {
      input: { subject: "applicant", method: "number-card", documents: [], mandateSeen: false },
    });
    await household.step("clerk1", "enter", at, {
      input: {
        mailing: {
          name: "試験　送付",
          postalCode: "8600004",
          address: "熊本市中央区新町１丁目１番１号",
          building: "",
          reason: "hospital",
        },
      },
    });
    const path = `/single-parent-medical/cases/${report.caseId}`;
    const { panels } = await history("clerk2", path);
    expect(panels[0]?.[1]).toContainEqual([
      expect.stringContaining("住所"),
      "（なし）",
      "熊本市中央区新町１丁目１番１号",
    ]);
  });

  test("支援措置の方の住所の変更は、権限のある職員にだけ出る", async () => {
    const at = await counter.toExamination(
      await counter.family({ protection: { from: "2026-06-01" } }),
    );
    const { guardian } = inventedApplication;
    await counter.step("clerk2", "enter", at, {
      input: {
        ...inventedApplication,
        guardian: { ...guardian, address: "熊本市東区秘密町９番", name: "試験　新姓" },
      },
    });
    const path = `/child-medical/cases/${at.caseId}`;
    const masked = await history("clerk1", path);
    expect(masked.text).not.toMatch(/秘密町|新町２丁目/);
    expect(masked.text).toContain("住所を扱う権限のある職員にだけ表示されます");
    expect(masked.panels[0]?.[1]).toEqual([["保護者（申請者） 氏名", "試験　太郎", "試験　新姓"]]);
    const open = await history("supervisor1", path);
    expect(open.text).toContain("秘密町");
  });

  test("見たことが記録に残り、ほかの区・ほかの事務の職員は開けない", async () => {
    const number = await counter.family();
    const at = await counter.toExamination(number);
    const path = `/child-medical/cases/${at.caseId}`;
    const counted = async (action: string) =>
      (
        await city.admin`select count(*)::int as n from audit.record
          where action = ${action} and case_id = ${at.caseId} and (person_number = ${number} or person_number is null)`
      )[0]?.n;
    const looks = await counted("person.look");
    expect((await history("clerk2", path)).status).toBe(200);
    expect(await counted("person.look")).toBe(looks + 1);
    expect(await counted("application.history-opened")).toBe(1);
    expect((await history("east1", path)).status).toBe(404);
    const other = `/single-parent-medical/cases/${at.caseId}`;
    expect((await history("clerk2", other)).status).toBe(404);
    const empty = await counter.open("clerk1", await counter.family());
    expect((await history("clerk1", `/child-medical/cases/${empty.id}`)).status).toBe(404);
  });
});
