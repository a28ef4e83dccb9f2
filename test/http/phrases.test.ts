import { describe, expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const entry = {
  use: "remand",
  office: "431010",
  words: "続柄を確かめてください。",
  validFrom: "R8.11.20",
};
const offered = async (who: "clerk1" | "clerk3", use: string, program = "child-medical") =>
  (await (await visitor(who)).get(`/phrases/offered/${use}?program=${program}`)).text;

describe("定型文", () => {
  test("は、決裁者が登録した日から、その区の職員の、その欄にだけ出る", async () => {
    const supervisor = await visitor("supervisor1");
    await supervisor.get("/phrases");
    const added = await supervisor.post("/phrases", { ...entry, program: "child-medical" });
    expect(added.headers.location).toBe("/phrases");
    expect(await offered("clerk1", "remand")).toContain(entry.words);
    expect(await offered("clerk1", "hold")).not.toContain(entry.words);
    expect(await offered("clerk1", "remand", "vaccination")).not.toContain(entry.words);
    expect(await offered("clerk3", "remand")).not.toContain(entry.words);
    await supervisor.post("/phrases", { ...entry, words: "来月からの文", validFrom: "R8.12.1" });
    expect(await offered("clerk1", "remand")).not.toContain("来月からの文");
  });

  test("に、番号のような数字、空の文、過ぎた日は入れられず、入力は残る", async () => {
    const supervisor = await visitor("supervisor1");
    await supervisor.get("/phrases");
    for (const [wrong, words] of [
      [{ words: "０９６－１２３－４５６７ に電話" }, "個人の情報を入れないでください"],
      [{ words: "あ" }, "2文字以上"],
      [{ validFrom: "R8.11.19" }, "今日以後の日"],
      [{ validFrom: "いつか" }, "いつからを入力してください"],
      [{ use: "" }, "使う欄を選んでください"],
    ] as const) {
      const answer = await supervisor.post("/phrases", { ...entry, ...wrong });
      expect(answer.status, words).toBe(422);
      expect(answer.text).toContain(words);
      if (!("words" in wrong)) expect(answer.text).toContain(entry.words);
    }
  });

  test("は、終わりにしても記録が残り、翌日からは出ない", async () => {
    const supervisor = await visitor("supervisor1");
    const { text } = await supervisor.get("/phrases");
    const [, id] = /phrases\/(\d+)\/end/.exec(text) ?? [];
    await supervisor.post(`/phrases/${id}/end`);
    expect(await offered("clerk1", "remand")).toContain(entry.words);
    expect((await supervisor.post(`/phrases/${id}/end`)).status).toBe(404);
    const rows = await city.admin`select action from audit.record where action like 'phrase.%'`;
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["phrase.registered", "phrase.ended"]),
    );
  });
});
