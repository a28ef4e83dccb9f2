import { beforeAll, describe, expect, test } from "vitest";
import { matchSources } from "#src/platform/people/index.ts";
import { recordUnprintable } from "#src/platform/printing/index.ts";
import { runWork } from "#src/platform/work.ts";
import { issueInOffice } from "#src/programs/vaccination/office-coupons.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const { family, step, toApproval, toExamination, effects } = counterOf(city);
const app = openTestApp(city);

/** 渡邉 with a variation that only IPAmj明朝 has, which is not installed here. */
const watanabe = { kanji: "渡邉\u{e0102}　試子", kana: "ワタナベ　タメコ" };
const path = "/unprintable/9089_E0102";

const entries = (codePoint: number) =>
  city.admin<
    { form: string; field: string; person_number: string; case_id: string | null; run_id: string }[]
  >`select * from printing.unprintable where code_point = ${codePoint} order by id`;

describe("印字できない文字のある通知書", () => {
  let person = "";
  let caseId = "";
  beforeAll(async () => {
    person = await family({ name: watanabe });
    ({ caseId } = await toExamination(person));
  });

  test("は断られ、取り消された処理と別に、人・欄・文字が外字一覧に残る", async () => {
    const clerk = await app.visitor("clerk2");
    const refused = await clerk.get(`/child-medical/cases/${caseId}/preview/grant`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("外字一覧に載せました。");
    expect(refused.text).toContain("U+9089 U+E0102");
    expect(refused.text).toContain('href="/unprintable"');
    expect(refused.text).not.toContain("渡邉");
    expect(await entries(0x9089)).toMatchObject([
      { form: "letters/approval", field: "氏名・生年月日", person_number: person, case_id: caseId },
    ]);
    await clerk.get(`/child-medical/cases/${caseId}/preview/grant`);
    expect(await entries(0x9089)).toHaveLength(1);
  });

  test("は、文字ごとの一覧と、人の名前の分かる明細で確かめられる", async () => {
    const clerk = await app.visitor("clerk1");
    const list = (await clerk.get("/unprintable")).text;
    expect(list).toContain(`href="${path}"`);
    expect(list).toContain("認定通知書");
    expect(list).toContain("1人");
    expect(list).not.toContain("試子");
    const detail = (await clerk.get(path)).text;
    expect(detail).toContain("渡邉\u{e0102}　試子");
    expect(detail).toContain("氏名・生年月日");
    expect(detail).toContain(`href="/child-medical/cases/${caseId}"`);
    const looks = await city.admin`select * from audit.record where person_number = ${person}
      and action = 'person.look' and purpose = 'inquiry'`;
    expect(looks).toHaveLength(1);
  });

  test("の一覧は、文字番号・事務・帳票で絞り込め、処理済みと分かれる", async () => {
    const clerk = await app.visitor("clerk1");
    const found = async (query: string) => (await clerk.get(`/unprintable?${query}`)).text;
    for (const query of [
      "code=U%2B9089",
      "code=邉",
      "program=child-medical",
      "form=letters%2Fapproval",
    ])
      expect(await found(query), query).toContain(path);
    for (const query of [
      "code=U%2B845B",
      "program=vaccination",
      "form=letters%2Floss",
      "state=settled",
    ])
      expect(await found(query), query).not.toContain(`href="${path}"`);
    const sent = await clerk.post("/unprintable", { code: "9089", program: "", form: "" });
    expect(sent.headers.location).toBe("/unprintable?code=9089");
    for (const name of ["試田", "9089 試田"])
      expect((await clerk.post("/unprintable", { code: name })).status, name).toBe(422);
    const wrong = await clerk.post("/unprintable", { code: "なべの異体字" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("「U+9089」のような番号か、1文字を入力してください。");
  });

  test("フォント作成用のCSVには、番号と数だけがある", async () => {
    const file = await (await app.visitor("clerk1")).get("/unprintable/characters.csv");
    expect(file.text.replace("\ufeff", "").trim().split("\n")).toEqual([
      "文字番号,異体字セレクタ,文字情報基盤での表記,種類,人数,止まった欄の数",
      "U+9089,U+E0102,9089_E0102,異体字（IVS）,1,1",
    ]);
  });

  test("決裁の後で止まった通知書も載る", async () => {
    const other = await family({ name: watanabe });
    const at = await step("supervisor1", "approve", await toApproval(other));
    expect(await effects(at.caseId)).toMatchObject({ done: 0 });
    const found = (await entries(0x9089)).filter((row) => row.person_number === other);
    expect(found).toMatchObject([{ form: "letters/approval", case_id: at.caseId }]);
    const page = await (await app.visitor("clerk1")).get(`/child-medical/cases/${at.caseId}`);
    expect(page.text).toContain('<a href="/unprintable">外字一覧を開く</a>');
  });

  test("は、発行する窓口でも断られ、券番号は使われない", async () => {
    const [child = ""] = await (await mailingsOf(city)).enter(oneYearOlds(1, { name: watanabe }));
    const issue = runWork(
      city.platform,
      await city.actor("clerk1"),
      { purpose: "counter", program: "vaccination" },
      (work) => issueInOffice(work, child, "mr1:1"),
    );
    await expect(issue).rejects.toMatchObject({ status: 422 });
    expect((await entries(0x9089)).filter((row) => row.person_number === child)).toMatchObject([
      { form: "vaccination/coupon", field: "宛名", case_id: null, run_id: null },
      { form: "vaccination/coupon", field: "氏名" },
    ]);
    expect(await city.admin`select * from vaccination.coupon`).toHaveLength(0);
  });
});

describe("外字一覧の処理", () => {
  const settle = async (fields: Record<string, string>) =>
    (await app.visitor("clerk1")).post(`${path}/settle`, fields);

  test("フォントができた、縮退を認めたというのは、本当に印字できるときだけ", async () => {
    const font = await settle({ settlement: "font-supplied", scope: "all" });
    expect(font.status).toBe(422);
    expect(font.text).toContain("いまのフォントでは、この文字をまだ印字できません。");
    expect(font.text).toMatch(/value="font-supplied"[^>]* checked/);
    const reduced = await settle({ settlement: "reduced", scope: "all" });
    expect(reduced.text).toContain("この文字の縮退は、まだ認められていません。");
    expect(reduced.text).toContain("認定通知書");
  });

  test("どうしたか、だれの分かを選ばなければ、何も変わらない", async () => {
    expect((await settle({ scope: "all" })).text).toContain("どうしたかを選んでください。");
    const none = await settle({ settlement: "by-hand", scope: "chosen" });
    expect(none.text).toContain("処理する人を、下の一覧で選んでください。");
  });

  test("一人の分だけ処理でき、処理した人の名が残り、二度は処理できない", async () => {
    const [first] = await city.admin<{ id: number }[]>`
      select id from printing.unprintable where code_point = ${0x9089} order by id limit 1`;
    const fields = { settlement: "by-hand", scope: "chosen", entry: String(first?.id) };
    expect((await settle(fields)).headers.location).toBe(path);
    const settled = await (await app.visitor("clerk1")).get(`${path}?state=settled`);
    expect(settled.text).toContain("手書きで発行した");
    expect(settled.text).toContain("窓口 一子");
    expect((await settle(fields)).status).toBe(409);
  });

  test("残りは一度に処理でき、同じ文字でまた止まれば、また載る", async () => {
    expect((await settle({ settlement: "corrected", scope: "all" })).status).toBe(303);
    const clerk = await app.visitor("clerk2");
    expect((await clerk.get("/unprintable")).text).toContain(
      "印字できない文字で止まった帳票はありません。",
    );
    const [row] = await city.admin<{ case_id: string }[]>`
      select case_id from printing.unprintable where case_id is not null order by id limit 1`;
    await clerk.get(`/child-medical/cases/${row?.case_id}/preview/grant`);
    expect((await clerk.get("/unprintable")).text).toContain(path);
  });

  test("縮退が承認されていれば、印字できる帳票の分として処理できる", async () => {
    await city.admin`insert into printing.form_setting
      (program, valid_from, content, prepared_by, decision, decided_by, decided_at)
      select 'child-medical', '2026-11-01', ${city.admin.json({
        issuer: { title: "熊本市長", name: "実証　太郎" },
        wording: {},
        reduceFor: { "letters/approval": ["name"] },
        reduceTo: {},
      })}, min(id), 'approved', max(id), now() from access.staff`;
    expect((await settle({ settlement: "font-supplied", scope: "all" })).status).toBe(422);
    expect((await settle({ settlement: "reduced", scope: "all" })).status).toBe(303);
    expect(
      await city.admin`select * from audit.record where action = 'unprintable.settled'`,
    ).toHaveLength(3);
  });

  test("市の外字フォントに字があれば、用意したと処理できる", async () => {
    const clerk = await app.visitor("clerk1");
    const [row] = await city.admin<{ case_id: string }[]>`
      select case_id from printing.unprintable where case_id is not null order by id limit 1`;
    await city.admin`delete from printing.form_setting`;
    await clerk.get(`/child-medical/cases/${row?.case_id}/preview/grant`);
    expect((await settle({ settlement: "font-supplied", scope: "all" })).status).toBe(422);
    const font =
      "node_modules/@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf";
    city.platform.fonts = { gaiji: { font, map: { "邉\u{e0102}": "邊" } } };
    expect((await settle({ settlement: "font-supplied", scope: "all" })).status).toBe(303);
    const paper = await clerk.get(`/child-medical/cases/${row?.case_id}/preview/grant`);
    expect(paper.headers["content-type"]).toBe("application/pdf");
    city.platform.fonts = {};
  });

  test("は、権限のない職員にはできず、一覧も開けない", async () => {
    for (const who of ["nobody", "scheme1", "admin1"] as const) {
      const other = await app.visitor(who);
      expect((await other.get("/unprintable")).status, who).toBe(403);
      expect((await other.get(path)).status, who).toBe(403);
      expect((await other.post(`${path}/settle`)).status, who).toBe(403);
    }
    expect((await (await app.visitor("clerk1")).get("/unprintable/20BB7")).status).toBe(404);
  });
});

describe("一括発送", () => {
  test("で止まった人は、何度抽出しても一度だけ載り、一覧から回を開ける", async () => {
    const mail = await mailingsOf(city);
    const children = await mail.enter([
      ...oneYearOlds(3),
      ...oneYearOlds(2, { name: { kanji: "試験　葛\u{e0102}子", kana: "シケン　カツコ" } }),
    ]);
    const run = await mail.extracted();
    await mail.extracted();
    const found = await entries(0x845b);
    expect(found.map((row) => `${row.person_number} ${row.field}`).sort()).toEqual(
      children
        .slice(3)
        .flatMap((number) => [`${number} 宛名`, `${number} 氏名`])
        .sort(),
    );
    expect(new Set(found.map((row) => row.run_id))).toEqual(new Set([run.id]));
    expect(found[0]).toMatchObject({ form: "vaccination/coupon", case_id: null });
    const operator = await app.visitor("operator1");
    const detail = (await operator.get("/unprintable/845B_E0102")).text;
    expect(detail).toContain(`href="/vaccination/mailings/${run.id}"`);
    const pieces = await operator.get(`/vaccination/mailings/${run.id}/items?reason=no-glyph`);
    expect(pieces.text).toContain('href="/unprintable/845B_E0102"');
  });

  test("の承認の後で名前の字が変わった人も載る", async () => {
    const mail = await mailingsOf(city);
    const [record = invented()] = oneYearOlds(1);
    const [number = ""] = await mail.enter([record]);
    const run = await mail.approved(await mail.extracted());
    const name = { kanji: "試験　\u{e000}子", kana: "シケン　ツジコ" };
    await runWork(city.platform, await city.system(), { purpose: "feed" }, async (work) => {
      const { key } = (await matchSources(work, [record.sourceId])).get(record.sourceId) ?? {};
      if (key)
        await writePeople(work, [{ personNumber: number, key, record: { ...record, name } }]);
    });
    await mail.make(run);
    expect(await entries(0xe000)).toMatchObject([
      { person_number: number, run_id: run.id, field: "宛名" },
      { person_number: number, run_id: run.id, field: "氏名" },
    ]);
    const detail = (await (await app.visitor("operator1")).get("/unprintable/E000")).text;
    expect(detail).toContain("市町村の外字（私用領域）");
  });
});

test("一万人が一度に止まっても、すぐに載る", async () => {
  const actor = await city.system();
  const started = Date.now();
  await runWork(city.platform, actor, { purpose: "mailing", program: "vaccination" }, (work) =>
    recordUnprintable(
      work,
      Array.from({ length: 10_000 }, (_, index) => ({
        personNumber: String(index).padStart(10, "0"),
        officeCode: "431010",
        program: "vaccination",
        form: "vaccination/coupon",
        characters: [{ field: "氏名", codePoint: 0xe001 }],
      })),
    ),
  );
  expect(Date.now() - started).toBeLessThan(5000);
  expect(await entries(0xe001)).toHaveLength(10_000);
  expect((await (await app.visitor("clerk1")).get("/unprintable")).text).toContain("10,000人");
});
