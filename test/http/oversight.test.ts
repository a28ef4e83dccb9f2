import { describe, expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { findingOf } from "#test/support/findings.ts";
import { makePersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const people = [1, 2].map((n) => makePersonNumber(100_000_000 + n));
const [first = ""] = people;
const idOf = async (who: Parameters<typeof city.actor>[0]) => (await city.actor(who)).staffId;

describe("アクセスの点検", () => {
  test("の指摘は、監査担当が本人に説明を求め、本人が答え、問題なしとされて終わる", async () => {
    const id = await findingOf(city, "clerk1", { people });
    const path = `/access-review/findings/${id}`;
    const auditor = await visitor("auditor1");
    expect((await auditor.get("/")).text).toContain(`点検の指摘 第${id}号（夜間・閉庁日の閲覧）`);
    const { text } = await auditor.get(path);
    for (const words of ["窓口 一子", ...people, "22時から6時まで", "もとになった記録 2件"])
      expect(text).toContain(words);
    await auditor.post(path, {
      event: "ask",
      askOf: String(await idOf("clerk1")),
      "said-ask": "23時に庁舎にいた用件を教えてください。",
    });

    const clerk = await visitor("clerk1");
    expect((await clerk.get("/")).text).toContain(`/explanations/${id}`);
    const asked = await clerk.get(`/explanations/${id}`);
    for (const words of ["23時に庁舎にいた用件を教えてください。", ...people])
      expect(asked.text).toContain(words);
    const empty = await clerk.post(`/explanations/${id}`, { "said-explain": "" });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain("説明を入力してください");
    await clerk.post(`/explanations/${id}`, { "said-explain": "災害対応の夜間窓口の当番でした。" });
    expect((await clerk.get(`/explanations/${id}`)).status).toBe(404);

    const settled = await auditor.get(path);
    expect(settled.text).toContain("災害対応の夜間窓口の当番でした。");
    await auditor.post(path, { event: "justify", "said-justify": "当番表と合っている。" });
    const list = await auditor.get("/access-review?which=settled");
    expect(list.text).toContain("問題なし");
    expect((await auditor.get(path)).text).toContain("処理は済んでいます");
  });

  test("の指摘を、求められていない職員は見られず、上司に説明を求めれば本人でなく上司に出る", async () => {
    const id = await findingOf(city, "clerk2", { people });
    const auditor = await visitor("auditor1");
    const path = `/access-review/findings/${id}`;
    await auditor.get(path);
    expect((await auditor.post(path, { event: "ask" })).text).toContain(
      "説明を求める職員を選んでください",
    );
    await auditor.post(path, { event: "ask", askOf: String(await idOf("supervisor1")) });
    for (const who of ["clerk1", "clerk2"] as const)
      expect((await (await visitor(who)).get(`/explanations/${id}`)).status, who).toBe(404);
    expect((await (await visitor("clerk2")).get(path)).status).toBe(403);
    expect((await (await visitor("supervisor1")).get(`/explanations/${id}`)).status).toBe(200);
  });

  test("で、理由のない判断は受け付けられず、ほかの監査担当が先に処理した指摘は二度処理されない", async () => {
    const id = await findingOf(city, "clerk1", { people });
    const auditor = await visitor("auditor1");
    const path = `/access-review/findings/${id}`;
    await auditor.get(path);
    const refused = await auditor.post(path, { event: "incident", "said-incident": "。" });
    expect(refused.status).toBe(422);
    await auditor.post(path, { event: "incident", "said-incident": "用件のない閲覧だった。" });
    expect(
      (await auditor.post(path, { event: "justify", "said-justify": "問題なし" })).status,
    ).toBe(409);
  });

  test("では、届出のあった職員の番号を、検査数字を確かめて登録し、消せる。自分の番号は登録できない", async () => {
    const auditor = await visitor("auditor1");
    const path = "/access-review/declarations";
    await auditor.get(path);
    const staff = String(await idOf("clerk1"));
    const wrong = await auditor.post(path, {
      staff,
      number: `${first.slice(0, 9)}${(Number(first[9]) + 1) % 10}`,
    });
    expect(wrong.text).toContain("検査数字が合いません");
    const own = await auditor.post(path, {
      staff: String(await idOf("auditor1")),
      number: first,
    });
    expect(own.text).toContain("ほかの監査担当に登録してもらってください");
    await auditor.post(path, { staff, number: first });
    expect((await auditor.get(path)).text).toContain("登録済み 1人");
    await auditor.post(`${path}/${staff}/removal`);
    expect((await auditor.get(path)).text).toContain("登録済み 0人");
  });

  test("で話されたことは、封じて保存され、記録にも表にも読める形で残らない", async () => {
    const secret = "夜間窓口の当番";
    const [row] = await city.admin<{ n: string }[]>`
      select count(*) as n from oversight.finding_step s where s::text like ${`%${secret}%`}`;
    const [logged] = await city.admin<{ n: string }[]>`
      select count(*) as n from audit.record r where r::text like ${`%${secret}%`}`;
    expect([row?.n, logged?.n]).toEqual(["0", "0"]);
  });
});
