import { describe, expect, test } from "vitest";
import {
  countUnknownBirths,
  findPeople,
  householdOf,
  listUnknownBirths,
  lookAtPerson,
  lookAtRegisterChanges,
  matchSources,
  moveReckonedBirth,
  type PersonRecord,
  proposeReckonedBirth,
  reckonedBirthsOf,
  reviewReckonedBirth,
  selectPeople,
} from "#src/platform/people/index.ts";
import { runWork, type WorkOptions } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { erasePerson } from "#test/support/erase-person.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { type BirthDate, parseBirthDate } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { parseBirth } from "#workflows/dates/wareki.ts";

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
const write = (people: Parameters<typeof writePeople>[1]) =>
  as("system", (work) => writePeople(work, people), { purpose: "feed" });

const born = (text: string, given: Partial<PersonRecord> = {}) =>
  invented({
    name: { kanji: "不詳　見本", kana: "フショウ　ミホン" },
    birthDate: parseBirthDate(text),
    residence: { from: "1999-04-01", fromReason: "move-in" },
    householdNumber: "H-UNKNOWN",
    ...given,
  });
const records = {
  year: born("1928"),
  month: born("1950-04"),
  odd: born("1930-02-30"),
  day: born("1928-05-03", { isHead: true }),
  other: born("1950-04-12"),
  namesake: born("1928-05-03", { name: { kanji: "別人　見本", kana: "ベツジン　ミホン" } }),
};
const names = Object.keys(records) as (keyof typeof records)[];
const numbers = await write(Object.values(records).map((record) => ({ record })));
const numberOf = Object.fromEntries(names.map((name, at) => [name, numbers[at] ?? ""])) as Record<
  keyof typeof records,
  string
>;
const nameOf = new Map(names.map((name) => [numberOf[name], name]));

const look = (number: string) => as("clerk1", (work) => lookAtPerson(work, number, ["facts"]));
const found = async (typed: string) => {
  const birthDate = parseBirth(typed);
  if (!birthDate) throw new Error(`${typed} is not read`);
  const hits = await as("clerk1", (work) => findPeople(work, { name: "フショウ", birthDate }));
  return hits.map((number) => nameOf.get(number)).toSorted();
};
const wanted = (day: string, given: object = {}) => ({
  day: day as IsoDate,
  basis: "notice" as const,
  source: "見本局長通知 第1号",
  reason: "高齢の方の取扱いについての見本",
  ...given,
});
const propose = (who: TestStaff, number: string, day: string, given: object = {}) =>
  as(who, async (work) => {
    const person = await lookAtPerson(work, number, ["facts"]);
    if (!person) throw new Error("nobody");
    await proposeReckonedBirth(work, person, wanted(day, given));
  });
const waitingOf = async (number: string) => {
  const rows = await as("supervisor1", (work) => reckonedBirthsOf(work, number));
  return rows.find(({ decision, ended }) => decision === null && ended === null)?.id ?? 0;
};
const decide = async (who: TestStaff, number: string, event: "approve" | "refuse") => {
  const id = await waitingOf(number);
  await as(who, (work) => moveReckonedBirth(work, number, { id, event }));
};
const states = async (who: TestStaff = "clerk1") =>
  Object.fromEntries(
    [...(await as(who, countUnknownBirths))].map(([state, { count }]) => [state, count]),
  );

