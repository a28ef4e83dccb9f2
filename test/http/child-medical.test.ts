import { describe, expect, test } from "vitest";
import { type Statement, signStatement } from "#src/platform/entitlements/index.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { openedCase, openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { family, step, toExamination, toApproval, toIssued, view } = counterOf(city);
const app = openTestApp(city);
const caseUrl = (at: { caseId: string }) => `/child-medical/cases/${at.caseId}`;
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

describe("申請の画面", () => {
  test("押せないボタンには理由が付き、権限のない職員は決裁の画面を開けない", async () => {
    const at = await toApproval(await family());
    const clerk = await (await app.visitor("clerk1")).get(caseUrl(at));
    expect(clerk.text).toContain("この操作を行う権限がありません。");
    expect((await (await app.visitor("clerk1")).get(`${caseUrl(at)}/decision`)).status).toBe(403);
  });

  test("必要なコメントがなければ、入力を残して戻る", async () => {
    const at = await toExamination(await family());
    const clerk = await app.visitor("clerk2");
    const page = await clerk.get(caseUrl(at));
    const sent = await clerk.post(`${caseUrl(at)}/step`, {
      event: "withdraw",
      revision: hidden(page.text, "revision"),
      key: "no-comment",
      "comment-withdraw": " ",
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain("理由・コメントを入力してください。");
    expect(sent.text).toContain('<details class="disclosure" open');
  });

  test("古い画面からの操作は409で、誰が何をしたかを示し、コメントを残す", async () => {
    const at = await toExamination(await family());
    await step("clerk2", "confirm", at);
    const sent = await (await app.visitor("clerk1")).post(`${caseUrl(at)}/step`, {
      event: "proposeRejection",
      revision: String(at.revision),
      key: "late",
      "reason-proposeRejection": "residence",
      "comment-proposeRejection": "転出を確認",
    });
    expect(sent.status).toBe(409);
    expect(sent.text).toContain("窓口 二郎: 入力内容を確認する");
    expect(sent.text).toContain("転出を確認");
  });

  test("二度押しても一度だけ進む", async () => {
    const at = await toExamination(await family());
    const clerk = await app.visitor("clerk2");
    const fields = { event: "confirm", revision: String(at.revision), key: "double" };
    const [one, two] = [
      await clerk.post(`${caseUrl(at)}/step`, fields),
      await clerk.post(`${caseUrl(at)}/step`, fields),
    ];
    expect([one.status, two.status]).toEqual([303, 303]);
    const { history } = await view(at.caseId);
    expect(history.filter((line) => line.type === "confirm")).toHaveLength(1);
  });

  test("支援措置の方の住所は、権限のない職員の画面のどこにもない", async () => {
    const at = await toExamination(await family({ protection: { from: "2026-06-01" } }));
    const clerk = await app.visitor("clerk1");
    for (const url of [caseUrl(at), `${caseUrl(at)}/entry`]) {
      const page = await clerk.get(url);
      expect(page.text).toContain("支援措置");
      expect(page.text).not.toContain("新町");
    }
    const supervisor = await (await app.visitor("supervisor1")).get(caseUrl(at));
    expect(supervisor.text).toContain("新町");
  });

  test("差し戻された起案は、理由とともに起案した人のホームに出る", async () => {
    const at = await toApproval(await family());
    const comment = "方書を確かめてください";
    await step("supervisor1", "remand", at, { comment });
    expect((await (await app.visitor("clerk2")).get("/")).text).toContain(comment);
    expect((await (await app.visitor("clerk1")).get("/")).text).not.toContain(comment);
  });

  test("標題と番地に個人の情報はない", async () => {
    const at = await toIssued(await family());
    const clerk = await app.visitor("clerk1");
    const list = (await clerk.get("/child-medical/cases?state=all")).text;
    expect(/<title>(.*?)<\/title>/.exec(list)?.[1]).not.toContain("試験");
    expect([...list.matchAll(/(?:href|action)="([^"]*)"/g)].join()).not.toMatch(
      /試験|(?<![\da-f])\d{10}(?![\da-f])/,
    );
    const title = /<title>(.*?)<\/title>/.exec((await clerk.get(caseUrl(at))).text)?.[1];
    expect(title).toMatch(/^こども医療費助成 申請 R8-\d{6} 証交付/);
  });
});

describe("決裁の画面", () => {
  test("却下: 理由と通知書を、押す前に示す", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", "confirm", at);
    at = await step("clerk2", "proposeRejection", at, { input: { reason: "insurance" } });
    at = await step("clerk2", "requestDecision", at);
    const supervisor = await app.visitor("supervisor1");
    const page = await supervisor.get(`${caseUrl(at)}/decision`);
    expect(page.text).toContain("申請を却下します");
    expect(page.text).toContain("医療保険各法の被保険者又は被扶養者でないため");
    const preview = await supervisor.get(`${caseUrl(at)}/preview/rejection`);
    expect(preview.headers["content-type"]).toBe("application/pdf");
  });

  test("職権取消: 起案した決裁者には押せない理由を示す", async () => {
    let at = await toIssued(await family());
    at = await step("supervisor1", "proposeRevocation", at, { input: { reason: "fraud" } });
    const own = await (await app.visitor("supervisor1")).get(`${caseUrl(at)}/decision`);
    expect(own.text).toContain("起案した本人は決裁できません。");
    const other = await (await app.visitor("supervisor2")).get(`${caseUrl(at)}/decision`);
    expect(other.text).toContain("この内容で決裁する");
    expect(other.text).toContain("偽りその他不正の手段により認定を受けたため");
  });

  test("喪失: 届出から決裁まで", async () => {
    const issued = await toIssued(await family());
    const clerk = await app.visitor("clerk1");
    const wrong = await clerk.post(`${caseUrl(issued)}/changes`, {
      subject: "loss",
      occursOn: "R8.12.1",
      key: "loss",
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("資格の喪失の場合は、その理由を選んでください。");
    expect(wrong.text).toContain('value="R8.12.1"');
    const opened = await clerk.post(`${caseUrl(issued)}/changes`, {
      subject: "loss:moved-out",
      occursOn: "R8.12.1",
      reportedOn: "R8.11.18",
      key: "loss",
    });
    const url = openedCase(opened);
    const entry = await clerk.get(`${url}/entry`);
    expect(entry.text).toContain("届出の理由と日付は、届出の受付時に入力済みです。");
    await clerk.post(`${url}/identity`, {
      subject: "applicant",
      method: "number-card",
      revision: "1",
      key: "a",
    });
    await clerk.post(`${url}/entry`, { revision: "2", key: "b" });
    await clerk.post(`${url}/step`, { event: "submit", revision: "3", key: "c" });
    const second = await app.visitor("clerk2");
    await second.post(`${url}/step`, { event: "confirm", revision: "4", key: "d" });
    await second.post(`${url}/step`, { event: "requestDecision", revision: "5", key: "e" });
    const supervisor = await app.visitor("supervisor1");
    const page = await supervisor.get(`${url}/decision`);
    for (const told of [
      "受給資格の喪失を決定します",
      "令和8年11月30日まで",
      "市外への転出",
      "有効な受給者証1枚は失効します",
      "資格喪失通知書を1通作成します。宛先: 〒8600004 熊本市中央区新町２丁目４番２７号 試験　太郎 様",
    ])
      expect(page.text).toContain(told);
    const paper = /name="paper" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
    await supervisor.post(`${url}/step`, { event: "approve", revision: "6", key: "f", paper });
    expect((await clerk.get(url)).text).toContain("反映済");
    const { text } = await clerk.get(caseUrl(issued));
    expect(text).toContain("資格喪失により失効");
    const moved = /資格異動<\/caption>.*?<\/table>/s.exec(text)?.[0] ?? "";
    for (const told of ["取得", "喪失", "R8.12.1", "R8.11.18", "市外への転出", "決裁 一"])
      expect(moved).toContain(told);
  });

  test("帳票の設定が変わったときと、理由のない差戻しは、決裁の画面に戻る", async () => {
    const at = await toApproval(await family());
    const supervisor = await app.visitor("supervisor1");
    const sent = { revision: String(at.revision), key: "seen" };
    const stale = await supervisor.post(`${caseUrl(at)}/step`, {
      ...sent,
      event: "approve",
      paper: "letters/approval v0 -",
      "comment-approve": "問題ありません",
    });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain("見本をもう一度確かめてください。");
    expect(stale.text).toContain("この内容で決裁する");
    expect(stale.text).toContain("問題ありません</textarea>");
    const silent = await supervisor.post(`${caseUrl(at)}/step`, {
      ...sent,
      event: "remand",
      "comment-remand": "",
    });
    expect(silent.status).toBe(422);
    expect(silent.text).toContain("理由・コメントを入力してください。");
    expect(silent.text).toContain("差戻しの理由");
  });

  test("認定: 有効期間、番号、宛先を、押す前に示す", async () => {
    const at = await toApproval(await family());
    const { text } = await (await app.visitor("supervisor1")).get(`${caseUrl(at)}/decision`);
    for (const told of [
      "受給資格を認定します",
      "令和8年11月20日 〜 令和27年3月31日",
      "この決裁のときに付番します",
      "認定通知書を1通作成します。宛先: 〒8600004",
      "この決裁では支払は生じません",
      "入力 窓口 一子　確認 窓口 二郎",
    ])
      expect(text).toContain(told);
  });

  test("どの変更届も、入力画面に今の登録が入っている", async () => {
    const issued = await toIssued(await family());
    const clerk = await app.visitor("clerk1");
    const known = {
      insurance: "試験健康保険組合",
      guardian: "シケン　タロウ",
      account: "1234567",
      mailing: "送付先",
    };
    for (const [subject, text] of Object.entries(known)) {
      const opened = await clerk.post(`${caseUrl(issued)}/changes`, {
        subject,
        occursOn: "R8.12.1",
        key: `known ${subject}`,
      });
      expect((await clerk.get(`${openedCase(opened)}/entry`)).text, subject).toContain(text);
    }
  });
});

describe("受給者証の確認の画面", () => {
  test("本物は券面の内容を示し、再交付の前の券は無効と分かる", async () => {
    const at = await toIssued(await family());
    const { entitlements } = await view(at.caseId);
    const statement: Statement = {
      payerNumber: "83430017",
      recipientNumber: entitlements[0]?.recipientNumber ?? "",
      birthDate: "2026-05-10",
      from: "2026-11-20",
      until: "2045-03-31",
      issuedOn: "2026-11-20",
      issue: 1,
    };
    const clerk = await app.visitor("clerk1");
    const check = async () =>
      (
        await clerk.post("/child-medical/certificates/verify", {
          statement: signStatement(
            statement,
            childMedical.certificate.statement,
            city.platform.keys.signingKey,
          ),
        })
      ).text;
    expect(await check()).toContain("本市が発行した受給者証です。");
    await step("clerk1", "reissue", at, { input: { reason: "lost" } });
    expect(await check()).toContain("この受給者証は無効です（再交付により無効）。");
  });
});

test("住民の画面から受け付け、続きの手続きがあれば断る", async () => {
  const person = await family();
  const clerk = await app.visitor("clerk1");
  await clerk.get("/");
  const opened = await clerk.post("/child-medical/cases", {
    person,
    receivedOn: "R8.11.20",
    key: "from-person",
  });
  expect(opened.headers.location).toMatch(/^\/child-medical\/cases\/[\w-]{36}\/identity$/);
  const again = await clerk.post("/child-medical/cases", {
    person,
    receivedOn: "R8.11.20",
    key: "another",
  });
  expect(again.status).toBe(409);
  expect(again.text).toContain("手続き中です");
  expect(again.text).toContain(`href="${openedCase(opened)}"`);
});

test("受付の誤りは、入力を残した受付の画面で、その欄に示す", async () => {
  const person = await family();
  const clerk = await app.visitor("clerk1");
  for (const [receivedOn, told] of [
    ["R8.11.21", "受付日に、今日より後の日付は入力できません。"],
    ["きのう", "受付日を入力してください。例: R8.11.20"],
  ] as const) {
    const refused = await clerk.post("/child-medical/cases", { person, receivedOn, key: "wrong" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("<title>こども医療費助成 受付");
    expect(refused.text).toContain(`value="${receivedOn}"`);
    expect(refused.text).toMatch(new RegExp(`id="field-receivedOn-error">\\s*${told}`));
  }
  const nobody = { person: "0000000000", receivedOn: "R8.11.20", key: "nobody" };
  expect((await clerk.post("/child-medical/cases", nobody)).status).toBe(404);
});

test("ほかの事務の画面からは、この事務の申請も文書も開かない", async () => {
  const at = await toIssued(await family());
  const clerk = await app.visitor("clerk1");
  const { documents } = await view(at.caseId);
  expect(documents.length).toBeGreaterThan(0);
  expect((await clerk.get(caseUrl(at))).status).toBe(200);
  expect((await clerk.get(`/vaccination/documents/${documents[0]?.id}`)).status).toBe(404);
});
