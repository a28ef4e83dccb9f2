import { beforeAll, describe, expect, test } from "vitest";
import {
  closingActions,
  monthsToPrepare,
  moveClosing,
  prepareClosing,
  readClosing,
} from "#src/programs/vaccination/reports/closings.ts";
import { readCohortPeople, readCoverage } from "#src/programs/vaccination/reports/coverage.ts";
import {
  type CubeCell,
  type Fixed,
  type ReportPeriod,
  readCountsToMap,
  readCube,
  readReportRows,
} from "#src/programs/vaccination/reports/cube.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { pcv, recordsOf } from "#test/support/vaccination-records.ts";
import { ageOn } from "#workflows/dates/ages.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Axis } from "#workflows/vaccination/reports/axes.ts";
import { birthsOf } from "#workflows/vaccination/reports/cohort.ts";

const home = await openTestPlatform();
const { as, people, take } = recordsOf(home);

interface Given {
  person: number;
  vaccine: string;
  dose: number;
  givenOn: IsoDate;
  enteredOn: IsoDate;
  route: string | null;
  source: string;
}
interface Somebody {
  birthDate: IsoDate;
  sex: "female" | "male";
  officeCode: string;
}

/** Ends of months, leap days and 1 April: births and shots on which an age turns. */
const births: IsoDate[] = [
  "2024-02-29",
  "2025-01-31",
  "2025-03-31",
  "2025-04-01",
  "2025-04-02",
  "2024-12-15",
  "1961-04-01",
  "1961-04-02",
];
const somebody: Somebody[] = Array.from({ length: 40 }, (_, n) => ({
  birthDate: births[n % births.length] ?? "2025-01-31",
  sex: n % 3 === 0 ? "male" : "female",
  officeCode: n % 2 === 0 ? "431010" : "431028",
}));
const days: IsoDate[] = [
  "2026-02-27",
  "2026-02-28",
  "2026-03-01",
  "2026-03-30",
  "2026-03-31",
  "2026-04-01",
  "2026-04-30",
  "2026-05-14",
  "2026-05-15",
];
const given: Given[] = Array.from({ length: 200 }, (_, n) => ({
  person: n % 40,
  vaccine: ["pcv", "hepb", "mr1"][Math.floor(n / 40) % 3] ?? "pcv",
  dose: Math.floor(n / 120) + 1,
  givenOn: days[(n * 7) % days.length] ?? "2026-04-01",
  enteredOn: addDays("2026-06-01", n % 60),
  route: [null, "individual", "group"][n % 3] ?? null,
  source: ["feed", "slip", "letter"][Math.floor(n / 3) % 3] ?? "feed",
}));
let numbers: string[] = [];

beforeAll(async () => {
  numbers = await people(
    ...somebody.map((one) => ({
      ...one,
      residence: { from: one.birthDate, fromReason: "birth" as const },
    })),
  );
  await home.admin`
    insert into vaccination.shot (person_number, vaccine, dose, given_on, route, source, entered_at, entered_by)
    select (${numbers}::text[])[x.person + 1], x.vaccine, x.dose, x."givenOn"::date, x.route, x.source, (x."enteredOn" || 'T03:00:00Z')::timestamptz, 1
      from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) x(person integer, vaccine text, dose integer, "givenOn" text, "enteredOn" text, route text, source text)`;
});

const spring: ReportPeriod = { basis: "now", from: "2026-03-01", to: "2026-04-30", byEntry: false };
const months = ({ person, givenOn }: Given): number => {
  const { years, months } = ageOn(somebody[person]?.birthDate ?? givenOn, givenOn);
  return years * 12 + months;
};
const cube = (
  period: ReportPeriod,
  rows: Axis,
  columns: Axis | "none",
  fixed: Fixed = {},
  who: TestStaff = "clerk1",
) => as(who, (work) => readCube(work, period, { rows, columns }, fixed));
const inPeriod =
  ({ from, to, byEntry }: ReportPeriod) =>
  (one: Given) =>
    from <= (byEntry ? one.enteredOn : one.givenOn) &&
    (byEntry ? one.enteredOn : one.givenOn) <= to;
const sumOf = (cells: readonly CubeCell[]) => cells.find((one) => one.ofRows && one.ofColumns)?.n;
const monthOf = (day: string) => `${day.slice(0, 7)}-01`;

/** The same cube, counted one by one. */
function counted(
  rows: readonly Given[],
  row: (one: Given) => string,
  column: (one: Given) => string,
) {
  const found = new Map<string, number>();
  for (const one of rows)
    for (const key of [`${row(one)}|${column(one)}`, `${row(one)}|*`, `*|${column(one)}`, "*|*"])
      found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}