describe("生まれた日の分からない方は", () => {
  test("届いたとおりに保たれ、判定に使える日はない", async () => {
    expect(await look(numberOf.year)).toMatchObject({ birthDate: "1928" });
    expect(await look(numberOf.odd)).toMatchObject({ birthDate: "1930-02-30" });
    for (const name of ["year", "month", "odd"] as const)
      expect((await look(numberOf[name]))?.bornOn).toBeUndefined();
    expect((await look(numberOf.day))?.bornOn).toBe("1928-05-03");
  });

  test("年だけ、年月、日のどれで探しても、ありうるときは候補に出る", async () => {
    expect(await found("S3")).toEqual(["day", "year"]);
    expect(await found("昭和3年")).toEqual(["day", "year"]);
    expect(await found("S3.5.3")).toEqual(["day", "year"]);
    expect(await found("S3.6")).toEqual(["year"]);
    expect(await found("S25.4")).toEqual(["month", "other"]);
    expect(await found("S25.4.30")).toEqual(["month"]);
    expect(await found("S25.5.1")).toEqual([]);
    expect(await found("S5.2.30")).toEqual(["odd"]);
    expect(await found("S5.2")).toEqual(["odd"]);
    expect(await found("S5.3.2")).toEqual([]);
  });

  test("世帯の並びからも、抽出からも、黙って落ちない", async () => {
    const household = await as("clerk1", (work) => householdOf(work, numberOf.day));
    expect(household).toHaveLength(names.length);
    const select = (from: string, to: string) =>
      as(
        "system",
        (work) => selectPeople(work, { births: [{ from: from as IsoDate, to: to as IsoDate }] }),
        { purpose: "mailing" },
      ).then((people) =>
        people
          .map(({ personNumber, bornOn }) => `${nameOf.get(personNumber)} ${bornOn ?? "不詳"}`)
          .toSorted(),
      );
    expect(await select("1928-05-01", "1928-05-31")).toEqual([
      "day 1928-05-03",
      "namesake 1928-05-03",
      "year 不詳",
    ]);
    expect(await select("1950-04-20", "1950-05-20")).toEqual(["month 不詳"]);
    expect(await select("1930-03-01", "1930-03-02")).toEqual(["odd 不詳"]);
    expect(await select("1950-05-01", "1950-05-20")).toEqual([]);
  });

  test("データベースは、完全な日付とそうでない生年月日を取り違えない", async () => {
    for (const wrong of [
      "birth_told = '1950-04-12', birth_date = null",
      "birth_told = '1928'",
      "birth_date = null",
      "birth_told = '0000', birth_date = null",
      "birth_told = '1928-13', birth_date = null",
      "birth_told = '1928-02-32', birth_date = null",
      "birth_reckoned = '1950-04-12'",
    ])
      await expect(
        city.admin.unsafe(
          `update vault.person set ${wrong} where person_number = '${numberOf.other}'`,
        ),
        wrong,
      ).rejects.toMatchObject({ code: "23514" });
  });
});

