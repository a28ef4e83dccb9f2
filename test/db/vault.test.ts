import { describe, expect, test } from "vitest";
import {
  findPeople,
  householdOf,
  lookAtPeople,
  lookAtPerson,
  matchSources,
} from "#src/platform/people/index.ts";
import { getSealed, putSealed } from "#src/platform/vault/index.ts";
import { runWork, SessionEnded, type WorkOptions } from "#src/platform/work.ts";
import { bareCase } from "#test/support/bare-case.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { erasePerson } from "#test/support/erase-person.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const { platform, admin } = city;

const as = async <T>(
  who: TestStaff | "system",
  work: Parameters<typeof runWork<T>>[3],
  options: WorkOptions = { purpose: "counter" },
) =>
  runWork(platform, who === "system" ? await city.system() : await city.actor(who), options, work);

const difficult = invented({
  householdNumber: "H-A",
  isHead: true,
  name: {
    kanji: "渡邉󠄂　𠮷太郎",
    kana: "ワタナベ　ヨシタロウ",
    commonName: "髙橋　太郎",
    commonKana: "タカハシ　タロウ",
  },
  birthDate: "2012-02-29",
});
const foreign = invented({
  name: { kanji: "SMITH JOHN", kana: "スミス　ジョン", alphabetic: "SMITH JOHN" },
  nationality: "foreign",
});
const hidden = invented({ householdNumber: "H-A", protection: { from: "2026-01-01" } });
const [difficultNumber, foreignNumber, hiddenNumber] = (await as(
  "system",
  (work) => writePeople(work, [{ record: difficult }, { record: foreign }, { record: hidden }]),
  { purpose: "feed" },
)) as [string, string, string];

