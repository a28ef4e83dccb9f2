import { describe, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { noticeOfMinister, reliefOf } from "#test/support/relief.ts";
import { textOfPages } from "../documents/render.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const counter = counterOf(city);
const record = invented();
const [number = ""] = await runWork(
  city.platform,
  await city.system(),
  { purpose: "feed" },
  (work) => writePeople(work, [{ record }]),
);
const asked = {
  kind: "disclosure",
  personNumber: number,
  birthDate: record.birthDate,
  asker: "self",
  method: "number-card",
  receivedOn: "R8.11.18",
};

/** Receives a request, and answers with its address. */
async function received(fields: Record<string, string> = {}): Promise<string> {
  const officer = await visitor("privacy1");
  await officer.get("/subject-requests/new");
  const answer = await officer.post("/subject-requests/new", { ...asked, ...fields });
  return String(answer.headers.location);
}

const step = (event: string, fields: Record<string, string> = {}, doneOn = "R8.11.20") => ({
  event,
  [`doneOn-${event}`]: doneOn,
  [`said-${event}`]: `${event} についての記録です。`,
  ...fields,
});
const proposal = { outcome: "part", reason: "third-person", "withheld-looks": "duties" };

/** What stands on a paper, without the places where lines end. */
async function paperOf(who: "privacy1" | "privacy2", path: string): Promise<string> {
  const answer = await (await visitor(who)).get(path);
  expect(answer.headers["content-type"], path).toBe("application/pdf");
  const pages = await textOfPages(new Uint8Array(answer.body as Buffer));
  return pages.join("").replaceAll(/\s/gu, "");
}

describe("本人からの請求", () => {
  test("は、受け付けた日の翌日から30日の期限とともにホームに並び、一度だけ30日延ばせる", async () => {
    const path = await received();
    const officer = await visitor("privacy2");
    const home = await officer.get("/");
    expect(home.text).toContain("本人からの請求 第1号（開示、受付）");
    expect(home.text).toContain("R8.12.18");
    expect((await officer.get(path)).text).toContain("決定の期限は令和8年12月18日です。");
    await officer.post(path, step("extend"));
    expect((await officer.get(path)).text).toContain("決定の期限は令和9年1月17日です。");
    expect((await officer.post(path, step("extend"))).text).toContain("期限の延長は1回だけです");
  });

  test("は、調査し、別の人が決定し、通知し、実施して終結する", async () => {
    const path = await received();
    const officer = await visitor("privacy1");
    await officer.get(path);
    expect((await officer.get(`${path}/held.pdf`)).status).toBe(403);
    await officer.post(path, step("investigate"));
    const draft = await paperOf("privacy1", `${path}/held.pdf`);
    expect(draft).toContain("決定前の確認用です");
    expect(draft).toContain("閲覧の記録");
    expect((await officer.post(path, step("propose", { outcome: "part" }))).text).toContain(
      "理由の区分を選んでください",
    );
    const bare = await officer.post(
      path,
      step("propose", { outcome: "part", reason: "third-person" }),
    );
    expect(bare.text).toContain("開示しない部分を1つ以上選んでください");
    await officer.post(path, step("propose", proposal));
    expect((await officer.get(path)).text).toContain("決定案を作った本人は決定できません");
    expect((await officer.get(`${path}/notice.pdf`)).status).toBe(422);
    const second = await visitor("privacy2");
    await second.get(path);
    await second.post(path, step("decide"));
    const paper = await paperOf("privacy2", `${path}/held.pdf`);
    expect(paper).not.toContain("決定前");
    expect(paper).toContain("開示しない部分です。理由事務の適正な遂行への支障");
    expect(paper).toContain(record.name.kana.replaceAll(/\s/gu, ""));
    const notice = await paperOf("privacy2", `${path}/notice.pdf`);
    for (const part of [
      "保有個人情報の一部の開示をする旨の決定通知書",
      "3か月以内に",
      "proposeについての記録です。",
      "閲覧の記録",
    ])
      expect(notice).toContain(part);
    for (const event of ["notify", "carry", "close"]) await second.post(path, step(event));
    const { text } = await second.get(path);
    expect(text).toContain("手続きは終わりました");
    expect(text).not.toContain("決定通知書</a>");
    expect((await second.get("/subject-requests?which=ended")).text).toContain(`${path}"`);
  });

  test("の写しには、申請の内容、受給資格、交付した文書が事務の言葉で載り、求めた事務だけに限れる", async () => {
    const child = { personNumber: await counter.family(), birthDate: "2026-05-10" };
    await counter.toIssued(child.personNumber);
    const of = async (program: string) => {
      const path = await received({
        personNumber: child.personNumber,
        birthDate: child.birthDate,
        program,
      });
      const officer = await visitor("privacy1");
      await officer.get(path);
      await officer.post(path, step("investigate"));
      return paperOf("privacy1", `${path}/held.pdf`);
    };
    const paper = await of("child-medical");
    for (const part of [
      "こども医療費助成",
      "受給者番号",
      "受給者証（1回目",
      "保険者",
      "こども医療費受給者証",
    ])
      expect(paper).toContain(part);
    expect(await of("vaccination")).not.toContain("受給者番号");
  });

  test("の写しには、健康被害救済の請求に入力したことと国の答えが載り、ほかの事務の請求には載らない", async () => {
    const relief = reliefOf(city);
    const birthDate = "2025-01-10";
    const child = { personNumber: await relief.person({ birthDate }), birthDate };
    await relief.denied({}, child.personNumber);
    const of = async (program: string) => {
      const path = await received({ ...child, program });
      const officer = await visitor("privacy1");
      await officer.get(path);
      await officer.post(path, step("investigate"));
      return paperOf("privacy1", `${path}/held.pdf`);
    };
    const paper = await of("vaccination");
    for (const part of [
      "症状と経過",
      "接種の翌日に発熱とけいれん",
      "A類疾病の定期接種",
      "令和8年4月20日接種",
      "因果関係を否定できない",
      noticeOfMinister.reference,
      "否認",
    ])
      expect(paper).toContain(part);
    expect(await of("child-medical")).not.toContain("けいれん");
  });

  test("の写しにも決定通知書にも、支援措置の方の住所は載らない", async () => {
    const personNumber = await counter.family();
    await counter.toExamination(personNumber);
    await city.admin`update vault.person set protected_from = '2026-11-01' where person_number = ${personNumber}`;
    const path = await received({ personNumber, birthDate: "2026-05-10" });
    const officer = await visitor("privacy1");
    await officer.get(path);
    await officer.post(path, step("investigate"));
    await officer.post(path, step("propose", { outcome: "whole" }));
    const second = await visitor("privacy2");
    await second.get(path);
    await second.post(path, step("decide"));
    for (const name of ["held.pdf", "notice.pdf"]) {
      const paper = await paperOf("privacy2", `${path}/${name}`);
      expect(paper, name).toContain("試験花子");
      expect(paper, name).not.toContain("新町");
    }
  });

  test("は、生年月日の合わない番号、代理人の資格のないとき、書類の足りないとき、先の日には受け付けない", async () => {
    const officer = await visitor("privacy1");
    await officer.get("/subject-requests/new");
    for (const [fields, words] of [
      [{ birthDate: "S30.1.1" }, "この番号と生年月日の方は住民記録にいません"],
      [{ personNumber: "1234567890" }, "統合宛名番号（10けた）を入力してください"],
      [{ asker: "agent" }, "委任状"],
      [{ method: "two-documents" }, "書類を2点選んでください"],
      [{ receivedOn: "R9.1.1" }, "今日までの1年以内"],
    ] as const) {
      const answer = await officer.post("/subject-requests/new", { ...asked, ...fields });
      expect(answer.status, words).toBe(422);
      expect(answer.text).toContain(words);
    }
  });

  test("を取り下げると、その方の記録はもう開けない", async () => {
    const path = await received();
    const officer = await visitor("privacy1");
    await officer.get(path);
    await officer.post(path, step("investigate"));
    await officer.post(path, step("withdraw"));
    expect((await officer.get(path)).text).toContain("取下げ");
    expect((await officer.get(`${path}/held.pdf`)).status).toBe(403);
  });

  test("は、権限のない職員には開かない", async () => {
    const path = await received();
    for (const who of ["auditor1", "clerk1", "supervisor1", "admin1"] as const)
      for (const at of [path, `${path}/held.pdf`, `${path}/notice.pdf`, "/subject-requests"])
        expect((await (await visitor(who)).get(at)).status, `${who} ${at}`).toBe(403);
  });
});
