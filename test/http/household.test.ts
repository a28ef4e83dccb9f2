import { describe, expect, test } from "vitest";
import { programs } from "#src/programs/registry.ts";
import { readCodes, renderPages } from "#test/documents/render.ts";
import { openedCase, openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { sampleCounterOf } from "#test/support/sample-counter.ts";
import { sampleScreens } from "#test/support/sample-program.tsx";

const city = await openTestPlatform();
const { family, open, step, toApproval, toIssued } = await sampleCounterOf(city);
const app = openTestApp(city, [...programs, sampleScreens]);
const clerk = await app.visitor("clerk1");
const supervisor = await app.visitor("supervisor1");
const urlOf = ({ caseId }: { caseId: string }) => `/sample-allowance/cases/${caseId}`;

let keys = 0;
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

/** Sends a form of the case as it stands. */
async function send(who: typeof clerk, url: string, path: string, fields: Record<string, string>) {
  const revision = hidden((await who.get(url)).text, "revision");
  return who.post(`${url}/${path}`, { revision, key: `household-form-${keys++}`, ...fields });
}

/** The value of the option of a drop-down list whose words begin so. */
function optionOf(html: string, name: string, beginning: string): string {
  const [select = ""] = new RegExp(`<select[^>]*name="${name}".*?</select>`, "s").exec(html) ?? [];
  const options = [...select.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)/g)];
  return options.find(([, , words]) => words?.startsWith(beginning))?.[1] ?? "none";
}

