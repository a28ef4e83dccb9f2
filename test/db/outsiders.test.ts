import { describe, expect, test } from "vitest";
import {
  dismissMatch,
  listLinks,
  mergesOf,
  moveMerge,
  proposeMerge,
} from "#src/platform/merges/index.ts";
import {
  correctOutsider,
  decideOutsider,
  evidenceTitles,
  type OutsiderEntry,
  type OutsiderField,
  openOutsider,
  outsiderOf,
  outsiderSteps,
  readOutsider,
  similarPeople,
  unconfirmedAmong,
} from "#src/platform/outsiders/index.ts";
import {
  canonicalOf,
  findPeople,
  individualToken,
  lookAtPerson,
  type Person,
  presentPeople,
  selectPeople,
} from "#src/platform/people/index.ts";
import { runWork, type WorkOptions } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { erasePerson } from "#test/support/erase-person.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { withIndividualCheckDigit } from "#workflows/numbers/check-digits.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const as = async <T>(
  who: TestStaff | "system",
  work: Parameters<typeof runWork<T>>[3],
  options: WorkOptions = { purpose: "counter" },
) =>
  runWork(
    city.platform,
    who === "system" ? await city.system() : await city.actor(who),
    options,
    work,
  );
const today = city.platform.clock.today();
const purpose = { program: "child-medical", officeCode: "431010" };

const typed: Partial<Record<OutsiderField, string>> = {
  kanji: "髙橋　𠮷江",
  kana: "タカハシ　ヨシエ",
  birthDate: "S45.3.9",
  sex: "female",
  nationality: "jp",
  where: "japan",
  postalCode: "100-0001",
  address: "東京都千代田区千代田1番1号",
  building: "見本荘101",
  telephone: "03-0000-0000",
  evidence: "driving-licence",
  evidenceOn: today,
};
const read = (given: Partial<Record<OutsiderField, string>> = {}) => {
  const all = { ...typed, ...given };
  return readOutsider((field) => all[field] ?? "", today);
};
const entryOf = (given: Partial<Record<OutsiderField, string>> = {}): OutsiderEntry => {
  const got = read(given);
  if (!("entry" in got)) throw new Error(JSON.stringify(got.mistakes));
  return got.entry;
};
const nobody = { from: [], reason: "" };
const open = (
  given: Partial<Record<OutsiderField, string>> = {},
  who: TestStaff = "clerk1",
  differs = nobody as { from: string[]; reason: string },
) => as(who, (work) => openOutsider(work, purpose, entryOf(given), differs));
const look = (number: string, who: TestStaff = "clerk1") =>
  as(who, (work) => lookAtPerson(work, number, ["facts", "name", "address"]));
const decide = (who: TestStaff, number: string, event: "confirm" | "refuse", comment = "") =>
  as(who, async (work) => {
    const person = (await lookAtPerson(work, number, ["facts"])) as Person;
    const outsider = await outsiderOf(work, number);
    if (!outsider) throw new Error("nobody");
    await decideOutsider(work, person, outsider, { event, comment });
  });

