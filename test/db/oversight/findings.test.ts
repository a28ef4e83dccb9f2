import { beforeAll, describe, expect, test } from "vitest";
import { analyseLog } from "#src/platform/oversight/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { isDayOff } from "#workflows/dates/days-off.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

const city = await openTestPlatform();
const { admin, platform } = city;

/** The day before today in Japan, by the clock of the log; `back` days earlier still. */
const [{ day: yesterday = "" } = {}] = await admin<{ day: string }[]>`
  select ((now() at time zone 'Asia/Tokyo')::date - 1)::text as day`;
const earlier = (back: number) =>
  new Date(Date.parse(yesterday) - back * 86_400_000).toISOString().slice(0, 10);
/** Three days on which offices were open, and a Sunday. */
const [weekday = "", otherWeekday = "", thirdWeekday = ""] = [...Array(16).keys()]
  .map((back) => earlier(back + 5))
  .filter((day) => !isDayOff(day as IsoDate));
const sunday = [...Array(7).keys()]
  .map((back) => earlier(back + 5))
  .find((day) => new Date(day).getUTCDay() === 0) as string;
const staffOf = async (who: TestStaff) => (await city.actor(who)).staffId;

let numbers: string[];
const names = ["窓口　花", "窓口川　花", "窓口田　次", "試験　一", "試験　二", "守秘　三"];

beforeAll(async () => {
  const people = [
    ...names.map((kanji, n) =>
      invented({
        name: { kanji, kana: "シケン　ハナ" },
        householdNumber: n === 3 || n === 4 ? "H-OWN" : `H-OV${n}`,
        ...(n === 5 && { protection: { from: "2020-01-01" as const } }),
      }),
    ),
    ...Array.from({ length: 30 }, () => invented()),
  ];
  numbers = await runWork(platform, await city.system(), { purpose: "feed" }, (work) =>
    writePeople(
      work,
      people.map((record) => ({ record })),
    ),
  );
});

/** As if somebody had looked at people at an hour of a day: each look a page of its own, one minute apart. */
async function looked(
  who: TestStaff,
  at: string,
  people: readonly string[],
  { caseId = null as string | null, purpose = "counter", onePage = false } = {},
) {
  await admin`
    insert into audit.record (at, business_date, kind, action, staff_id, purpose, case_id, person_number, items)
    select ${at}::timestamptz + make_interval(secs => ${onePage ? 0 : 1} * n), ${at.slice(0, 10)}::date, 'look', 'person.look',
           ${await staffOf(who)}, ${purpose}, ${caseId}, p, '{name}'
      from unnest(${people}::text[]) with ordinality x(p, n)`;
}

const analysed = async () => analyseLog(platform, await city.system());
const startAfter = async (day: string) => {
  await admin`truncate oversight.finding_record, oversight.finding_step, oversight.finding, oversight.analysed_day cascade`;
  await admin`insert into oversight.analysed_day (day, day_off, looks, findings)
    values (${day}::date - 1, false, 0, 0)`;
};
const found = (day: string) =>
  admin<
    { kind: string; login: string; person_number: string | null; records: number; people: number }[]
  >`
    select f.kind, s.login_name as login, f.person_number, f.records, f.people
      from oversight.finding f join access.staff s on s.id = f.staff_id where f.day = ${day} order by f.kind, login`;