describe("世帯の申請の画面", () => {
  test("申請の方が立場と年齢とともに並び、それぞれの住民の画面へ行ける", async () => {
    const { text } = await clerk.get(urlOf(await toApproval(await family())));
    const [panel = ""] = /aria-label="この手続きの方 3人".*?<\/section>/s.exec(text) ?? [];
    for (const told of [
      "試験　母子",
      "試験　長女",
      "試験　長男",
      "申請者",
      "対象者",
      "36歳",
      "4歳",
    ])
      expect(panel).toContain(told);
    expect(panel.match(/href="\/people\/[\w-]{32}"/g)).toHaveLength(3);
    expect(text.replaceAll(/<\/?span[^>]*>/g, "")).toContain(
      "<dt>試験　長男</dt><dd>令和8年11月20日 〜 令和9年11月20日</dd>",
    );
  });

  test("入力の画面で選んだ子どもが、申請の方になる", async () => {
    const url = urlOf(await open(await family()));
    await send(clerk, url, "identity", { subject: "applicant", method: "number-card" });
    const form = (await clerk.get(`${url}/entry`)).text;
    const son = /name="children" value="(\d)"[^>]*\/><span>試験　長男/.exec(form)?.[1] ?? "";
    const fields = {
      "applicant.name": "試験　母子",
      "applicant.kana": "シケン　ハハコ",
      "applicant.relation": "mother",
      "applicant.postalCode": "860-0004",
      "applicant.address": "熊本市中央区新町２丁目４番２７号",
      "applicant.telephone": "０９６－０００－００００",
    };
    expect((await send(clerk, url, "entry", { ...fields, children: son })).status).toBe(303);
    const { text } = await clerk.get(url);
    expect(text).toContain('aria-label="この手続きの方 2人"');
    expect(text).toContain("096-000-0000");
  });

  test("一人でも支援措置の対象なら、注意が出て、住所は権限のない職員に見えない", async () => {
    const url = urlOf(await toApproval(await family({ protection: { from: "2026-06-01" } })));
    const { text } = await clerk.get(url);
    expect(text).toContain("住所等の秘匿が必要な方です。");
    expect(text).toMatch(/試験　長男<\/a>.*?<span class="badge badge-protected">支援措置/s);
    expect(text).not.toContain("096-000-0000");
    expect((await supervisor.get(url)).text).toContain("096-000-0000");
  });

  test("決裁の画面は、一人ひとりの期間と番号を、押す前に示す", async () => {
    const url = urlOf(await toApproval(await family()));
    const { text } = await supervisor.get(`${url}/decision`);
    for (const name of ["試験　長女", "試験　長男"])
      expect(text).toContain(
        `<dt>${name}</dt><dd>令和8年11月20日 〜 令和9年11月20日（受給者番号 この決裁のときに付番します）`,
      );
    expect(text).toContain("認定通知書を1通作成します。宛先: 〒8600004");
  });

  test("世帯の誰の画面にも申請が並び、番号はどの宛先にも出ない", async () => {
    const people = await family();
    const url = urlOf(await toIssued(people));
    const { text } = await clerk.get(url);
    const addresses = [...text.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(
      ([, to]) => to ?? "",
    );
    for (const number of [people.mother, ...people.children])
      expect(addresses.filter((to) => to.includes(number))).toEqual([]);
    const paths = new Set(text.match(/\/people\/[\w-]{32}/g));
    expect(paths.size).toBe(3);
    for (const path of paths) expect((await clerk.get(path)).text).toContain(`href="${url}"`);
  });
});

describe("世帯の受給者証", () => {
  const issuesIn = (html: string) =>
    [...html.matchAll(/<tr><td>(試験　長.)<\/td><td class="align-end">(\d)<\/td>/g)]
      .map(([, name, issue]) => `${name} ${issue}`)
      .toSorted();

  test("交付は証のない全員に、再交付は選んだ一人に行い、選ばなければ戻る", async () => {
    const at = await toIssued(await family());
    const url = urlOf(at);
    expect(issuesIn((await clerk.get(url)).text)).toEqual(["試験　長女 1", "試験　長男 1"]);
    const reissue = { event: "reissue", "reason-reissue": "lost" };
    const nobody = await send(clerk, url, "step", { ...reissue, "person-reissue": "" });
    expect(nobody.status).toBe(422);
    expect(nobody.text).toMatch(/id="field-person-reissue-error">\s*対象の証を選んでください。/);
    expect(nobody.text).toMatch(/value="lost"[^>]*selected/);
    const son = optionOf(nobody.text, "person-reissue", "試験　長男");
    await send(clerk, url, "step", { ...reissue, "person-reissue": son });
    expect(issuesIn((await clerk.get(url)).text)).toEqual([
      "試験　長女 1",
      "試験　長男 1",
      "試験　長男 2",
    ]);
  });

  test("再交付の理由を選ばなければ、その欄に誤りを示して戻る", async () => {
    const url = urlOf(await toIssued(await family()));
    const sent = { event: "reissue", "reason-reissue": "" };
    const { status, text } = await send(clerk, url, "step", sent);
    expect(status).toBe(422);
    expect(text).toMatch(/id="field-reason-reissue-error">\s*理由を選んでください。/);
  });

  test("返還は、選んだ一人の証だけを終わらせる", async () => {
    const url = urlOf(await toIssued(await family()));
    const page = (await clerk.get(url)).text;
    const daughter = optionOf(page, "person-returnCertificate", "試験　長女");
    const sent = { event: "returnCertificate", "person-returnCertificate": daughter };
    await send(clerk, url, "step", sent);
    const { text } = await clerk.get(url);
    expect(text).toMatch(/<td>試験　長女<\/td>(?:(?!<tr>).)*返還（/s);
    expect(text).not.toMatch(/<td>試験　長男<\/td>(?:(?!<tr>).)*返還（/s);
  });

  test("見本は、番号のない宛先で、一人ずつ見られる", async () => {
    const url = urlOf(await toIssued(await family()));
    for (const n of [0, 1]) {
      const preview = await clerk.get(`${url}/preview/certificate?of=${n}`);
      expect(preview.headers["content-type"]).toBe("application/pdf");
      // Nothing on it passes for a genuine certificate.
      const [page] = await renderPages(preview.body, 300);
      if (!page) throw new Error("no page");
      const codes = await readCodes(page, "QRCode");
      expect(codes.map((bytes) => bytes.toString())).toEqual(["見本"]);
    }
    expect((await clerk.get(`${url}/preview/certificate?of=2`)).status).toBe(404);
  });
});

describe("世帯の届出", () => {
  test("一人の喪失は対象の方を選んで受け付け、決裁でその方の資格だけが終わる", async () => {
    const url = urlOf(await toIssued(await family()));
    const leave = { subject: "leave:independent", occursOn: "R8.12.1" };
    const nobody = await send(clerk, url, "changes", { ...leave, person: "" });
    expect(nobody.status).toBe(422);
    expect(nobody.text).toMatch(/id="field-person-error">\s*対象の方を選んでください。/);
    expect(nobody.text).toMatch(/value="leave:independent"[^>]*selected/);
    const son = optionOf(nobody.text, "person", "試験　長男");
    const opened = await send(clerk, url, "changes", { ...leave, person: son });
    const report = openedCase(opened);
    await send(clerk, report, "identity", { subject: "applicant", method: "number-card" });
    await send(clerk, report, "entry", {});
    let at = { caseId: report.split("/").at(-1) ?? "", revision: 3 };
    at = await step("clerk1", "submit", at);
    at = await step("clerk2", "confirm", at);
    at = await step("clerk2", "requestLoss", at);
    const page = (await supervisor.get(`${report}/decision`)).text;
    expect(page).toContain("<dt>試験　長男</dt>");
    expect(page).not.toContain("<dt>試験　長女</dt>");
    expect(page).toContain("有効な証書1枚は失効します");
    await step("supervisor1", "approve", at);
    const { text } = await clerk.get(url);
    const [table = ""] = /受給資格<\/caption>.*?<\/table>/s.exec(text) ?? [];
    expect(table).toMatch(/試験　長男(?:(?!<tr>).)*喪失/s);
    expect(table).toMatch(/試験　長女(?:(?!<tr>).)*有効/s);
  });

  test("申請者の変更は、今の登録と並び、変わるところに印が付く", async () => {
    const url = urlOf(await toIssued(await family()));
    const opened = await send(clerk, url, "changes", { subject: "applicant", occursOn: "R8.12.1" });
    const report = openedCase(opened);
    expect((await clerk.get(report)).text).toContain(
      "今の登録（届出の内容はまだ入力されていません）",
    );
    await send(clerk, report, "identity", { subject: "applicant", method: "number-card" });
    const form = (await clerk.get(`${report}/entry`)).text;
    const fields = ["name", "kana", "postalCode", "address", "building"].map((item) => {
      const value =
        new RegExp(`name="applicant.${item}"[^>]*value="([^"]*)"`).exec(form)?.[1] ?? "";
      return [`applicant.${item}`, value];
    });
    const entered = await send(clerk, report, "entry", {
      ...Object.fromEntries(fields),
      "applicant.relation": "mother",
      "applicant.telephone": "096-111-1111",
    });
    expect(entered.status).toBe(303);
    const { text } = await clerk.get(report);
    const [table = ""] = /届出の内容と今の登録<\/caption>.*?<\/table>/s.exec(text) ?? [];
    expect(table).toContain("<td>096-111-1111</td><td>096-000-0000</td>");
    expect(table.match(/class="differs">変更/g)).toHaveLength(1);
  });
});