describe("住登外者の登録", () => {
  test("番号が付き、住民と同じ検索で見つかり、住民としては数えられない", async () => {
    const number = await open();
    expect(isPersonNumber(number)).toBe(true);
    const person = await look(number);
    expect(person).toMatchObject({
      outside: true,
      name: { kanji: "髙橋　𠮷江" },
      birthDate: "1970-03-09",
      address: { postalCode: "1000001", town: "東京都千代田区千代田1番1号", building: "見本荘101" },
    });
    expect(person?.residence.from).toBe(person?.residence.to);
    expect(await as("clerk2", (work) => findPeople(work, { name: "タカハシ ヨシエ" }))).toContain(
      number,
    );
    const selected = await as(
      "system",
      (work) =>
        selectPeople(work, {
          births: [{ from: "1970-01-01", to: "1970-12-31" } as { from: IsoDate; to: IsoDate }],
        }),
      { purpose: "mailing" },
    );
    expect(selected.map((one) => one.personNumber)).not.toContain(number);
    const present = await as(
      "system",
      async (work) => {
        const all: string[] = [];
        for await (const lot of presentPeople(work)) all.push(...lot);
        return all;
      },
      { purpose: "feed" },
    );
    expect(present).not.toContain(number);
  });

  test("住民と住登外者の似た方が、理由の付いた点数で先に示され、別の方という理由なしには登録できない", async () => {
    const [resident = ""] = await as(
      "system",
      (work) =>
        writePeople(work, [
          {
            record: invented({
              name: { kanji: "渡邉󠄂　太郎", kana: "ワタナベ　タロウ" },
              birthDate: "1960-01-02" as IsoDate,
              sex: "male",
              residence: { from: "1960-01-02" as IsoDate, fromReason: "birth" },
            }),
          },
        ]),
      { purpose: "feed" },
    );
    const same = {
      kanji: "渡辺　太郎",
      kana: "ワタナベ　タロウ",
      birthDate: "S35.1.2",
      sex: "male",
    } as const;
    const { found } = await as("clerk1", (work) =>
      similarPeople(work, purpose, entryOf(same).identity),
    );
    expect(found[0]).toMatchObject({
      person: { personNumber: resident },
      likeness: { grade: "same" },
    });
    await expect(open(same)).rejects.toMatchObject({ status: 409 });
    await expect(open(same, "clerk1", { from: [resident], reason: "" })).rejects.toMatchObject({
      field: "differs",
    });
    const number = await open(same, "clerk1", { from: [resident], reason: "本籍と筆頭者が異なる" });
    const steps = await as("clerk2", (work) => outsiderSteps(work, number));
    expect(steps).toMatchObject([
      { what: "open", differsFrom: [resident], details: { differs: "本籍と筆頭者が異なる" } },
    ]);
  });

  test("同じ方を二人の職員が同時に登録しても、一人しか登録されない", async () => {
    const twin = { kanji: "同時　登録", kana: "ドウジ　トウロク", birthDate: "H1.2.3" };
    const both = await Promise.allSettled([open(twin, "clerk1"), open(twin, "clerk2")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { status: 409 },
    });
  });

  test.each([
    [{ birthDate: "R8.2.30" }, "birthDate"],
    [{ birthDate: "R99.1.1" }, "birthDate"],
    [{ evidence: "" }, "evidence"],
    [{ evidenceOn: "R50.1.1" }, "evidenceOn"],
    [{ evidenceOn: "S40.1.1" }, "evidenceOn"],
    [{ evidence: "other" }, "evidenceNote"],
    [{ kana: "" }, "kana"],
    [{ where: "abroad" }, "country"],
    [{ protectedTo: "R8.12.1" }, "protectedFrom"],
    [{ individualNumber: "123456789012" }, "individualNumber"],
  ] as [Partial<Record<OutsiderField, string>>, OutsiderField][])(
    "%j は、その欄で断られる",
    (given, field) => {
      const got = read(given);
      expect("mistakes" in got && Object.keys(got.mistakes)).toContain(field);
    },
  );

  test("国外の住所と、年だけの生年月日、長いカナの方も登録できる", async () => {
    const number = await open({
      kanji: "MARIA APARECIDA DA SILVA",
      kana: "マリア・アパレシーダ・ダ・シルバ・ドス・サントス・オリベイラ",
      birthDate: "S28",
      nationality: "foreign",
      where: "abroad",
      country: "ブラジル",
      postalCode: "",
      address: "Rua Exemplo 123, Sao Paulo",
      evidence: "passport",
    });
    expect(await look(number)).toMatchObject({
      birthDate: "1953",
      address: { country: "ブラジル", postalCode: "" },
    });
  });
});

describe("2人目の確認", () => {
  test("登録した本人は確認できず、別の職員が確認し、訂正するとまた確認を待つ", async () => {
    const number = await open({
      kanji: "確認　一郎",
      kana: "カクニン　イチロウ",
      birthDate: "S50.5.5",
    });
    expect(await as("clerk1", (work) => unconfirmedAmong(work, [number]))).toEqual(
      new Set([number]),
    );
    await expect(decide("clerk1", number, "confirm")).rejects.toMatchObject({ status: 403 });
    await decide("clerk2", number, "confirm");
    expect(await as("clerk1", (work) => unconfirmedAmong(work, [number]))).toEqual(new Set());
    await expect(decide("clerk2", number, "refuse", "理由がある")).rejects.toMatchObject({
      status: 409,
    });

    const person = (await look(number)) as Person;
    const given = entryOf({
      kanji: "確認　次郎",
      kana: "カクニン　ジロウ",
      birthDate: "S50.5.6",
      diedOn: "R8.1.5",
    });
    const correct = (reason: string) =>
      as("clerk2", (work) => correctOutsider(work, person, given, { differs: nobody, reason }));
    await expect(correct("")).rejects.toMatchObject({ field: "reason" });
    await correct("戸籍で確かめた");
    await expect(correct("もう一度")).rejects.toMatchObject({ status: 409 });
    expect(await look(number)).toMatchObject({
      name: { kanji: "確認　次郎" },
      diedOn: "2026-01-05",
    });
    expect(await as("clerk1", (work) => outsiderOf(work, number))).toMatchObject({
      state: "opened",
    });
    // Neither whoever opened nor whoever corrected.
    await expect(decide("clerk2", number, "confirm")).rejects.toMatchObject({ status: 403 });
    await expect(decide("clerk1", number, "confirm")).rejects.toMatchObject({ status: 403 });
    await decide("supervisor1", number, "confirm");
  });

  test("却下には理由が要る", async () => {
    const number = await open({
      kanji: "却下　花子",
      kana: "キャッカ　ハナコ",
      birthDate: "S51.5.5",
    });
    await expect(decide("clerk2", number, "refuse")).rejects.toMatchObject({ field: "comment" });
    await decide("clerk2", number, "refuse", "書類の写しが足りない");
    expect(await as("clerk1", (work) => unconfirmedAmong(work, [number]))).toEqual(
      new Set([number]),
    );
  });

  test("書類の名は、すべて日本語である", () => {
    for (const words of Object.values(evidenceTitles)) expect(words).not.toMatch(/[a-z]/i);
  });
});