const keyed = (cells: readonly CubeCell[]) =>
  new Map(
    cells.map((one) => [
      `${one.ofRows ? "*" : one.row}|${one.ofColumns ? "*" : one.column}`,
      one.n,
    ]),
  );

describe("集計は、記録を一つずつ数えたものと同じ", () => {
  const axes: Record<string, (one: Given) => string> = {
    vaccine: ({ vaccine }) => vaccine,
    dose: ({ vaccine, dose }) => `${vaccine}:${dose}`,
    "age-months": (one) => String(months(one)),
    "age-years": (one) => String(Math.floor(months(one) / 12)),
    sex: ({ person }) => somebody[person]?.sex ?? "",
    office: ({ person }) => somebody[person]?.officeCode ?? "",
    route: ({ route }) => route ?? "unknown",
    source: ({ source }) => source,
    month: ({ givenOn }) => monthOf(givenOn),
    "entry-month": ({ enteredOn }) => monthOf(enteredOn),
  };
  test.each([
    ["vaccine", "sex", spring],
    ["dose", "route", spring],
    ["age-months", "office", spring],
    ["age-years", "source", spring],
    ["month", "entry-month", { ...spring, from: "2026-06-01", to: "2026-06-30", byEntry: true }],
  ] as const)("%s × %s", async (rows, columns, period) => {
    const [row, column] = [axes[rows], axes[columns]];
    if (!row || !column) throw new Error("no such axis");
    const found = await cube(period, rows, columns);
    expect(keyed(found)).toEqual(counted(given.filter(inPeriod(period)), row, column));
  });

  test("軸の値を決めると、その分だけになり、行を開くと同じ件数が並ぶ", async () => {
    const fixed: Fixed = { vaccine: "pcv", sex: "female", ageFrom: 0, ageTo: 23 };
    const found = await cube(spring, "office", "none", fixed);
    const behind = given.filter(
      (one) =>
        inPeriod(spring)(one) &&
        one.vaccine === "pcv" &&
        somebody[one.person]?.sex === "female" &&
        months(one) <= 23,
    );
    expect(behind.length).toBeGreaterThan(3);
    expect(sumOf(found)).toBe(behind.length);
    const first = await as("clerk1", (work) =>
      readReportRows(work, spring, fixed, { from: 0, size: 3 }),
    );
    const rest = await as("clerk1", (work) =>
      readReportRows(work, spring, fixed, { from: 3, size: 200 }),
    );
    expect(first.total).toBe(behind.length);
    expect(first.rows).toHaveLength(3);
    expect(
      [...first.rows, ...rest.rows].map(({ personNumber }) => personNumber).toSorted(),
    ).toEqual(behind.map(({ person }) => numbers[person]).toSorted());
    const [seen] = await home.admin<{ person_number: string }[]>`
      select person_number from audit.record where action = 'vaccination-report.rows-read' and person_number = ${first.rows[0]?.personNumber ?? ""}`;
    expect(seen).toBeDefined();
  });

  test("契約の種類は、その日に医療機関に有る契約で分ける", async () => {
    const june: ReportPeriod = {
      basis: "now",
      from: "2025-06-01",
      to: "2025-06-30",
      byEntry: false,
    };
    const codes = ["4310000011", "4310000012", "4310000013"];
    await home.admin`
      insert into clinics.clinic (code, name, kana, name_folded, kana_folded, kind, place, postal_code, address, district, phone, entered_by, entered_at)
      select c, '例示医院', 'レイジイイン', '例示医院', 'レイジイイン', 'clinic', 'city', '8600001', '例示町1', '', '', 1, now() from unnest(${codes}::text[]) c`;
    await home.admin`
      insert into clinics.contract (clinic_code, kind, number, valid_from, valid_to, member_number, paid_to, what, state, proposed_by, proposed_at, decided_by, decided_at)
      values ('4310000011', 'regional', '1', '2025-04-01', '2025-06-10', '', 'clinic', 'new', 'confirmed', 1, now(), 2, now()),
             ('4310000011', 'individual', '2', '2025-06-11', null, '', 'clinic', 'new', 'confirmed', 1, now(), 2, now()),
             ('4310000011', 'mass', '3', '2025-04-01', null, '', 'clinic', 'new', 'confirmed', 1, now(), 2, now()),
             ('4310000012', 'individual', '4', '2025-04-01', null, '', 'clinic', 'new', 'waiting', 1, now(), null, null)`;
    await home.admin`
      insert into vaccination.shot (person_number, vaccine, dose, given_on, route, clinic_code, source, entered_at, entered_by)
      select ${numbers[7] ?? ""}, 'je1', d, x::date, r, c, s, now(), 1
        from (values (1, '2025-06-10', 'individual', '4310000011', 'feed'), (2, '2025-06-11', null, '4310000011', 'feed'), (3, '2025-06-12', 'group', '4310000011', 'feed'),
                     (4, '2025-06-13', null, '4310000012', 'feed'), (5, '2025-06-14', null, '4310000013', 'feed'), (6, '2025-06-15', null, null, 'feed'),
                     (7, '2025-06-16', 'individual', '4310000011', 'letter')) v(d, x, r, c, s)`;
    const found = keyed(await cube(june, "contract", "none"));
    expect(
      Object.fromEntries([...found].map(([key, n]) => [key.replace("|", "").replace("*", ""), n])),
    ).toMatchObject({
      regional: 1,
      individual: 1,
      mass: 1,
      none: 2,
      unknown: 1,
      letter: 1,
    });
  });

  test("国の表に並べる数の合計も同じ", async () => {
    const counts = await as("clerk1", (work) => readCountsToMap(work, spring));
    expect(counts.reduce((sum, { n }) => sum + n, 0)).toBe(given.filter(inPeriod(spring)).length);
    expect(counts.every(({ age }) => age >= 0)).toBe(true);
  });
});

