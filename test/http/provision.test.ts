import { Decrypter, generateIdentity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { provide } from "#src/platform/provision/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const identity = await generateIdentity();
const known = invented();
const [person = "", hidden = ""] = await runWork(
  city.platform,
  await city.system(),
  { purpose: "feed" },
  (work) =>
    writePeople(work, [
      { record: known },
      { record: invented({ protection: { from: "2026-06-01" } }) },
    ]),
);
const proposal = {
  recipient: "見本県福祉部",
  work: "手当の支給",
  legalBasis: "見本条例第3条",
  source: "評価書 II-5",
  items: ["name", "birth-date"],
  way: "file",
  publicKey: await identityToRecipient(identity),
  from: "R8.4.1",
  to: "",
};

async function approved() {
  const officer = await visitor("scheme1");
  await officer.get("/provision-rules");
  for (const [wrong, words] of [
    [{ recipient: "" }, "提供先を2文字以上"],
    [{ items: "" }, "提供する項目を選んでください"],
    [{ publicKey: "鍵" }, "age の公開鍵"],
    [{ from: "いつか" }, "始まりを入力してください"],
    [{ to: "R8.3.31" }, "終わりは始まりより後に"],
  ] as const) {
    const answer = await officer.post("/provision-rules", { ...proposal, ...wrong });
    expect(answer.status, words).toBe(422);
    expect(answer.text).toContain(words);
  }
  await officer.post("/provision-rules", proposal);
  await officer.post("/provision-rules", {
    ...proposal,
    recipient: "見本町",
    way: "paper",
    publicKey: "",
    items: ["name", "address"],
  });
  expect((await officer.get("/provision-rules")).text).toContain("承認待ち");
  expect((await officer.post("/provision-rules/1/decision", { event: "approve" })).status).toBe(
    403,
  );
  const privacy = await visitor("privacy1");
  expect((await privacy.get("/")).text).toContain("提供先の起案 第1号");
  await privacy.get("/provision-rules/decisions");
  await privacy.post("/provision-rules/1/decision", { event: "approve" });
  await privacy.post("/provision-rules/2/decision", { event: "approve" });
  expect((await privacy.post("/provision-rules/1/decision", { event: "refuse" })).status).toBe(409);
  return privacy;
}

test("提供は、承認された表のとおりに内容を確かめてから行い、相手だけが開けるファイルになり、拒否も待ちも記録に残る", async () => {
  const privacy = await approved();
  const one = await visitor("supervisor1");
  await one.get("/provisions/new");
  const wanted = { rule: "1", person, items: ["name", "birth-date"] };
  const surplus = await one.post("/provisions/new", { ...wanted, items: ["name", "address"] });
  expect(surplus.status).toBe(422);
  expect(surplus.text).toContain("氏名・カナ、生年月日");
  const preview = await one.post("/provisions/new", wanted);
  expect(preview.status).toBe(200);
  for (const words of ["見本県福祉部", known.name.kanji, known.birthDate])
    expect(preview.text).toContain(words);
  expect(preview.text).not.toContain(known.address.town);

  const file = await one.post("/provisions/made", wanted);
  const bytes = Buffer.from(file.body);
  expect(bytes.includes(known.birthDate)).toBe(false);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const table = await decrypter.decrypt(new Uint8Array(bytes), "text");
  expect(table).toContain('"氏名","カナ","生年月日"');
  expect(table).toContain(known.birthDate);
  expect(table).not.toContain(known.address.town);

  const paper = await one.post("/provisions/made", { rule: "2", person, items: ["address"] });
  expect(paper.text).toContain("提供票 第2号");
  expect(paper.text).toContain(known.address.block);

  // 他の機能からの呼び出しも、同じところで拒否され、残る。
  const called = await runWork(
    city.platform,
    await city.actor("supervisor1"),
    { purpose: "inquiry" },
    (work) =>
      provide(work, {
        recipient: "表にない会社",
        basis: "見本条例第3条",
        person,
        items: ["name"],
      }),
  );
  expect(called).toEqual({ outcome: "refused", request: 3, refusal: "recipient" });

  const auditor = await visitor("auditor1");
  const register = await auditor.get("/provisions");
  for (const words of ["記録 3件", "表にない会社", "表にない提供先", "提供済", person])
    expect(register.text).toContain(words);
  await auditor.post("/provisions", { state: "refused" });
  expect((await auditor.get("/provisions")).text).toContain("記録 1件");
  await auditor.post("/provisions", { from: "いつか" });
  expect((await auditor.get("/provisions")).status).toBe(422);

  await privacy.post("/provision-rules/2/decision", { event: "end" });
  expect((await privacy.post("/provision-rules/2/decision", { event: "end" })).status).toBe(409);
});

test("自動応答不可の方と支援措置の方は、ほかの職員が解除するまで提供されず、解くのも二人で行う", async () => {
  const one = await visitor("supervisor1");
  const two = await visitor("supervisor2");
  await one.get("/answer-flags");
  expect((await one.post("/answer-flags", { person, reason: "" })).status).toBe(422);
  expect((await one.post("/answer-flags", { person: "1", reason: "safety" })).status).toBe(422);
  await one.post("/answer-flags", { person, reason: "safety" });
  expect((await one.post("/answer-flags", { person, reason: "safety" })).text).toContain(
    "既に自動応答不可です",
  );
  await one.get("/provisions/new");
  for (const number of [person, hidden])
    await one.post("/provisions/made", { rule: "1", person: number, items: ["name"] });
  const list = await one.get("/provisions");
  expect(list.text).toContain("解除待ち");
  expect((await two.get("/")).text).toContain("提供の依頼 第4号");
  expect((await one.get("/provisions/4")).text).toContain("自分が依頼したものは");
  expect(
    (await one.post("/provisions/4/decision", { event: "released", reason: "確認したため" }))
      .status,
  ).toBe(403);
  expect((await one.post("/provisions/4/take", {})).status).toBe(409);

  await two.get("/provisions/4");
  const short = await two.post("/provisions/4/decision", { event: "released", reason: "" });
  expect(short.status).toBe(422);
  expect(short.text).toContain("理由を5文字以上");
  await two.post("/provisions/4/decision", { event: "released", reason: "本人に確認したため" });
  await two.post("/provisions/5/decision", { event: "refused", reason: "本人が望まないため" });
  expect((await one.get("/provisions/5")).text).toContain("解除しない");
  expect((await one.post("/provisions/4/take", {})).headers["content-disposition"]).toContain(
    "provision-4.csv.age",
  );
  expect((await one.post("/provisions/4/take", {})).status).toBe(409);

  expect((await one.post("/answer-flags/1/step", { event: "ask", lift: "" })).status).toBe(422);
  await one.post("/answer-flags/1/step", { event: "ask", lift: "ended" });
  expect((await one.get("/answer-flags")).text).toContain("自分が起案したものは解けません");
  expect((await one.post("/answer-flags/1/step", { event: "lift" })).status).toBe(403);
  await two.get("/answer-flags");
  await two.post("/answer-flags/1/step", { event: "keep" });
  await two.post("/answer-flags/1/step", { event: "ask", lift: "ended" });
  await one.post("/answer-flags/1/step", { event: "lift" });
  expect((await one.get("/answer-flags")).text).toContain("自動応答不可の方 0人");
});