describe("住登外者が住民になる", () => {
  const resident = (given: Parameters<typeof invented>[0]) =>
    as("system", (work) => writePeople(work, [{ record: invented(given) }]), { purpose: "feed" });
  const matches = (outsider: string) =>
    as("supervisor1", async (work) =>
      (await listLinks(work, "match", { from: 0, size: 100 })).filter(
        ({ number }) => number === outsider,
      ),
    );

  test("氏名と生年月日が合う方が住民記録に来ると、人が決める仕事になり、自動では統合されない", async () => {
    const outsider = await open({
      kanji: "転入　一子",
      kana: "テンニュウ　イチコ",
      birthDate: "S60.6.7",
    });
    const [number = ""] = await resident({
      name: { kanji: "転入　一子", kana: "テンニュウ　イチコ" },
      birthDate: "1985-06-07" as IsoDate,
      residence: { from: "2026-11-01" as IsoDate, fromReason: "move-in" },
    });
    expect(await matches(outsider)).toMatchObject([{ other: number }]);
    expect(await as("clerk1", (work) => canonicalOf(work, outsider))).toBe(outsider);
    await as("clerk1", (work) =>
      dismissMatch(work, { outsider, resident: number, reason: "本籍が異なる" }),
    );
    expect(await matches(outsider)).toEqual([]);
    // Unlike somebody of the same birthday with another name.
    await resident({
      name: { kanji: "別姓　次郎", kana: "ベッセイ　ジロウ" },
      birthDate: "1985-06-07" as IsoDate,
      residence: { from: "2026-11-01" as IsoDate, fromReason: "move-in" },
    });
    expect(await matches(outsider)).toEqual([]);
  });

  test("2人で統合すると、住登外者の番号からも住民が見え、確認待ちも終わる", async () => {
    const outsider = await open({
      kanji: "転入　二子",
      kana: "テンニュウ　ニコ",
      birthDate: "S61.6.7",
    });
    const [number = ""] = await resident({
      name: { kanji: "転入　二子", kana: "テンニュウ　ニコ" },
      birthDate: "1986-06-07" as IsoDate,
      residence: { from: "2026-11-01" as IsoDate, fromReason: "move-in" },
    });
    await as("clerk1", (work) =>
      proposeMerge(work, {
        merged: outsider,
        canonical: number,
        ground: "registered",
        reason: "転入届と運転免許証で確かめた",
      }),
    );
    const [waiting] = await as("supervisor1", (work) => mergesOf(work, outsider));
    if (!waiting) throw new Error("no merge");
    await as("supervisor1", (work) => moveMerge(work, waiting, "approve"));
    expect(await look(outsider)).toMatchObject({ followedTo: number, outside: false });
    expect(await as("clerk1", (work) => unconfirmedAmong(work, [outsider]))).toEqual(new Set());
    expect(await as("clerk1", (work) => outsiderOf(work, outsider))).toMatchObject({
      outside: false,
    });
    expect(await matches(outsider)).toEqual([]);
  });

  test("個人番号が同じ方が住民記録に来たときだけ、自動で統合される", async () => {
    const outsider = await open({
      kanji: "番号　同一",
      kana: "バンゴウ　ドウイツ",
      birthDate: "S62.6.7",
    });
    const individualNumber = withIndividualCheckDigit("19876543210");
    const token = individualToken(city.platform.keys, individualNumber).toString();
    await city.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`insert into vault.individual_number (person_number, token, sealed, wrapped_key) values (${outsider}, ${token}, '\\x00', '\\x00')`;
    });
    const [number = ""] = await resident({
      name: { kanji: "改姓　同一", kana: "カイセイ　ドウイツ" },
      birthDate: "1987-06-07" as IsoDate,
      residence: { from: "2026-11-01" as IsoDate, fromReason: "move-in" },
      individualNumber,
    });
    expect(await as("clerk1", (work) => canonicalOf(work, outsider))).toBe(number);
    expect(await as("supervisor1", (work) => mergesOf(work, number))).toMatchObject([
      { ground: "individual-number", state: "merged", proposedBy: null },
    ]);
  });
});

describe("消去", () => {
  test("使われなくなった住登外者は、年数が過ぎると消去の対象になり、鍵も経過も消える", async () => {
    const number = await open({
      kanji: "消去　見本",
      kana: "ショウキョ　ミホン",
      birthDate: "S20.1.1",
    });
    await erasePerson(city, number);
    expect(await look(number)).toBeUndefined();
    const [left] = await city.admin<
      { n: string }[]
    >`select (select count(*) from vault.outsider_step where person_number = ${number}) + (select count(*) from vault.holder_key where holder = ${number}) as n`;
    expect(left?.n).toBe("0");
  });
});
