import { beforeAll, describe, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { personPath } from "#src/web/person-path.ts";
import { openTestApp, type Visitor } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { family, invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city, []);
let numbers: PersonNumber[];

beforeAll(async () => {
  const many = Array.from({ length: 40 }, () =>
    invented({ name: { kanji: "多数　例", kana: "タスウ　レイ" } }),
  );
  const rare = invented({
    name: { kanji: "髙邉　葛󠄂", kana: "タカナベ　カツラ" },
    birthDate: "2019-05-01",
  });
  numbers = await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
    writePeople(
      work,
      [...family(), rare, ...many].map((record) => ({ record })),
    ),
  );
});

async function find(clerk: Visitor, q: string, more: Record<string, string> = {}) {
  await clerk.get("/people");
  await clerk.post("/people", { q, ...more });
  return clerk.get("/people/found");
}
const rowsOf = (html: string) =>
  html.split("<tbody>")[1]?.split("</tbody>")[0]?.split("<tr").length ?? 1;
const firstPath = (html: string) => /<tbody>.*?href="(\/people\/[\w-]+)"/s.exec(html)?.[1] ?? "";

describe("住民を探す", () => {
  test.each([
    ["カナ", "ミホン　サクラ"],
    ["半角カナ", "ﾐﾎﾝ ｻｸﾗ"],
    ["ひらがなの先頭", "みほ さく"],
    ["漢字", "見本 さくら"],
    ["生年月日（和暦）", "R2.2.29"],
    ["生年月日（西暦）", "20200229"],
    ["氏名と生年月日", "みほん 令和2年2月29日"],
  ])("%sで見つかる", async (_, q) => {
    const { status, text } = await find(await visitor("clerk1"), q);
    expect(status).toBe(200);
    expect(text).toContain("見本　さくら");
    expect(text).toContain("R2.2.29（6歳）");
  });

  test("統合宛名番号でその方の画面に進み、1桁の誤りは別人を出さない", async () => {
    const clerk = await visitor("clerk1");
    const number = numbers[2] ?? "";
    const found = await find(clerk, number);
    expect(found.status).toBe(303);
    expect((await clerk.get(String(found.headers.location))).text).toContain("見本　さくら");
    const slip = `${(Number(number[0]) % 9) + 1}${number.slice(1)}`;
    const answer = await find(clerk, slip);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("検査数字が合いません");
  });

  test("新字体でも旧字体・異体字の名が見つかり、登録どおりの字で表示される", async () => {
    const { text } = await find(await visitor("clerk1"), "高辺");
    expect(text).toContain("髙邉　葛󠄂");
  });

  test("性別、区、町名で絞り込める", async () => {
    const clerk = await visitor("clerk1");
    expect((await find(clerk, "みほん", { sex: "male" })).text).not.toContain("見本　花子");
    expect((await find(clerk, "みほん", { office: "431028" })).text).toContain(
      "該当する方はいません",
    );
    expect((await find(clerk, "みほん", { town: "新町" })).text).toContain("見本　花子");
    expect((await find(clerk, "みほん", { town: "本丸" })).text).toContain("該当する方はいません");
    expect((await find(clerk, "みほん", { town: "ない町" })).status).toBe(422);
  });

  test("条件なし、性別だけでは一覧にならない", async () => {
    const answer = await find(await visitor("clerk1"), "", { sex: "female" });
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain("<tbody>");
  });

  test("該当者が多いときは、理由を記録してから一覧になる", async () => {
    const clerk = await visitor("clerk1");
    const asked = await find(clerk, "タスウ");
    expect(asked.text).toContain("40人の方が該当します");
    expect(asked.text).not.toContain("<tbody>");
    const shown = await find(clerk, "タスウ", { reason: "統計照会の突合" });
    expect(rowsOf(shown.text)).toBe(41);
    const [row] = await city.admin`
      select count(*)::int as n from audit.record where action = 'person.look' and reason = 'wide-search'`;
    expect(row?.n).toBe(40);
  });

  test("個人番号で探すには、その権限がいる", async () => {
    const answer = await find(await visitor("clerk1"), "123456789018");
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("個人番号を見る");
  });

  test("どの画面の題名にも住所にも、個人の情報は出ない", async () => {
    const clerk = await visitor("clerk1");
    const found = await find(clerk, "みほん");
    const page = await clerk.get(firstPath(found.text));
    for (const { text } of [found, page]) {
      expect(/<title>(.*?)<\/title>/.exec(text)?.[1]).not.toMatch(/見本|ミホン/);
      for (const [, href = ""] of text.matchAll(/(?:href|action)="([^"]+)"/g)) {
        expect(decodeURIComponent(href)).not.toMatch(/見本|ミホン|\d{10}/);
      }
    }
  });
});

describe("住民の画面", () => {
  async function open(who: "clerk1" | "supervisor1", q: string) {
    const clerk = await visitor(who);
    const path = firstPath((await find(clerk, q)).text);
    return { clerk, path, page: await clerk.get(path) };
  }

  test("4情報は理由を記録するまで隠れている", async () => {
    const { clerk, path, page } = await open("clerk1", "見本 太郎");
    expect(page.text).toContain("●●●●●");
    expect(page.text).not.toContain("昭和63年4月2日");
    expect((await clerk.post(`${path}/open`, { reason: "other" })).status).toBe(422);
    await clerk.post(`${path}/open`, { reason: "identify" });
    const opened = await clerk.get(path);
    expect(opened.text).toContain("昭和63年4月2日（38歳）");
    expect(opened.text).toContain("熊本市中央区新町２丁目４番２７号");
    const [row] = await city.admin`
      select count(*)::int as n from audit.record
       where action = 'person.look' and reason = 'identify' and 'address' = any(items)`;
    expect(row?.n).toBeGreaterThan(0);
  });

  test("世帯は続柄と年齢の表になり、亡くなった方も残る", async () => {
    const { page } = await open("clerk1", "見本 花子");
    for (const word of ["世帯主", "妻", "子", "父", "死亡"]) expect(page.text).toContain(word);
  });

  test("支援措置の方は、窓口担当には住所が出ず、印が付く", async () => {
    const { clerk, path, page } = await open("clerk1", "見本 ひまわり");
    expect(page.text).toContain("支援措置");
    await clerk.post(`${path}/open`, { reason: "telephone" });
    const opened = await clerk.get(path);
    expect(opened.text).toContain("非表示（支援措置）");
    expect(opened.text).not.toContain("新町");
    const supervisor = await open("supervisor1", "見本 ひまわり");
    await supervisor.clerk.post(`${supervisor.path}/open`, { reason: "delivery" });
    expect((await supervisor.clerk.get(supervisor.path)).text).toContain("新町");
  });

  test("作られた住所では開かない", async () => {
    const clerk = await visitor("clerk1");
    expect((await clerk.get(`/people/${"A".repeat(22)}`)).status).toBe(404);
    expect((await clerk.get(`/people/${"A".repeat(32)}`)).status).toBe(404);
    const real = personPath(city.platform, numbers[0] as PersonNumber);
    for (let at = "/people/".length; at < real.length; at++) {
      const other = real[at] === "A" ? "B" : "A";
      const { status } = await clerk.get(real.slice(0, at) + other + real.slice(at + 1));
      expect(status, String(at)).toBe(404);
    }
    expect((await clerk.get(`/people/${numbers[0]}`)).status).toBe(404);
  });
});
