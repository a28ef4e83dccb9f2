import { beforeAll, describe, expect, test } from "vitest";
import { enterReturn, handOverPackage } from "#src/platform/mailings/index.ts";
import { matchSources } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { personPath } from "#src/web/person-path.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { indexOf, mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const { admin } = city;
const { family, step, toIssued } = counterOf(city);
const { visitor } = openTestApp(city);
const pathOf = (number: string) => personPath(city.platform, number as PersonNumber);

/** The rows of the table as plain text, tags as spaces. */
const rowsOf = (html: string): string[] =>
  [...(html.split("<tbody>")[1]?.split("</tbody>")[0] ?? "").matchAll(/<tr.*?<\/tr>/gs)].map(
    ([row]) =>
      row
        .replace(/<[^>]+>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
  );
const timeline = async (who: TestStaff, number: string, query = "") => {
  const answer = await (await visitor(who)).get(`${pathOf(number)}/timeline${query}`);
  expect(answer.status).toBe(200);
  return { text: answer.text, rows: rowsOf(answer.text) };
};

/** Does something while the rights of somebody are of one 事務 alone. */
async function ofProgram(who: TestStaff, program: string, run: () => Promise<void>) {
  const set = (to: string | null) =>
    admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update access.duty_grant set program = ${to}
        where staff_id = (select id from access.staff where login_name = ${who})`;
    });
  await set(program);
  try {
    await run();
  } finally {
    await set(null);
  }
}

let child = "";
beforeAll(async () => {
  child = await family();
  const issued = await toIssued(child);
  await step("clerk1", "returnCertificate", issued);
  const clerk = await visitor("clerk1");
  await clerk.post(`/child-medical/cases/${issued.caseId}/notes`, { note: "次は保険証を持参" });
  await clerk.post(`${pathOf(child)}/notes`, { note: "筆談を希望", program: "vaccination" });
  await admin`insert into vaccination.shot (person_number, vaccine, dose, given_on, source, lot, entered_by)
    values (${child}, 'bcg', 1, '2026-10-20', 'feed', 'KH-1', 1)`;
});

describe("経過", () => {
  test("すべての事務の出来事が、新しい日付の順に並ぶ", async () => {
    const { rows } = await timeline("clerk1", child);
    const told = (words: RegExp) => rows.findIndex((row) => words.test(row));
    for (const words of [
      /申請・届出 こども医療費助成 申請 R8-\d{6} 受け付ける 受付日 R8\.11\.20 窓口 一子/,
      /申請・届出 こども医療費助成 申請 R8-\d{6} 決裁する.*→.*決裁 一郎/,
      /資格 こども医療費助成 受給資格の取得（出生）/,
      /証・文書 こども医療費助成 .*（1回目）を交付 新規交付/,
      /証・文書 こども医療費助成 .*（1回目） 返還/,
      /証・文書 こども医療費助成 .*認定.*通知書 熊こ医第R8-/,
      /メモ こども医療費助成 申請 R8-\d{6} のメモ 次は保険証を持参/,
      /メモ 予防接種 メモ 筆談を希望/,
      /^R8\.10\.20 接種 予防接種 BCG.* 1回目を接種 ロット KH-1$/,
      /^R8\.5\.10 住民記録 出生により住民となった$/,
    ])
      expect(told(words), `${words}\n${rows.join("\n")}`).toBeGreaterThanOrEqual(0);
    expect(rows.at(-1)).toContain("出生により住民となった");
    expect(told(/1回目を接種/)).toBeGreaterThan(told(/受け付ける/));
    expect(told(/受け付ける/)).toBeGreaterThan(told(/決裁する/));
  });

  test("種類で絞り込め、種類ごとの件数が出る", async () => {
    const all = await timeline("clerk1", child);
    const shots = await timeline("clerk1", child, "?kind=shot");
    expect(shots.rows).toHaveLength(1);
    expect(shots.text).toContain(`経過 1件（全${all.rows.length}件のうち）`);
    expect(all.text).toMatch(/<a href="[^"]*kind=shot"[^>]*>接種 1<\/a>/);
    expect((await timeline("clerk1", child, "?kind=ない種類")).rows).toEqual(all.rows);
  });

  test("ほかの事務・ほかの区の出来事は、出ず、数えられず、あることも分からない", async () => {
    await ofProgram("number1", "vaccination", async () => {
      const { rows, text } = await timeline("number1", child);
      expect(rows.map((row) => row.split(" ")[1])).toEqual(
        expect.arrayContaining(["接種", "メモ", "住民記録"]),
      );
      expect(text).not.toMatch(/こども医療|次は保険証|申請・届出|資格/);
      expect(text).toContain(`経過 ${rows.length}件`);
    });
    expect((await (await visitor("east1")).get(`${pathOf(child)}/timeline`)).status).toBe(404);
    await ofProgram("number1", "single-parent-medical", async () => {
      const { rows } = await timeline("number1", child);
      expect(rows).toEqual(["R8.5.10 住民記録 出生により住民となった"]);
    });
  });

  test("住民記録の変更は、変わったところと、氏名なら前と後が出る", async () => {
    const record = invented({ name: { kanji: "見本　旧姓", kana: "ミホン　キュウセイ" } });
    const system = await city.system();
    const write = (changes: object) =>
      runWork(city.platform, system, { purpose: "feed" }, async (work) => {
        const known = (await matchSources(work, [record.sourceId])).get(record.sourceId);
        const row = { record: { ...record, ...changes } };
        const [number = ""] = await writePeople(work, [
          known ? { ...row, personNumber: known.personNumber, key: known.key } : row,
        ]);
        return number;
      });
    const number = await write({});
    await write({ name: { kanji: "見本　新姓", kana: "ミホン　シンセイ" } });
    await write({
      name: { kanji: "見本　新姓", kana: "ミホン　シンセイ" },
      address: { ...record.address, block: "９丁目９番９号" },
      protection: { from: "2026-06-01" },
    });
    const { rows } = await timeline("clerk1", number);
    const found = rows.filter((row) => row.includes("住民記録の変更")).join("\n");
    expect(found).toMatch(
      /住民記録の変更: 氏名 見本　新姓|住民記録の変更: 氏名 見本 旧姓 → 見本 新姓/,
    );
    // Whether the house number changed is told to who may see the address.
    expect(found).toMatch(/住民記録の変更: 支援措置/);
    const open = (await timeline("supervisor1", number)).rows.join("\n");
    expect(open).toMatch(/住民記録の変更: 住所、支援措置/);
    expect(open).not.toContain("９丁目");
  });

  test("郵便は、発送した日と返戻が、一括発送を見る権限のある職員に出る", async () => {
    const mail = await mailingsOf(city);
    const [number = ""] = await mail.enter(oneYearOlds(1));
    const { run } = await mail.make(await mail.approved(await mail.extracted()));
    const [piece] = indexOf(await mail.open(run));
    await mail.as("operator1", (work) =>
      handOverPackage(work, { runId: run.id, expectedRevision: run.revision, manner: "transfer" }),
    );
    await mail.as("clerk1", (work) =>
      enterReturn(work, { code: piece?.pieceNumber ?? "", reason: "moved" }),
    );
    const seen = (await timeline("supervisor1", number, "?kind=mailing")).rows;
    expect(seen).toHaveLength(2);
    expect(seen.join("\n")).toMatch(/が返戻（転居.*）/);
    expect(seen.join("\n")).toMatch(/を発送 番号 \d{10}/);
    const clerk = await timeline("clerk1", number);
    expect(clerk.rows.join("\n")).toMatch(/が返戻/);
    expect(clerk.rows.join("\n")).not.toMatch(/を発送/);
    expect(clerk.rows.join("\n")).toMatch(/接種券 \d{10} 発行/);
  });

  test("500件あっても、50件ずつ、データベースが数えて切り、1回の閲覧として残る", async () => {
    const number = await family();
    await admin`insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
      select ${number}, 'mr1', n, date '2026-06-01' + n % 150, 'feed', 1 from generate_series(1, 500) n`;
    const counted = async () =>
      (
        await admin`select count(*)::int as n from audit.record where person_number = ${number} and action = 'person.look'`
      )[0]?.n;
    const before = await counted();
    const began = performance.now();
    const first = await timeline("clerk1", number);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await counted()).toBe(before + 1);
    expect(first.rows).toHaveLength(50);
    expect(first.text).toContain("経過 501件");
    const seen = new Set<string>();
    for (let at = 1; at <= 11; at++) {
      const { rows, text } = await timeline("clerk1", number, `?kind=shot&page=${at}`);
      if (at <= 10) expect(text).toContain(`${at} / 10 ページ`);
      for (const row of rows) seen.add(row);
    }
    expect(seen.size).toBe(500);
    const clerk = await visitor("clerk1");
    const paper = await clerk.get(`${pathOf(number)}/timeline/print`);
    expect(rowsOf(paper.text)).toHaveLength(501);
    const [row] =
      await admin`select count(*)::int as n from audit.record where action = 'person.timeline-printed'`;
    expect(row?.n).toBe(1);
  });
});