describe("個人の情報の保管", () => {
  test("氏名・住所・番号は、データベースのどの表でも読めない", async () => {
    const [dump] = await admin<{ text: string }[]>`
      select string_agg(x::text, ' ') as text from (
        select p::text as x from vault.person p union all select i::text from vault.individual_number i
        union all select r::text from audit.record r union all select h::text from vault.person_history h) all_rows`;
    for (const secret of ["渡邉", "ワタナベ", "SMITH", "新町", difficult.individualNumber]) {
      expect(dump?.text).not.toContain(secret);
      expect(dump?.text).not.toContain(Buffer.from(secret ?? "").toString("hex"));
    }
  });

  test("氏名は、異体字の選択子やまれな漢字も書かれたとおりに返る", async () => {
    const person = await as("supervisor1", (work) =>
      lookAtPerson(work, difficultNumber, ["name", "address"]),
    );
    expect(person?.name).toEqual(difficult.name);
    expect(person?.address).toMatchObject({ town: "熊本市中央区新町", block: "２丁目４番２７号" });
    expect(person?.individualNumber).toBeUndefined();
  });

  test("電話番号・転入前住所・在留の項目は、求めたときだけ返り、支援措置の方のものは住所と同じく返らない", async () => {
    const details = {
      event: { on: "2026-04-01", reason: "move-in" },
      movedFrom: "福岡県見本市",
      phone: "00-1234-5678",
      foreign: { status: "永住者", cardNumber: "ZZ12345678ZZ" },
    } as const;
    const householdNumber = "H-DETAILS";
    const [open = "", sheltered = ""] = await as(
      "system",
      (work) =>
        writePeople(work, [
          { record: invented({ details, nationality: "foreign" }) },
          { record: invented({ details, householdNumber, protection: { from: "2026-01-01" } }) },
        ]),
      { purpose: "feed" },
    );
    const looked = await as("clerk1", (work) =>
      lookAtPeople(work, [open, sheltered], ["name", "details"]),
    );
    expect(looked.map((person) => person.details)).toEqual([details, undefined]);
    const [without] = await as("clerk1", (work) => lookAtPeople(work, [open], ["name"]));
    expect(without?.details).toBeUndefined();
    const [kept] = await admin<{ text: string }[]>`
      select string_agg(p::text, ' ') as text from vault.person p where p.person_number in (${open}, ${sheltered})`;
    for (const secret of ["福岡", "00-1234", "ZZ123"])
      expect(kept?.text).not.toContain(Buffer.from(secret).toString("hex"));
  });

  test("見るたびに、誰が、なぜ、どの項目を見たかが記録に残る", async () => {
    await as("clerk2", (work) => lookAtPeople(work, [difficultNumber, foreignNumber], ["name"]), {
      purpose: "inquiry",
      reason: "telephone",
    });
    const rows = await admin<
      { person_number: string; purpose: string; reason: string; items: string[]; login: string }[]
    >`
      select r.person_number, r.purpose, r.reason, r.items, s.login_name as login from audit.record r
        join access.staff s on s.id = r.staff_id where r.action = 'person.look' and r.purpose = 'inquiry' order by r.person_number`;
    expect(rows).toEqual(
      [difficultNumber, foreignNumber].sort().map((person_number) => ({
        person_number,
        purpose: "inquiry",
        reason: "telephone",
        items: ["name"],
        login: "clerk2",
      })),
    );
  });

  test("取り消された閲覧は、だれも見なかったことになり、取り消したことが記録に残る", async () => {
    await city.actor("clerk1");
    const before = await countRecords();
    const looks = () => admin`select 1 from audit.record where action = 'person.look'`;
    const looked = (await looks()).length;
    await expect(
      as("clerk1", async (work) => {
        await lookAtPerson(work, difficultNumber, ["name"]);
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await looks()).toHaveLength(looked);
    await expect.poll(countRecords).toBe(before + 1);
    const [last] = await admin`select action from audit.record order by id desc limit 1`;
    expect(last).toEqual({ action: "work.undone" });
  });

  test("支援措置の人の住所は、権限のない人には見えない", async () => {
    const masked = await as("clerk1", (work) =>
      lookAtPerson(work, hiddenNumber, ["name", "address"]),
    );
    expect(masked).toMatchObject({ isProtected: true, addressMasked: true });
    expect(masked?.address).toBeUndefined();
    const seen = await as("supervisor1", (work) => lookAtPerson(work, hiddenNumber, ["address"]));
    expect(seen?.address?.town).toBe("熊本市中央区新町");
  });

  test("同じ世帯の人の住所も見えない", async () => {
    const [masked, other] = await as("clerk1", (work) =>
      lookAtPeople(work, [difficultNumber, foreignNumber], ["address"]),
    );
    expect(masked).toMatchObject({ isProtected: false, addressMasked: true });
    expect(masked?.address).toBeUndefined();
    expect(other?.address).toBeDefined();
  });

  test("shows a 個人番号 only to those who hold its own right", async () => {
    await expect(
      as("supervisor1", (work) => lookAtPerson(work, difficultNumber, ["individual-number"])),
    ).rejects.toMatchObject({ code: "42501" });
    const person = await as("number1", (work) =>
      lookAtPerson(work, difficultNumber, ["individual-number"]),
    );
    expect(person?.individualNumber).toBe(difficult.individualNumber);
  });

  test("権限がなければ、どの閲覧も断る", async () => {
    await expect(
      as("nobody", (work) => lookAtPerson(work, difficultNumber, ["name"])),
    ).rejects.toMatchObject({ code: "42501" });
    await expect(
      as("auditor1", (work) => findPeople(work, { name: "ワタナベ" })),
    ).rejects.toMatchObject({ code: "42501" });
  });

  test("プログラムの役割は、セッションがあっても保管の表を読めない", async () => {
    await as("supervisor1", async (work) => {
      await expect(
        work.sql.savepoint((sql) => sql`select * from vault.person`),
      ).rejects.toMatchObject({ code: "42501" });
      await expect(
        work.sql.savepoint((sql) => sql`select * from vault.holder_key`),
      ).rejects.toMatchObject({ code: "42501" });
    });
  });

  test("終わったセッションでは何もできない", async () => {
    const actor = { ...(await city.actor("clerk1")), sessionToken: "never-given-out" };
    await expect(
      runWork(platform, actor, { purpose: "counter" }, async () => 1),
    ).rejects.toBeInstanceOf(SessionEnded);
  });

  test("書き直しても、前の状態が残る", async () => {
    const changed = {
      ...foreign,
      sourceId: foreign.sourceId,
      address: { ...foreign.address, block: "９番９号" },
    };
    await as(
      "system",
      async (work) => {
        const known = (await matchSources(work, [foreign.sourceId])).get(foreign.sourceId);
        expect(known?.personNumber).toBe(foreignNumber);
        await writePeople(work, [
          { record: changed, personNumber: foreignNumber, key: known?.key },
        ]);
      },
      { purpose: "feed" },
    );
    const person = await as("clerk1", (work) => lookAtPerson(work, foreignNumber, ["address"]));
    expect(person).toMatchObject({ revision: 2, address: { block: "９番９号" } });
    const [history] = await admin<
      { n: number }[]
    >`select count(*)::int as n from vault.person_history where person_number = ${foreignNumber}`;
    expect(history?.n).toBe(1);
  });

  test("鍵を消せば、封じたものは二度と開かない", async () => {
    const [gone] = await as("system", (work) => writePeople(work, [{ record: invented() }]), {
      purpose: "feed",
    });
    await erasePerson(city, gone ?? "");
    const [left] = await admin<{ n: number }[]>`
      select (select count(*) from vault.person where person_number = ${gone ?? ""}) + (select count(*) from vault.holder_key where holder = ${gone ?? ""}) as n`;
    expect(Number(left?.n)).toBe(0);
  });
});

describe("住民を探す", () => {
  const finds = (name: string) => as("clerk1", (work) => findPeople(work, { name }));
  test.each([
    ["ワタナベ", "full-width kana"],
    ["ﾜﾀﾅﾍﾞ", "half-width kana"],
    ["わたなべ", "hiragana"],
    ["ワタ", "the beginning"],
    ["わたなべ　よしたろう", "both names"],
    ["ワタナベ ヨシ", "the beginning of the given name"],
    ["渡邉", "the kanji without its variation"],
    ["渡辺", "the new kanji"],
    ["渡邊吉太郎", "another old kanji and 吉 for 𠮷"],
    ["高橋", "the common name in new kanji"],
    ["タカハシ", "the common name in kana"],
  ])("finds 渡邉󠄂 𠮷太郎 by %s (%s)", async (typed) => {
    expect(await finds(typed)).toContain(difficultNumber);
  });

  test("外国の方は、大文字小文字を問わないローマ字でも、カナでも見つかる", async () => {
    expect(await finds("smith")).toEqual([foreignNumber]);
    expect(await finds("Smith Jo")).toEqual([foreignNumber]);
    expect(await finds("すみす")).toEqual([foreignNumber]);
  });

  test("生年月日・番号・世帯で見つかり、違う名前では見つからない", async () => {
    const by = (query: Parameters<typeof findPeople>[1]) =>
      as("clerk1", (work) => findPeople(work, query));
    expect(await by({ birthDate: "2012-02-29" })).toEqual([difficultNumber]);
    expect(await by({ personNumber: foreignNumber })).toEqual([foreignNumber]);
    expect(await by({ sourceId: foreign.sourceId })).toEqual([foreignNumber]);
    expect((await by({ householdNumber: "H-A" })).sort()).toEqual(
      [difficultNumber, hiddenNumber].sort(),
    );
    expect(await by({ name: "サトウ" })).toEqual([]);
    await expect(by({})).rejects.toMatchObject({ code: "22023" });
    expect(await as("clerk1", (work) => householdOf(work, hiddenNumber))).toEqual([
      difficultNumber,
      hiddenNumber,
    ]);
  });
});

describe("封じた記録", () => {
  test("come back as they were put, bytes and objects, only within their 事務", async () => {
    const caseId = await bareCase(admin, foreignNumber);
    const ids = await as("clerk1", async (work) => [
      await putSealed(work, {
        holder: foreignNumber,
        program: "child-medical",
        caseId,
        kind: "application",
        data: { 保護者: "試験" },
      }),
      await putSealed(work, {
        holder: foreignNumber,
        program: "child-medical",
        caseId,
        kind: "document",
        data: new Uint8Array([1, 2, 3]),
      }),
    ]);
    const records = await as("clerk2", (work) => getSealed(work, ids));
    expect(records.map((r) => r.data)).toEqual([{ 保護者: "試験" }, new Uint8Array([1, 2, 3])]);
    await expect(as("nobody", (work) => getSealed(work, ids))).rejects.toMatchObject({
      code: "42501",
    });
  });
});

async function countRecords(): Promise<number> {
  const [row] = await admin<{ n: number }[]>`select count(*)::int as n from audit.record`;
  return row?.n ?? 0;
}