describe("見る権利", () => {
  test("記録を見られない人には、10の位に丸めた数だけを見せ、行も国の表も見せない", async () => {
    const exact = keyed(await cube(spring, "vaccine", "sex"));
    const rounded = keyed(await cube(spring, "vaccine", "sex", {}, "scheme1"));
    for (const [key, n] of rounded)
      expect(n, key).toBe(Math.round((exact.get(key) ?? 0) / 10) * 10);
    const denied = { code: "42501" };
    await expect(
      as("scheme1", (work) => readReportRows(work, spring, {}, { from: 0, size: 10 })),
    ).rejects.toMatchObject(denied);
    await expect(as("scheme1", (work) => readCountsToMap(work, spring))).rejects.toMatchObject(
      denied,
    );
    await expect(
      as("scheme1", (work) =>
        readCohortPeople(work, infants, { done: false }, { from: 0, size: 10 }),
      ),
    ).rejects.toMatchObject(denied);
    await expect(cube(spring, "vaccine", "sex", {}, "auditor1")).rejects.toMatchObject(denied);
    await expect(as("nobody", (work) => readCoverage(work, infants))).rejects.toMatchObject(denied);
  });

  test.each<[string, Partial<ReportPeriod>]>([
    ["月の途中から", { from: "2026-03-02" }],
    ["月の途中まで", { to: "2026-04-29" }],
    ["逆さま", { from: "2026-05-01" }],
    ["長すぎる", { from: "2015-04-01" }],
    ["知らない数え方", { basis: "all" as never }],
  ])("数えられない期間は断る: %s", async (_, wrong) => {
    await expect(cube({ ...spring, ...wrong }, "vaccine", "none")).rejects.toMatchObject({
      code: "22023",
    });
    await expect(
      as("clerk1", (work) =>
        readReportRows(work, { ...spring, ...wrong }, {}, { from: 0, size: 9 }),
      ),
    ).rejects.toMatchObject({ code: "22023" });
  });
});

const infants = {
  vaccine: "pcv",
  dose: 1,
  choice: { kind: "age", from: 0, to: 30 },
  on: "2026-04-30",
} as const;

