import { describe, expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { scannedTiff } from "#test/support/tiff.ts";

const city = await openTestPlatform();
const { family, open, toExamination, view } = counterOf(city);
const app = openTestApp(city);
const urlOf = (caseId: string) => `/child-medical/cases/${caseId}`;
const opened = async () => urlOf((await open("clerk1", await family())).id);
const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

describe("メモ", () => {
  test("書いた職員と日時とともに、新しい順に残る", async () => {
    const url = await opened();
    const clerk = await app.visitor("clerk1");
    const second = await app.visitor("clerk2");
    await clerk.post(`${url}/notes`, { note: "電話で書類を案内した" });
    expect((await second.post(`${url}/notes`, { note: "来庁の予定あり" })).status).toBe(303);
    const { text } = await clerk.get(url);
    const [newest, oldest] = [text.indexOf("来庁の予定あり"), text.indexOf("電話で書類を案内した")];
    expect(newest).toBeGreaterThan(0);
    expect(oldest).toBeGreaterThan(newest);
    expect(text.slice(newest - 300, newest)).toContain("窓口 二郎");
  });

  test("空のメモは、その欄に誤りを示して戻る", async () => {
    const url = await opened();
    const refused = await (await app.visitor("clerk1")).post(`${url}/notes`, { note: " " });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/id="field-note-error">\s*メモを入力してください。/);
    expect(refused.text).toMatch(/<details class="disclosure" open[^>]*><summary>メモを書く/);
  });

  test("長すぎるメモは、書いたものを残して戻る", async () => {
    const url = await opened();
    const note = "長".repeat(2001);
    const refused = await (await app.visitor("clerk1")).post(`${url}/notes`, { note });
    expect(refused.text).toContain("メモは2000字までで入力してください。");
    expect(refused.text).toContain(`${note}</textarea>`);
  });
});

describe("添付", () => {
  const upload = async (url: string, bytes: Uint8Array, document = "insurance-proof") =>
    (await app.visitor("clerk1")).upload(
      `${url}/attachments`,
      { document },
      { field: "scan", name: "scan.bin", bytes },
    );
  const linkIn = (html: string) => /href="([^"]+\/attachments\/[\w-]{36})"/.exec(html)?.[1] ?? "";

  test("書類の写しは、名前の書類として並び、そのまま開き、取り下げれば消える", async () => {
    const url = await opened();
    expect((await upload(url, png)).status).toBe(303);
    const clerk = await app.visitor("clerk1");
    const { text } = await clerk.get(url);
    expect(text).toContain("PNG 1KB");
    const file = await clerk.get(linkIn(text));
    expect(file.headers["content-type"]).toBe("image/png");
    expect(file.headers["content-disposition"]).toContain("inline");
    expect(Buffer.from(file.body).equals(png)).toBe(true);
    expect((await clerk.post(`${linkIn(text)}/withdrawal`)).status).toBe(303);
    expect((await clerk.get(url)).text).toContain("添付はありません。");
    expect((await clerk.get(linkIn(text))).status).toBe(404);
  });

  test.for([
    ["ファイルがない", new Uint8Array(), "ファイルを選んでください。"],
    ["種類が違う", Buffer.from("text"), "PDF、JPEG、PNG、TIFFのファイルを選んでください。"],
    ["大きすぎる", Buffer.concat([png, Buffer.alloc(10_500_000)]), "ファイルは10MBまでです。"],
  ] as const)("%sときは、選んだ書類を残して、その欄に誤りを示す", async ([, bytes, told]) => {
    const refused = await upload(await opened(), bytes, "account-proof");
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(new RegExp(`id="field-scan-error">\\s*${told}`));
    expect(refused.text).toMatch(/<option[^>]*value="account-proof"[^>]*selected/);
  });

  test("スキャナーのTIFFは、開くときにPDFになり、壊れたものは断る", async () => {
    const url = await opened();
    const tiff = await scannedTiff("ccittfax4", { pages: 2 });
    expect((await upload(url, tiff)).status).toBe(303);
    const clerk = await app.visitor("clerk1");
    const { text } = await clerk.get(url);
    expect(text).toContain("TIFF 1KB");
    const file = await clerk.get(linkIn(text));
    expect(file.headers["content-type"]).toBe("application/pdf");
    const refused = await upload(url, tiff.subarray(0, tiff.length >> 1));
    expect(refused.text).toMatch(/id="field-scan-error">\s*TIFFを読み取れません。/);
  });

  test("支援措置の方の写しは、住所を見てよい職員だけが開ける", async () => {
    const at = await toExamination(await family({ protection: { from: "2026-06-01" } }));
    await upload(urlOf(at.caseId), png);
    const { attachments } = await view(at.caseId);
    const path = `${urlOf(at.caseId)}/attachments/${attachments[0]?.id}`;
    const clerk = await app.visitor("clerk1");
    expect((await clerk.get(urlOf(at.caseId))).text).not.toContain(`href="${path}"`);
    expect((await clerk.get(path)).status).toBe(403);
    expect((await (await app.visitor("supervisor1")).get(path)).status).toBe(200);
  });

  test("別の申請の写しは、この申請からは開けず、取り下げられない", async () => {
    const [url, other] = [await opened(), await opened()];
    await upload(url, png);
    const clerk = await app.visitor("clerk1");
    const strange = linkIn((await clerk.get(url)).text).replace(url, other);
    expect((await clerk.get(strange)).status).toBe(404);
    expect((await clerk.post(`${strange}/withdrawal`)).status).toBe(404);
  });
});