describe("みなし生年月日は", () => {
  test("記録と合わない日、出典や理由のないものは起案できない", async () => {
    const refused = (number: string, day: string, given: object = {}) =>
      propose("clerk1", number, day, given).then(
        () => "taken",
        ({ field, problem }) => field ?? problem?.status ?? "problem",
      );
    expect(await refused(numberOf.year, "1929-01-01")).toBe("day");
    expect(await refused(numberOf.month, "1950-05-01")).toBe("day");
    expect(await refused(numberOf.year, "1928-07-01", { day: undefined })).toBe("day");
    expect(await refused(numberOf.year, "1928-07-01", { basis: undefined })).toBe("basis");
    expect(await refused(numberOf.year, "1928-07-01", { source: "" })).toBe("source");
    expect(await refused(numberOf.year, "1928-07-01", { reason: "" })).toBe("reason");
    await expect(propose("clerk1", numberOf.day, "1928-05-03")).rejects.toMatchObject({
      status: 409,
    });
  });

  test("別の人が確かめてはじめて効き、履歴と経過に残る", async () => {
    await propose("supervisor1", numberOf.year, "1928-07-01");
    expect((await look(numberOf.year))?.bornOn).toBeUndefined();
    expect(await states()).toMatchObject({ unset: 2, waiting: 1 });
    await expect(propose("clerk1", numberOf.year, "1928-01-01")).rejects.toMatchObject({
      status: 409,
    });
    await expect(decide("supervisor1", numberOf.year, "approve")).rejects.toMatchObject({
      status: 403,
    });
    const todo = await as("supervisor2", (work) =>
      listUnknownBirths(work, "waiting", { from: 0, size: 10, byOthersAlone: true }),
    );
    expect(todo.map(({ personNumber }) => personNumber)).toEqual([numberOf.year]);
    const own = await as("supervisor1", countUnknownBirths);
    expect(own.get("waiting")?.byOthers.count).toBe(0);
    await decide("supervisor2", numberOf.year, "approve");
    const person = await look(numberOf.year);
    expect(person).toMatchObject({ birthDate: "1928", bornOn: "1928-07-01", revision: 2 });
    expect(await states()).toMatchObject({ unset: 2, set: 1 });
    const [change] = await as("clerk1", (work) => lookAtRegisterChanges(work, numberOf.year, [1]));
    expect(change?.changed).toEqual(["reckoned-birth"]);
    const kinds = await city.admin<{ kind: string }[]>`
      select action as kind from audit.record where action like 'reckoned-birth.%' order by id`;
    expect(kinds.map(({ kind }) => kind)).toEqual([
      "reckoned-birth.proposed",
      "reckoned-birth.confirmed",
    ]);
    const [kept] = await city.admin<
      { text: string }[]
    >`select r::text as text from vault.reckoned_birth r limit 1`;
    expect(kept?.text).not.toContain(Buffer.from("見本局長").toString("hex"));
  });

  test("次の設定で置き換わり、前のものも残る。却下されたものは効かない", async () => {
    await propose("clerk1", numberOf.year, "1928-01-01");
    await decide("supervisor1", numberOf.year, "refuse");
    expect((await look(numberOf.year))?.bornOn).toBe("1928-07-01");
    await propose("clerk1", numberOf.year, "1928-12-31", { basis: "family-register" });
    await decide("supervisor1", numberOf.year, "approve");
    expect((await look(numberOf.year))?.bornOn).toBe("1928-12-31");
    const rows = await as("clerk1", (work) => reckonedBirthsOf(work, numberOf.year));
    expect(rows.map(({ reckonedOn, decision, ended }) => [reckonedOn, decision, ended])).toEqual([
      ["1928-12-31", "approved", null],
      ["1928-01-01", "refused", null],
      ["1928-07-01", "approved", "replaced"],
    ]);
    expect(rows[0]).toMatchObject({ source: "見本局長通知 第1号", basis: "family-register" });
  });

  test("住民記録が変わらなければ続き、日が分かると終わって、見直す仕事になる", async () => {
    const again = async (record: PersonRecord) => {
      const key = await as(
        "system",
        async (work) => (await matchSources(work, [record.sourceId])).get(record.sourceId)?.key,
        { purpose: "feed" },
      );
      await write([{ record, personNumber: numberOf.year, key }]);
    };
    await again(records.year);
    expect((await look(numberOf.year))?.bornOn).toBe("1928-12-31");
    await propose("clerk1", numberOf.year, "1928-11-30");
    const known = { ...records.year, birthDate: "1928-10-02" as BirthDate };
    await again(known);
    expect(await look(numberOf.year)).toMatchObject({
      birthDate: "1928-10-02",
      bornOn: "1928-10-02",
    });
    const rows = await as("clerk1", (work) => reckonedBirthsOf(work, numberOf.year));
    expect(rows.map(({ reckonedOn, ended }) => [reckonedOn, ended])).toEqual([
      ["1928-11-30", "register"],
      ["1928-12-31", "register"],
      ["1928-01-01", null],
      ["1928-07-01", "replaced"],
    ]);
    expect(await states()).toMatchObject({ unset: 2, "to-review": 1 });
    const id = rows[1]?.id ?? 0;
    await as("clerk1", (work) => reviewReckonedBirth(work, id));
    expect(await states()).toEqual({ unset: 2 });
    await expect(as("clerk1", (work) => reviewReckonedBirth(work, id))).rejects.toMatchObject({
      status: 409,
    });
  });

  test("住民の記録を消去すると、ともに消える", async () => {
    await propose("clerk1", numberOf.odd, "1930-02-28");
    await erasePerson(city, numberOf.odd);
    const [left] = await city.admin<{ n: number }[]>`
      select count(*)::int as n from vault.reckoned_birth where person_number = ${numberOf.odd}`;
    expect(left?.n).toBe(0);
  });
});