describe("接種率", () => {
  test("対象者は、その日の住民のうちその年齢の人、実施者は、そのうちその日までに受けた人", async () => {
    const { from, to } = birthsOf(infants.choice, infants.on);
    const cohort = somebody.flatMap((one, person) =>
      from <= one.birthDate && one.birthDate <= to ? [{ ...one, person }] : [],
    );
    const done = cohort.filter(({ person }) =>
      given.some(
        (one) =>
          one.person === person &&
          one.vaccine === "pcv" &&
          one.dose === 1 &&
          one.givenOn <= infants.on,
      ),
    );
    const found = await as("clerk1", (work) => readCoverage(work, infants));
    expect(found.find(({ dimension }) => dimension === "all")).toEqual({
      dimension: "all",
      value: null,
      people: cohort.length,
      done: done.length,
    });
    for (const dimension of ["office", "cohort"])
      expect(
        found
          .filter((one) => one.dimension === dimension)
          .reduce((sum, { people }) => sum + people, 0),
      ).toBe(cohort.length);
    const uncovered = await as("clerk1", (work) =>
      readCohortPeople(work, infants, { done: false, office: "431010" }, { from: 0, size: 200 }),
    );
    const missing = cohort.filter((one) => one.officeCode === "431010" && !done.includes(one));
    expect(uncovered.total).toBe(missing.length);
    expect(uncovered.rows.map(({ personNumber }) => personNumber).toSorted()).toEqual(
      missing.map(({ person }) => numbers[person]).toSorted(),
    );
  });

  test("転出した日からは対象者でなく、亡くなった日も数えない。前の日はまだ数える", async () => {
    const [gone = "", dead = ""] = await people(
      {
        birthDate: "2010-06-01",
        sex: "female",
        residence: {
          from: "2010-06-01",
          fromReason: "birth",
          to: "2026-04-30",
          toReason: "move-out",
        },
      },
      {
        birthDate: "2010-06-01",
        sex: "female",
        diedOn: "2026-04-30",
        residence: { from: "2010-06-01", fromReason: "birth", to: "2026-04-30", toReason: "death" },
      },
    );
    expect([gone, dead]).not.toContain("");
    const asked = (on: IsoDate) =>
      ({
        vaccine: "hpv9",
        dose: 1,
        choice: { kind: "born", from: "2010-06-01", to: "2010-06-01" },
        on,
      }) as const;
    const all = async (on: IsoDate) =>
      (await as("clerk1", (work) => readCoverage(work, asked(on)))).find(
        ({ dimension }) => dimension === "all",
      )?.people;
    expect(await all("2026-04-29")).toBe(2);
    expect(await all("2026-04-30")).toBe(0);
  });
});

