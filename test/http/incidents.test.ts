import { describe, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { findingOf } from "#test/support/findings.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const numbers = await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
  writePeople(work, [{ record: invented() }, { record: invented() }]),
);
const words = {
  summary: "職員が業務の目的によらず住民の情報を見た。",
  items: "氏名、住所",
  people: "2人",
  cause: "職員の規律違反",
  harm: "確認されていない",
  toPeople: "文書で通知した",
  published: "予定なし",
  prevention: "研修と点検",
  other: "なし",
};

/** Begins an incident that became known on a day, and answers with its address. */
async function begun(fields: Record<string, string> = {}): Promise<string> {
  const officer = await visitor("privacy1");
  await officer.get("/incidents/new");
  const answer = await officer.post("/incidents/new", {
    kind: "leak",
    knownOn: "R8.11.18",
    withNumber: "yes",
    ...fields,
  });
  return String(answer.headers.location);
}

const step = (event: string, doneOn = "R8.11.20") => ({
  event,
  [`doneOn-${event}`]: doneOn,
  [`said-${event}`]: `${event} についての記録です。`,
});

describe("漏えい等の事案", () => {
  test("は、知った日を1日目として速報と確報の期限を示し、期限の近いものからホームに並ぶ", async () => {
    const path = await begun();
    const officer = await visitor("privacy2");
    const { text } = await officer.get(path);
    expect(text).toContain("速報の期限は令和8年11月22日です。");
    expect(text).toContain("番号法第29条の4");
    expect(text).toContain("令和8年12月17日");
    const home = await officer.get("/");
    expect(home.text).toContain("漏えい等の事案 第1号（速報）");
    expect(home.text).toContain("R8.11.22");
    await officer.post(`${path}/assessment`, { kind: "leak", malicious: "yes" });
    const judged = await officer.get(path);
    // 60日目は令和9年1月16日（土）なので、次の開庁日。
    expect(judged.text).toContain("令和9年1月18日");
    expect(judged.text).not.toContain("番号法第29条の4、");
  });

  test("は、発覚から終結まで、報告の内容、本人への通知、別の人の確認がそろって進む", async () => {
    const path = await begun();
    const officer = await visitor("privacy1");
    await officer.get(path);
    expect((await officer.post(path, step("preliminary"))).status).toBe(403);
    await officer.post(`${path}/report`, { summary: words.summary });
    await officer.post(path, step("preliminary"));
    expect((await officer.get(path)).text).toContain("確報の期限は");
    expect((await officer.post(path, step("final"))).text).toContain("まだ書かれていない項目");
    await officer.post(path, step("investigate"));
    await officer.post(`${path}/report`, words);
    const added = await officer.post(`${path}/people`, { numbers: `${numbers.join("\n")}\n` });
    expect(added.headers.location).toBe(path);
    await officer.post(path, step("final"));
    expect((await officer.post(path, step("told"))).text).toContain("通知が済んでいない方がいます");
    for (const person of numbers)
      await officer.post(`${path}/told`, { person, how: "letter", on: "R8.11.20" });
    await officer.post(path, step("told"));
    await officer.post(path, step("prevent"));
    const own = await officer.get(path);
    expect(own.text).toContain("最後の手続きをした本人は終結できません");
    const second = await visitor("privacy2");
    await second.get(path);
    await second.post(path, step("close"));
    const { text } = await second.get(path);
    for (const part of [
      "終結しました",
      words.summary,
      "prevent についての記録です。",
      "未通知 0人",
    ])
      expect(text).toContain(part);
    expect((await second.get("/incidents?which=closed")).text).toContain(`${path}"`);
  });

  test("の報告書は、内容を保存すれば印刷でき、保存するまでは断る", async () => {
    const path = await begun();
    const officer = await visitor("privacy1");
    expect((await officer.get(`${path}/report.pdf`)).status).toBe(422);
    await officer.get(path);
    await officer.post(`${path}/report`, { summary: words.summary });
    const paper = await officer.get(`${path}/report.pdf`);
    expect(paper.headers["content-type"]).toBe("application/pdf");
  });

  test("に、読めない日、知った日より前の日、検査数字の合わない番号、空の内容は入れられない", async () => {
    const path = await begun();
    const officer = await visitor("privacy1");
    await officer.get(path);
    expect((await officer.post(`${path}/report`, { summary: "" })).text).toContain(
      "概要を入力してください",
    );
    await officer.post(`${path}/report`, { summary: words.summary });
    for (const day of ["R8.11.17", "いつか", "R8.11.21"])
      expect((await officer.post(path, step("preliminary", day))).text, day).toContain(
        "知った日から今日までの日を入力してください",
      );
    const wrong = await officer.post(`${path}/people`, { numbers: `${numbers[0]} 1234567890` });
    expect(wrong.status).toBe(422);
    expect((await officer.get(path)).text).toContain("まだだれも載っていません");
    const late = await officer.post("/incidents/new", { kind: "leak", knownOn: "R9.1.1" });
    expect(late.text).toContain("今日までの1年以内");
  });

  test("は、事案とした指摘から始められ、指摘と結びつく", async () => {
    const finding = await findingOf(city, "clerk1", { people: numbers });
    const officer = await visitor("privacy1");
    const at = `/access-review/findings/${finding}`;
    await officer.get(at);
    await officer.post(at, { event: "incident", "said-incident": "用件のない閲覧だった。" });
    expect((await officer.get(at)).text).toContain(`/incidents/new?finding=${finding}`);
    const path = await begun({ finding: String(finding) });
    expect((await officer.get(at)).text).toContain(path);
    expect((await officer.get(path)).text).toContain(`点検の指摘 第${finding}号`);
  });

  test("は、権限のない職員には開かない", async () => {
    const path = await begun();
    for (const who of ["auditor1", "clerk1", "supervisor1", "admin1"] as const)
      expect((await (await visitor(who)).get(path)).status, who).toBe(403);
  });
});
