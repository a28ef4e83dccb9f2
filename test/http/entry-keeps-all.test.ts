import { describe, expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { formOf } from "#test/support/form-of.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const app = openTestApp(city);
const entryUrl = (at: { caseId: string }) => `/child-medical/cases/${at.caseId}/entry`;

/** The entry page of a case, with what it shows. */
async function opened(who: "clerk1" | "clerk2", url: string) {
  const visitor = await app.visitor(who);
  const page = await visitor.get(url);
  return { visitor, sent: formOf(page.text, url) };
}

/** The sentence at a field. */
const mistakeAt = (html: string, name: string) =>
  new RegExp(`id="field-${name}-error">([^<]*)`).exec(html)?.[1] ?? "";

describe("印を付けていない欄への入力", () => {
  test("は、保存済みとされずに、印のところで知らされ、入力は残る", async () => {
    const at = await counter.toExamination(await counter.family());
    const { visitor, sent } = await opened("clerk1", entryUrl(at));
    const answer = await visitor.post(entryUrl(at), {
      ...sent,
      "agent.name": "試験　代理",
      "mailing.address": "熊本市中央区手取本町１番１号",
    });
    expect(answer.status).toBe(422);
    expect(mistakeAt(answer.text, "agent.given")).toContain("「代理人の氏名」に入力があります");
    expect(mistakeAt(answer.text, "mailing.given")).toContain("「住所」に入力があります");
    expect(answer.text).toContain('href="#field-agent.given"');
    expect(answer.text).toContain('value="試験　代理"');
  });

  test("印を外しただけなら、前に登録した欄が残っていても、登録をやめたことになる", async () => {
    const at = await counter.toExamination(await counter.family());
    const { visitor, sent } = await opened("clerk1", entryUrl(at));
    const { "account.given": _, ...without } = sent;
    expect((await visitor.post(entryUrl(at), without)).status).toBe(303);
    expect((await counter.view(at.caseId)).entered?.account).toBeNull();
  });

  test("印を外してから書き換えた欄は、知らされる", async () => {
    const at = await counter.toExamination(await counter.family());
    const { visitor, sent } = await opened("clerk1", entryUrl(at));
    const { "account.given": _, ...without } = sent;
    const answer = await visitor.post(entryUrl(at), { ...without, "account.number": "7654321" });
    expect(answer.status).toBe(422);
    expect(mistakeAt(answer.text, "account.given")).toContain("「口座番号（7桁）」");
  });
});

describe("選んだもののほかの欄への入力", () => {
  const household = householdCounterOf(city);

  test("世帯の外の方の番号や児童の保険は、立場や保険の選び方で使わないなら、そこで知らされる", async () => {
    const home = await household.household();
    const at = await household.toExamination(home.mother, householdApplication(home));
    const url = `/single-parent-medical/cases/${at.caseId}/entry`;
    const { visitor, sent } = await opened("clerk1", url);
    const child = Object.keys(sent).find((name) => name.endsWith(".insurance.given")) ?? "";
    const outside = Object.keys(sent)
      .filter((name) => /^people\.\d+\.role$/.test(name))
      .at(-1);
    const answer = await visitor.post(url, {
      ...sent,
      [(outside ?? "").replace("role", "personNumber")]: "1000000014",
      [child.replace("given", "insurerName")]: "試験共済",
    });
    expect(answer.status).toBe(422);
    expect(mistakeAt(answer.text, outside ?? "?")).toContain("「統合宛名番号」");
    expect(mistakeAt(answer.text, child)).toContain("「保険者名」");
  });
});

describe("ほかの職員が先に保存したとき", () => {
  test("項目ごとに、開いたとき、相手、自分の値が並び、選ばずには保存されない", async () => {
    const at = await counter.toExamination(await counter.family());
    const { visitor, sent } = await opened("clerk2", entryUrl(at));
    const { guardian, insurance } = inventedApplication;
    await counter.step("clerk1", "enter", at, {
      input: {
        ...inventedApplication,
        guardian: { ...guardian, telephone: "096-222-2222", building: "１０１" },
        insurance: { ...insurance, symbol: "999" },
      },
    });
    const mine = { ...sent, "guardian.telephone": "096-111-1111", "insurance.number": "456" };
    const conflict = await visitor.post(entryUrl(at), mine);
    expect(conflict.status).toBe(409);
    for (const told of [
      "窓口 一子",
      "保護者（申請者） 電話番号",
      "画面を開いたとき: 096-000-0000",
      "ほかの職員の入力: 096-222-2222",
      "自分の入力: 096-111-1111",
      "保護者（申請者） 方書",
      "ほかの職員の入力: １０１",
      "子どもの健康保険（主保険） 記号",
    ])
      expect(conflict.text).toContain(told);
    // Only mine: nothing to choose.
    expect(conflict.text).not.toContain("子どもの健康保険（主保険） 番号");

    const form = formOf(conflict.text, entryUrl(at));
    expect(form["take:guardian.building"]).toBe("theirs");
    expect(form["take:guardian.telephone"]).toBeUndefined();
    const undecided = await visitor.post(entryUrl(at), { ...form, chosen: "save" });
    expect(undecided.status).toBe(422);
    expect(undecided.text).toContain(
      "「保護者（申請者） 電話番号」を、どちらにするか選んでください。",
    );
    const shown = await visitor.post(entryUrl(at), {
      ...form,
      "take:guardian.telephone": "theirs",
      chosen: "show",
    });
    expect(shown.status).toBe(200);
    const again = formOf(shown.text, entryUrl(at));
    expect(again["guardian.telephone"]).toBe("096-222-2222");
    expect(again["insurance.number"]).toBe("456");
    const saved = await visitor.post(entryUrl(at), {
      ...form,
      "take:guardian.telephone": "mine",
      chosen: "save",
    });
    expect(saved.status).toBe(303);
    const { entered } = await counter.view(at.caseId);
    expect(entered?.guardian).toMatchObject({ telephone: "096-111-1111", building: "１０１" });
    expect(entered?.insurance).toMatchObject({ symbol: "999", number: "456" });
  });

  test("選んでいる間にまた保存されたら、もう一度知らされる", async () => {
    let at = await counter.toExamination(await counter.family());
    const { visitor, sent } = await opened("clerk2", entryUrl(at));
    const other = (telephone: string) => ({
      ...inventedApplication,
      guardian: { ...inventedApplication.guardian, telephone },
    });
    at = await counter.step("clerk1", "enter", at, { input: other("096-222-2222") });
    const mine = { ...sent, "guardian.telephone": "096-111-1111" };
    const form = formOf((await visitor.post(entryUrl(at), mine)).text, entryUrl(at));
    await counter.step("clerk1", "enter", at, { input: other("096-333-3333") });
    const again = await visitor.post(entryUrl(at), {
      ...form,
      "take:guardian.telephone": "mine",
      chosen: "save",
    });
    expect(again.status).toBe(409);
    expect(again.text).toContain("ほかの職員の入力: 096-333-3333");
  });

  test("入力でない操作なら、入力はそのまま残り、もう一度押せば保存される", async () => {
    const at = await counter.toExamination(await counter.family());
    const { visitor, sent } = await opened("clerk2", entryUrl(at));
    await counter.step("clerk1", "recordDocuments", at, { input: {} });
    const mine = { ...sent, "guardian.telephone": "096-111-1111" };
    const answer = await visitor.post(entryUrl(at), mine);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain("この画面の項目を変えていません");
    const form = formOf(answer.text, entryUrl(at));
    expect(form["guardian.telephone"]).toBe("096-111-1111");
    expect((await visitor.post(entryUrl(at), form)).status).toBe(303);
  });
});

describe("書類の記録が重なったとき", () => {
  test("今の記録と違う書類が知らされ、選んだものは残る", async () => {
    const at = await counter.toExamination(await counter.family());
    const url = `/child-medical/cases/${at.caseId}`;
    const visitor = await app.visitor("clerk2");
    const sent = formOf((await visitor.get(`${url}/documents`)).text, `${url}/documents`);
    expect(sent["account-proof"]).toBe("seen");
    await counter.step("clerk1", "recordDocuments", at, { input: { "account-proof": "missing" } });
    const answer = await visitor.post(`${url}/documents`, sent);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain("ほかの職員の入力: 不足");
    expect(answer.text).toContain("自分の入力: 確認済");
    expect(answer.text).not.toContain("take:insurance-proof");
    const again = formOf(answer.text, `${url}/documents`);
    const mine = { ...again, "take:account-proof": "mine", chosen: "save" };
    expect((await visitor.post(`${url}/documents`, mine)).status).toBe(303);
  });
});

describe("長すぎる入力", () => {
  test("は、日本語で知らされ、500にも英語にもならない", async () => {
    const at = await counter.toExamination(await counter.family());
    const { visitor, sent } = await opened("clerk1", entryUrl(at));
    const named = await visitor.post(entryUrl(at), { ...sent, "guardian.name": "あ".repeat(201) });
    expect(named.status).toBe(422);
    expect(mistakeAt(named.text, "guardian.name")).toBe("保護者の氏名は200字までです。");
    const url = `/child-medical/cases/${at.caseId}`;
    const comment = await visitor.post(`${url}/step`, {
      event: "withdraw",
      revision: String(at.revision),
      key: "long",
      "comment-withdraw": "あ".repeat(2001),
    });
    expect(comment.status).toBe(422);
    expect(mistakeAt(comment.text, "comment-withdraw")).toContain("400文字以内");
    const endless = await visitor.post(entryUrl(at), {
      ...sent,
      "guardian.name": "あ".repeat(20_001),
    });
    expect(endless.status).toBe(422);
    expect(endless.text).toContain("1つの欄に入力できるのは20,000字までです。");
  });

  test("の前に、欄そのものが長さを限っている", async () => {
    const at = await counter.toExamination(await counter.family());
    const visitor = await app.visitor("clerk1");
    for (const url of [entryUrl(at), `/child-medical/cases/${at.caseId}`, "/people"]) {
      const { text } = await visitor.get(url);
      const main = text.slice(text.indexOf("<main"), text.indexOf("</main>"));
      const fields = main.match(
        /<textarea\b[^>]*>|<input\b(?![^>]*type="(?:hidden|checkbox|radio|file|submit)")[^>]*>/g,
      );
      for (const field of fields ?? []) expect(field).toMatch(/maxlength="\d+"/i);
    }
  });
});