describe("締め", () => {
  const prepare = (month: IsoDate, who: TestStaff = "clerk1") =>
    as(who, (work) => prepareClosing(work, month));
  const move = async (id: number, type: "close" | "refresh" | "discard", who: TestStaff) =>
    as(who, async (work) =>
      moveClosing(work, { id, seen: (await readClosing(work, id)).revision, type }),
    );
  const closed = async (month: IsoDate) => {
    const id = await prepare(month);
    await move(id, "close", "supervisor1");
    return as("clerk1", (work) => readClosing(work, id));
  };
  const of = (basis: "own" | "earlier", from: IsoDate, to: IsoDate): ReportPeriod => ({
    basis,
    from,
    to,
    byEntry: false,
  });
  const ofMonth = (month: string) =>
    given.filter(({ givenOn }) => givenOn.startsWith(month)).length;

  test("一人で締めることも、終わらない月や飛んだ月を締めることもできない", async () => {
    await expect(prepare("2026-11-01")).rejects.toMatchObject({ status: 409 });
    await expect(prepare("2026-03-01", "east1")).rejects.toMatchObject({ code: "42501" });
    const id = await prepare("2026-03-01", "supervisor2");
    const { actions, choices } = await as("supervisor2", async (work) => ({
      actions: closingActions(work, await readClosing(work, id)),
      choices: await monthsToPrepare(work),
    }));
    expect(actions.find(({ type }) => type === "close")?.reasons).toHaveLength(1);
    expect(choices).toEqual(["2026-04-01"]);
    await expect(move(id, "close", "supervisor2")).rejects.toMatchObject({ status: 403 });
    await expect(move(id, "close", "clerk1")).rejects.toMatchObject({ code: "42501" });
    await expect(prepare("2026-04-01")).rejects.toMatchObject({ status: 409 });
    await move(id, "discard", "supervisor2");
    await expect(move(id, "close", "supervisor1")).rejects.toMatchObject({ status: 409 });
  });

  test("締めた数は変わらず、遅れた記録・訂正・取消は次の締めの訂正になる", {
    timeout: 60_000,
  }, async () => {
    const march = await closed("2026-03-01");
    expect(march).toMatchObject({
      state: "closed",
      counted: ofMonth("2026-03"),
      late: 0,
      taken: 0,
    });
    await expect(prepare("2026-05-01")).rejects.toMatchObject({ status: 409 });

    // A record told late, one that turns out to be of another dose, and one that was never given.
    await home.admin`insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_at, entered_by) values (${numbers[0] ?? ""}, 'bcg', 1, '2026-03-20', 'feed', now(), 1)`;
    const [wrong, never] = await home.admin<{ id: string; dose: number }[]>`
      select id, dose from vaccination.shot where given_on between '2026-03-01' and '2026-03-31' and vaccine <> 'bcg' order by id limit 2`;
    if (!wrong || !never) throw new Error("too few");
    const change = (id: string, what: string) => home.admin`
      insert into vaccination.shot_change (shot_id, person_number, what, before, staff_id, at, "on")
      select id, person_number, ${what}, '{}', 1, now(), current_date from vaccination.shot where id = ${id}`;
    await change(wrong.id, "corrected");
    await home.admin`update vaccination.shot set dose = 9, revision = 2 where id = ${wrong.id}`;
    await change(never.id, "cancelled");
    await home.admin`delete from vaccination.shot where id = ${never.id}`;
    // What is erased after its time is none of it.
    const [erased] = await home.admin<{ id: string }[]>`
      delete from vaccination.shot where id = (select id from vaccination.shot where given_on between '2026-03-01' and '2026-03-31' and vaccine <> 'bcg' and id not in (${wrong.id}, ${never.id}) order by id limit 1) returning id`;
    expect(erased).toBeDefined();

    const april = await closed("2026-04-01");
    expect(april).toMatchObject({ counted: ofMonth("2026-04"), late: 2, taken: 2 });
    const own = await cube(of("own", "2026-03-01", "2026-03-31"), "vaccine", "none");
    expect(sumOf(own)).toBe(ofMonth("2026-03"));
    expect(sumOf(await cube(of("earlier", "2026-04-01", "2026-04-30"), "dose", "none"))).toBe(0);
    expect(
      keyed(
        await cube(of("earlier", "2026-04-01", "2026-04-30"), "vaccine", "none", {
          vaccine: "bcg",
        }),
      ).get("bcg|*"),
    ).toBe(1);
    // Both months together: the corrections stand in the figures of their month.
    const both = await cube(of("own", "2026-03-01", "2026-04-30"), "month", "none");
    expect(keyed(both).get("2026-03-01|*")).toBe(ofMonth("2026-03"));
    expect(sumOf(both)).toBe(ofMonth("2026-03") + ofMonth("2026-04"));

    const rows = await as("clerk1", (work) =>
      readReportRows(work, of("earlier", "2026-04-01", "2026-04-30"), {}, { from: 0, size: 50 }),
    );
    expect(rows.total).toBe(4);
    expect(
      rows.rows
        .filter(({ taken }) => taken)
        .map(({ sourceId }) => sourceId)
        .toSorted(),
    ).toEqual([wrong.id, never.id].toSorted());
    expect(rows.rows.every(({ personNumber }) => personNumber)).toBe(true);
    // Figures and the rows behind them agree.
    const [agreed] = await home.admin<{ agreed: boolean }[]>`
      select bool_and(f.added = e.added and f.taken = e.taken) as agreed from vaccination_reports.figure f
        join (select figure_id, count(*) filter (where takes is null) as added, count(takes) as taken from vaccination_reports.entry group by 1) e on e.figure_id = f.id`;
    expect(agreed?.agreed).toBe(true);

    const may = await closed("2026-05-01");
    expect(may).toMatchObject({ counted: ofMonth("2026-05"), late: 0, taken: 0 });
  });

  test("決裁者が見た数が締まり、見た後に数え直されていれば締まらない", async () => {
    const id = await prepare("2026-06-01");
    const seen = await as("supervisor1", (work) => readClosing(work, id));
    await take("clerk1", [
      pcv({
        personNumber: numbers[1] ?? "",
        vaccine: "rota5",
        givenOn: "2026-06-10",
        accepted: "clinic",
      } as never),
    ]);
    await move(id, "refresh", "clerk2");
    await expect(
      as("supervisor1", (work) => moveClosing(work, { id, seen: seen.revision, type: "close" })),
    ).rejects.toMatchObject({ status: 409 });
    const now = await as("supervisor1", (work) => readClosing(work, id));
    expect(now.preparedBy).not.toBe(seen.preparedBy);
    await move(id, "discard", "clerk1");
  });

  test("予診のみと不可診は、結果として数え、接種とは別に立つ", async () => {
    const [who = ""] = await people({
      birthDate: "2026-05-10",
      residence: { from: "2026-05-10", fromReason: "birth" },
    });
    await take("clerk1", [
      pcv({ personNumber: who, outcome: "interview-only", givenOn: "2026-07-10" }),
      pcv({ personNumber: who, outcome: "given", givenOn: "2026-07-20" }),
    ]);
    const july: ReportPeriod = {
      basis: "now",
      from: "2026-07-01",
      to: "2026-07-31",
      byEntry: false,
    };
    const found = keyed(await cube(july, "outcome", "none"));
    expect([found.get("given|*"), found.get("interview-only|*")]).toEqual([1, 1]);
  });
});