describe("照会", () => {
  const ask = { "subject-inquiry": "earlier-subsidy", addressee: "福岡市", dueOn: "R8.12.4" };
  const inquiryOf = async (url: string) =>
    (await view(url.split("/").at(-1) ?? "")).inquiries[0]?.id;

  test("送り、期限を過ぎれば印が付き、督促し、回答を記録する", async () => {
    const url = await opened();
    const clerk = await app.visitor("clerk1");
    expect((await clerk.post(`${url}/inquiries`, ask)).status).toBe(303);
    expect((await clerk.get(url)).text).toContain("回答待ち");
    city.platform.clock.moveTo("2026-12-05");
    expect((await clerk.get(url)).text).toContain("期限超過 1件");
    const path = `${url}/inquiries/${await inquiryOf(url)}`;
    await clerk.post(`${path}/reminder`);
    expect((await clerk.get(url)).text).toContain("<dt>督促日</dt><dd>令和8年12月5日</dd>");
    const field = `answer-${await inquiryOf(url)}`;
    const empty = await clerk.post(`${path}/answer`, { [field]: "" });
    expect(empty.status).toBe(422);
    expect(empty.text).toMatch(
      new RegExp(`id="field-${field}-error">\\s*回答の内容を入力してください。`),
    );
    await clerk.post(`${path}/answer`, { [field]: "令和8年10月まで受給あり" });
    const { text } = await clerk.get(url);
    expect(text).toContain("令和8年10月まで受給あり（令和8年12月5日）");
    expect(text).not.toContain("期限超過");
    const again = await clerk.post(`${path}/answer`, { [field]: "別の回答" });
    expect(again.status).toBe(409);
    expect(again.text).toContain("この照会には、すでに回答が記録されています。");
    city.platform.clock.moveTo("2026-11-20");
  });

  test("誤りは、入力を残して、その欄に示す", async () => {
    const url = await opened();
    const clerk = await app.visitor("clerk1");
    for (const [field, value, told] of [
      ["addressee", "", "照会先を入力してください。例: 福岡市"],
      ["dueOn", "R8.11.1", "回答期限には、今日以後の日付を入力してください。例: R8.12.4"],
      ["subject-inquiry", "x", "照会する事項を選んでください。"],
    ] as const) {
      const refused = await clerk.post(`${url}/inquiries`, { ...ask, [field]: value });
      expect(refused.status, field).toBe(422);
      expect(refused.text).toMatch(new RegExp(`id="field-${field}-error">\\s*${told}`));
      expect(refused.text).toMatch(/<summary>照会を記録する/);
    }
  });
});

describe("書類の確認", () => {
  test("画面が古ければ、選んだものを残して、誰が何をしたかを示す", async () => {
    const at = await toExamination(await family());
    const sent = await (await app.visitor("clerk1")).post(`${urlOf(at.caseId)}/documents`, {
      revision: String(at.revision - 1),
      key: "late",
      "insurance-proof": "missing",
    });
    expect(sent.status).toBe(409);
    expect(sent.text).toContain("窓口 一子: 審査に回す");
    expect(sent.text).toMatch(/name="insurance-proof" value="missing" checked/);
  });
});