describe("アクセスの点検", () => {
  test("は、一日に多くの方を見た職員と、申請のない方を続けて見た職員を見つけ、少しだけ見た職員は見つけない", async () => {
    await startAfter(weekday);
    await looked("clerk1", `${weekday}T10:00:00+09:00`, numbers.slice(6, 30));
    await looked("supervisor1", `${weekday}T10:00:00+09:00`, numbers.slice(6, 12));
    // A list is no look at one of them: it counts for the number of people alone.
    await looked("supervisor2", `${weekday}T10:00:00+09:00`, numbers.slice(6, 36), {
      onePage: true,
    });
    await admin`update oversight."limit" set value = 29 where name = 'bulk-people'`;
    await analysed();
    await admin`update oversight."limit" set value = 500 where name = 'bulk-people'`;
    expect(await found(weekday)).toEqual([
      { kind: "bulk", login: "supervisor2", person_number: null, records: 30, people: 30 },
      { kind: "without-case", login: "clerk1", person_number: null, records: 24, people: 24 },
    ]);
  });

  test("は、夜間と閉庁日の閲覧を見つけ、定時処理や一括発送の閲覧は見つけない", async () => {
    await startAfter(otherWeekday < sunday ? otherWeekday : sunday);
    await looked("clerk2", `${otherWeekday}T23:10:00+09:00`, numbers.slice(6, 7));
    await looked("clerk2", `${otherWeekday}T21:59:00+09:00`, numbers.slice(6, 7));
    await looked("operator1", `${otherWeekday}T23:10:00+09:00`, numbers.slice(6, 7), {
      purpose: "mailing",
    });
    await looked("clerk3", `${sunday}T11:00:00+09:00`, numbers.slice(6, 7));
    await analysed();
    expect((await found(otherWeekday)).filter(({ kind }) => kind === "night")).toEqual([
      { kind: "night", login: "clerk2", person_number: null, records: 1, people: 1 },
    ]);
    expect((await found(sunday)).map(({ kind, login }) => [kind, login])).toContainEqual([
      "night",
      "clerk3",
    ]);
  });

  test("は、届け出た番号により自分の世帯と同僚を、氏名により同じ姓を見つけ、同じ字で始まる別の姓は見つけない", async () => {
    const [own = "", housemate = ""] = numbers.slice(3, 5);
    await admin`insert into oversight.own_number (staff_id, person_number, entered_by)
      values (${await staffOf("clerk1")}, ${own}, ${await staffOf("auditor1")})`;
    await startAfter(thirdWeekday);
    // 窓口 一子 looks at her household, and at 窓口 花, 窓口川 花 and 窓口田 次.
    await looked("clerk1", `${thirdWeekday}T10:00:00+09:00`, [housemate, ...numbers.slice(0, 3)]);
    await looked("supervisor1", `${thirdWeekday}T10:00:00+09:00`, [own]);
    await looked("supervisor1", `${thirdWeekday}T10:30:00+09:00`, numbers.slice(5, 6));
    await analysed();
    expect(await found(thirdWeekday)).toEqual([
      { kind: "colleague", login: "supervisor1", person_number: own, records: 1, people: 1 },
      { kind: "own-household", login: "clerk1", person_number: housemate, records: 1, people: 1 },
      { kind: "protected", login: "supervisor1", person_number: numbers[5], records: 1, people: 1 },
      { kind: "same-surname", login: "clerk1", person_number: numbers[0], records: 1, people: 1 },
    ]);
  });

  test("は、抜けた夜の分もさかのぼって一度ずつ行い、同じ記録を二度指摘しない", async () => {
    await startAfter(earlier(4));
    await looked("clerk2", `${earlier(4)}T23:00:00+09:00`, numbers.slice(6, 7));
    await looked("clerk2", `${earlier(2)}T23:00:00+09:00`, numbers.slice(6, 7));
    await analysed();
    const days = await admin`select day::text from oversight.analysed_day order by day offset 1`;
    expect(days.map(({ day }) => day)).toEqual([4, 3, 2, 1, 0].map(earlier));
    const [{ n: before } = {}] = await admin`select count(*) as n from oversight.finding`;
    expect(await analysed()).toBe(0);
    const [{ n: after } = {}] = await admin`select count(*) as n from oversight.finding`;
    expect(after).toBe(before);
    const twice =
      await admin`select kind, record_id from oversight.finding_record group by 1, 2 having count(*) > 1`;
    expect(twice).toHaveLength(0);
  });
});
