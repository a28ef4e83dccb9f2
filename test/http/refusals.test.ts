import { describe, expect, test } from "vitest";
import { personPath } from "#src/web/person-path.ts";
import { openTestApp, type Visitor } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const { family, open, step, toExamination, toApproval, toIssued } = counterOf(city);
const app = openTestApp(city);
const pageOf = (person: string) => personPath(city.platform, person as PersonNumber);
const caseUrl = (at: { caseId: string }) => `/child-medical/cases/${at.caseId}`;

describe("受け付けられない方の画面", () => {
  test("手続き中の申請があれば、受付のボタンの代わりに、その申請への道を示す", async () => {
    const person = await family();
    const { id, number } = await open("clerk1", person);
    const { text } = await (await app.visitor("clerk1")).get(pageOf(person));
    expect(text).toContain(`この方の申請 ${number} が手続き中です。`);
    expect(text).toContain(`href="/child-medical/cases/${id}"`);
    expect(text).not.toContain('action="/child-medical/cases"');
  });

  test("亡くなった方には理由と進み方を示し、理由を書けば受け付ける。書かなければ同じ画面で欄に知らせる", async () => {
    const person = await family({
      diedOn: "2026-08-01",
      residence: { from: "2026-05-10", fromReason: "birth", to: "2026-08-01", toReason: "death" },
    });
    const clerk = await app.visitor("clerk1");
    const { text } = await clerk.get(pageOf(person));
    expect(text).toContain("受付日より前に亡くなった方です。");
    expect(text).toContain("根拠:");
    const fields = { person, program: "child-medical", receivedOn: "R8.11.20", key: "dead" };
    const refused = await clerk.post("/child-medical/cases", fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("受付日より前に亡くなった方です。");
    const unclear = await clerk.post("/child-medical/cases", { ...fields, insisted: "…" });
    expect(unclear.text).toContain('<a href="#field-insisted">');
    const taken = await clerk.post("/child-medical/cases", {
      ...fields,
      insisted: "保護者が申請書を出されたため",
    });
    expect(taken.status).toBe(303);
  });

  test("15歳に満たない方には、ひとり親の申請は親の画面からと伝える", async () => {
    const { text } = await (await app.visitor("clerk1")).get(pageOf(await family()));
    expect(text).toContain("申請者となる親・養育者の画面から受け付けてください。");
  });
});

describe("入力のときの知らせ", () => {
  const ask = async (clerk: Visitor, check: string, fields: Record<string, string>) =>
    JSON.parse((await clerk.post(`/entry/${check}`, fields)).text);

  test("どのオブジェクトにもある名前の住所は、見つからないと答える", async () => {
    const clerk = await app.visitor("clerk1");
    await clerk.get("/");
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"]) {
      const { status } = await clerk.post(`/entry/${name}`, { value: "1" });
      expect([name, status]).toEqual([name, 404]);
    }
  });

  test("受付日は、出生日より前・今日より後なら、打つそばから知らせる", async () => {
    const person = await family();
    const clerk = await app.visitor("clerk1");
    await clerk.get(pageOf(person));
    const about = { person, program: "child-medical" };
    expect(await ask(clerk, "received-on", { ...about, value: "R8.5.9" })).toEqual({
      text: "令和8年5月9日 受付日が、この方の出生日より前です。",
      wrong: true,
    });
    expect(await ask(clerk, "received-on", { ...about, value: "R8.11.21" })).toMatchObject({
      wrong: true,
    });
    expect(await ask(clerk, "received-on", { ...about, value: "R8.11.20" })).toEqual({
      text: "令和8年11月20日（2026/11/20）",
    });
  });

  test("日付の範囲、理由、印字できない文字を知らせる", async () => {
    const clerk = await app.visitor("clerk1");
    const since = { value: "R8.5.9", notBefore: "2026-05-10 出生日" };
    expect((await ask(clerk, "date", since)).text).toContain("出生日より前の日付は入力できません");
    expect((await ask(clerk, "reason", { value: "。", what: "解除する理由" })).text).toContain(
      "解除する理由が分かるように",
    );
    expect((await ask(clerk, "characters", { value: "花子😀" })).text).toContain("U+1F600");
    expect(await ask(clerk, "characters", { value: "髙橋" })).toEqual({ text: "" });
  });

  test("保存のときにも、資格取得日と絵文字は、その欄で断る", async () => {
    const at = await toExamination(await family());
    const clerk = await app.visitor("clerk1");
    const entry = await clerk.get(`${caseUrl(at)}/entry`);
    expect(entry.text).toContain('data-not-before="2026-05-10 出生日"');
    const sent = await clerk.post(`${caseUrl(at)}/entry`, {
      revision: String(at.revision),
      reason: "birth",
      "guardian.name": "試験　太郎😀",
      "guardian.kana": "シケン　タロウ",
      "guardian.relation": "father",
      "guardian.postalCode": "8600004",
      "guardian.address": "熊本市中央区新町",
      "guardian.telephone": "096-000-0000",
      "insurance.insurerNumber": "01430016",
      "insurance.insurerName": "試験健康保険組合",
      "insurance.kind": "kyokai",
      "insurance.number": "123",
      "insurance.insuredName": "試験　太郎",
      "insurance.relation": "dependant",
      "insurance.since": "R8.5.9",
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('<a href="#field-guardian.name">印字できない文字があります');
    const again = await clerk.post(`${caseUrl(at)}/entry`, {
      ...Object.fromEntries(
        [...sent.text.matchAll(/name="((?:guardian|insurance)\.\w+)"[^>]*value="([^"]*)"/g)].map(
          ([, name = "", value = ""]) => [name, value.replace("😀", "")],
        ),
      ),
      reason: "birth",
      "guardian.relation": "father",
      "insurance.kind": "kyokai",
      "insurance.relation": "dependant",
      revision: String(at.revision),
    });
    expect(again.text).toContain('<a href="#field-insurance.since">出生日より前の日付は');
  });
});

test("申請のどの画面にも、だれの申請か、受付日、担当、標準処理期間が出る", async () => {
  const at = await toApproval(await family());
  const clerk = await app.visitor("clerk1");
  const supervisor = await app.visitor("supervisor1");
  const begun = await open("clerk1", await family());
  for (const { text } of [
    await clerk.get(caseUrl(at)),
    await clerk.get(`/child-medical/cases/${begun.id}/identity`),
    await clerk.get(`/child-medical/cases/${begun.id}/entry`),
    await supervisor.get(`${caseUrl(at)}/decision`),
  ]) {
    const head = /<dl class="case-head".*?<\/dl>/s.exec(text)?.[0] ?? "";
    for (const word of [
      "試験　花子",
      "シケン　ハナコ",
      "令和8年5月10日（0歳6か月）",
      "新町２丁目４番２７号",
      "R8.11.20",
      "標準処理期間（30日）",
      "R8.12.20まで",
    ])
      expect(head).toContain(word);
    expect(head).toContain("担当</dt><dd>未定");
  }
});

test("支援措置の方の住所は、見出しでも伏せる", async () => {
  const person = await family({ protection: { from: "2026-06-01" } });
  const { id } = await open("clerk1", person);
  const { text } = await (await app.visitor("clerk1")).get(`/child-medical/cases/${id}/identity`);
  const head = /<dl class="case-head".*?<\/dl>/s.exec(text)?.[0] ?? "";
  expect(head).toContain("支援措置");
  expect(head).toContain("非表示（支援措置）");
  expect(head).not.toContain("新町");
});

test("計算と合わない却下の起案には、起案者にも決裁者にも印が出る", async () => {
  let at = await toExamination(await family());
  at = await step("clerk2", "confirm", at);
  at = await step("clerk2", "proposeRejection", at, { input: { reason: "residence" } });
  const word = "起案の内容が、計算や記録と合いません。";
  expect((await (await app.visitor("clerk2")).get(caseUrl(at))).text).toContain(word);
  at = await step("clerk2", "requestDecision", at);
  const { text } = await (await app.visitor("supervisor1")).get(`${caseUrl(at)}/decision`);
  expect(text).toContain(word);
  expect(text).toContain("計算では市の住民です。");
});

describe("番号と名前で探す", () => {
  const find = async (clerk: Visitor, q: string) => {
    await clerk.post("/people", { q });
    return clerk.get("/people/found");
  };

  test("申請番号は、幅やハイフンによらず、その申請へ進む。見えない申請は、ないものと同じに答える", async () => {
    const found = await open("clerk1", await family());
    const clerk = await app.visitor("clerk1");
    const wide = found.number.replace(/[!-~]/g, (c) =>
      String.fromCharCode(c.charCodeAt(0) + 0xfee0),
    );
    for (const q of [found.number, found.number.replace("-", ""), wide, `第${found.number}号`]) {
      const { status, headers } = await find(clerk, q);
      expect(status, q).toBe(303);
      expect(headers.location).toBe(`/child-medical/cases/${found.id}`);
    }
    const east = await app.visitor("east1");
    const [seen, none] = [await find(east, found.number), await find(east, "R8-999999")];
    expect(seen.status).toBe(422);
    const said = (html: string) => /<p class="field-error"[^>]*>(.*?)<\/p>/.exec(html)?.[1];
    expect(said(seen.text)).toBe(said(none.text));
  });

  test("受給者番号と統合宛名番号はその方へ、世帯番号は世帯の一覧へ、券番号はその券へ進む", async () => {
    const person = await family({ householdNumber: "H777777" });
    await toIssued(person);
    const [row] = await city.admin`
      select recipient_number from entitlements.entitlement where person_number = ${person}`;
    const clerk = await app.visitor("clerk1");
    for (const q of [row?.recipient_number, person])
      expect((await find(clerk, q)).headers.location, q).toBe(pageOf(person));
    const household = await find(clerk, "ｈ７７７７７７".toUpperCase());
    expect(household.text).toContain("検索結果 2人");
    const coupon = withCheckDigit("987654321");
    await city.admin`
      insert into vaccination.coupon (number, person_number, vaccine, dose, label, usable_from, usable_to, issued_on)
      values (${coupon}, ${person}, 'mr', 1, '第1期', '2026-11-20', '2027-11-20', '2026-11-20')`;
    expect((await find(clerk, coupon)).headers.location).toBe(`/vaccination/coupons/${coupon}`);
  });

  test("外国人の方は、通称でも本名でも、姓だけ・名だけでも見つかり、どちらの名かが出る", async () => {
    await family({
      nationality: "foreign",
      name: {
        kanji: "MARIA CRUZ SANTOS",
        kana: "マリア　クルス　サントス",
        alphabetic: "MARIA CRUZ SANTOS",
        commonName: "山本　真理",
        commonKana: "ヤマモト　マリ",
      },
    });
    const clerk = await app.visitor("clerk1");
    for (const q of ["santos", "Santos Maria", "サントス", "山本", "ヤマモト", "cruz"]) {
      const { text } = await find(clerk, q);
      expect(text, q).toContain("山本　真理");
      expect(text, q).toContain('<span class="name-word">通称</span>');
      expect(text, q).toContain("本名 MARIA CRUZ SANTOS");
    }
    // Of others the given name alone is too wide where a family name begins so.
    await family({ name: { kanji: "花子山　一郎", kana: "ハナコヤマ　イチロウ" } });
    const { text } = await find(clerk, "はなこ");
    expect(text).toContain("花子山　一郎");
    expect(text).not.toContain("試験　花子");
  });
});
