import type { Actor } from "#src/platform/access/index.ts";
import { cityParameterOn } from "#src/platform/parameters/index.ts";
import { lookAtPerson, selectPeople } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import {
  comparedLines,
  getClinicClaim,
  isDifferent,
  rowsOfClinicClaim,
} from "#src/programs/vaccination/clinic-claims/claims.ts";
import { openClinicClaim } from "#src/programs/vaccination/clinic-claims/open.ts";
import {
  acceptLine,
  judgeRows,
  moveClinicClaim,
} from "#src/programs/vaccination/clinic-claims/steps.ts";
import { type ToldRecord, takeRecords } from "#src/programs/vaccination/records/take.ts";
import {
  moveClosing,
  prepareClosing,
  readClosing,
} from "#src/programs/vaccination/reports/closings.ts";
import { readCountsToMap, readCube } from "#src/programs/vaccination/reports/cube.ts";
import { historiesOf } from "#src/programs/vaccination/shots.ts";
import { fiscalYear, fiscalYearStart } from "#workflows/dates/ages.ts";
import { addDays, addMonths, type IsoDate, monthEnd } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { ClinicClaimEvent } from "#workflows/vaccination/clinic-claims/machine.ts";
import type { ClaimedLine } from "#workflows/vaccination/clinic-claims/reckon.ts";
import { dueDoses } from "#workflows/vaccination/due.ts";
import { arrange, nationalTable } from "#workflows/vaccination/reports/national-table.ts";

const program = "vaccination";
/** Slips with errors at the end of a month's. */
const errors = 3;

/** Who takes part: the counter enters slips; of the two who may decide for the whole city one enters claims and prepares closings, the other decides. */
export interface VaccinationStaff {
  enters: Actor;
  decides: Actor;
  prepares: Actor;
  approves: Actor;
}

/** How the year of 予防接種 is played. */
export interface VaccinationYear {
  /** First day of the first month, and how many months. */
  from: IsoDate;
  months: number;
  /** 医療機関コード of clinics with a contract, a price and an account. */
  clinics: readonly string[];
  /** Vaccines that have a price, all the same, yen. */
  vaccines: readonly string[];
  price: number;
  /** Slips a month. */
  slips: number;
  /** Lets the register tell who was born in a month, on its last day; where it is left out, nobody new is told. */
  bear?(month: { at: number; from: IsoDate; to: IsoDate }): Promise<unknown>;
  /** Whether a table of the yearly report is set and the months are a whole 年度. */
  tellsTable?: boolean;
  /** The mailing of a month; gives how many pieces were made. */
  mail(month: string): Promise<number>;
}

/**
 * A year of 予防接種: coupons are mailed month by month, to those too who were born meanwhile where the register tells of them, slips come back with errors in them (nobody known by
 * that name, a day before the birth, the same slip twice), clinics claim what they gave and one of them one too many, months are closed
 * by two, and what was given is counted for the report.
 *
 * @returns lines of the summary
 */
export async function playVaccinationYear(
  platform: Platform,
  clock: { moveTo(date: IsoDate): void },
  staff: VaccinationStaff,
  year: VaccinationYear,
): Promise<string[]> {
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
    runWork(platform, actor, { purpose: "case", program }, run);
  const total = {
    births: 0,
    mailed: 0,
    mailings: 0,
    slips: 0,
    recorded: 0,
    waiting: 0,
    claims: 0,
    pay: 0,
    returned: 0,
  };
  for (let at = 0; at < year.months; at += 1) {
    const first = addMonths(year.from, at);
    const month = first.slice(0, 7);
    const last = monthEnd(first);
    clock.moveTo(first);
    const sent = await year.mail(addMonths(first, 1).slice(0, 7));
    total.mailed += sent;
    total.mailings += sent > 0 ? 1 : 0;
    clock.moveTo(last);
    await year.bear?.({ at, from: first, to: last });
    total.births += await births(platform, staff.prepares, first, last);
    const told = await slipsOf(platform, staff, year, { month, on: addDays(last, -1) });
    const taken = await as(staff.enters, async (work) => [
      ...(await takeRecords(work, told.slice(0, -errors))),
      ...(await takeRecords(work, told.slice(-errors))),
    ]);
    total.slips += taken.length;
    total.recorded += taken.filter(({ state }) => state === "recorded").length;
    total.waiting += taken.filter(({ state }) => ["doubtful", "unmatched"].includes(state)).length;
    // What the clinics gave, as they count it.
    const given = told.filter((_, place) => taken[place]?.state !== "second-channel");
    for (const [place, clinic] of year.clinics.entries()) {
      const own = given.filter(({ clinicCode }) => clinicCode === clinic);
      if (own.length === 0) continue;
      const came = await playClinicClaim(platform, staff, {
        clinic,
        month,
        lines: linesOf(own, year.price, place === 0 && at % 3 === 0 ? 1 : 0),
      });
      total.claims += 1;
      total.pay += came.pay;
      total.returned += came.returned;
    }
    clock.moveTo(addDays(last, 1));
    const closing = await as(staff.approves, (work) => prepareClosing(work, first));
    await as(staff.decides, async (work) => {
      const { revision } = await readClosing(work, closing);
      await moveClosing(work, { id: closing, seen: revision, type: "close" });
    });
  }
  const to = monthEnd(addMonths(year.from, year.months - 1));
  const cells = await as(staff.decides, (work) =>
    readCube(
      work,
      { basis: "own", from: year.from, to, byEntry: false },
      { rows: "vaccine", columns: "none" },
      { outcome: "given" },
    ),
  );
  const counted = cells.find(({ ofRows }) => ofRows)?.n ?? 0;
  const table = year.tellsTable ? await as(staff.decides, (work) => tellTable(work, to)) : [];
  return [
    `予防接種の1年（${formatWareki(year.from)}から${formatWareki(to)}まで）`,
    `  ${total.births > 0 ? `出生 ${total.births} 人、` : ""}接種券の発送 ${total.mailings} 回 ${total.mailed} 通`,
    `  予診票 ${total.slips} 枚: 記録 ${total.recorded} 件、要確認・人が不明 ${total.waiting} 件`,
    `  委託料の請求 ${total.claims} 件、支払決定 ${yen(total.pay)}、返戻した予診票 ${total.returned} 枚`,
    `  月の締め ${year.months} 回、報告する接種 ${counted} 件`,
    ...table,
  ];
}

/** The table of the yearly report, filled from what the months were closed with. */
async function tellTable(work: Work, to: IsoDate): Promise<string[]> {
  const { value: table } = await cityParameterOn(work, nationalTable, to);
  const from = fiscalYearStart(fiscalYear(to));
  const counts = await readCountsToMap(work, { basis: "own", from, to, byEntry: false });
  const { rows, unmapped } = arrange(table, counts);
  const sum = rows.flatMap(({ values }) => values).reduce((a, b) => a + b, 0);
  const outside = unmapped.reduce((all, { n }) => all + n, 0);
  return [
    `  国への報告表「${table.title}」${rows.length} 行: ${sum} 件、表に入らないもの ${outside} 件`,
  ];
}

const births = async (platform: Platform, prepares: Actor, from: IsoDate, to: IsoDate) =>
  (
    await runWork(platform, prepares, { purpose: "mailing", program }, (work) =>
      selectPeople(work, { births: [{ from, to }], residentOn: to }),
    )
  ).filter(({ residence }) => residence.fromReason === "birth").length;

/** Slips of a month from the clinics in turn: doses that are due, and errors among them. */
async function slipsOf(
  platform: Platform,
  staff: VaccinationStaff,
  year: VaccinationYear,
  { month, on }: { month: string; on: IsoDate },
): Promise<ToldRecord[]> {
  const children = await runWork(
    platform,
    staff.prepares,
    { purpose: "mailing", program },
    (work) =>
      selectPeople(work, {
        births: [{ from: addMonths(on, -15), to: addMonths(on, -2) }],
        residentOn: on,
      }),
  );
  const wanted = children
    .filter(({ officeCode, isProtected }) => officeCode === "431010" && !isProtected)
    .map(({ personNumber }) => personNumber);
  const told: ToldRecord[] = [];
  await runWork(platform, staff.enters, { purpose: "case", program }, async (work) => {
    const histories = await historiesOf(work, wanted);
    for (const personNumber of wanted) {
      if (told.length >= year.slips) return;
      const person = await lookAtPerson(work, personNumber, ["facts"]);
      if (!person?.bornOn) continue;
      const sex = person.sex === "male" ? "male" : "female";
      const due = dueDoses({ birth: person.bornOn, sex }, on, histories.get(personNumber) ?? [])
        .filter(({ vaccine }) => year.vaccines.includes(vaccine))
        .find(({ earliest, latest }) => earliest <= on && latest > on);
      if (!due) continue;
      told.push({
        channel: "slip",
        outcome: "given",
        personNumber,
        vaccine: due.vaccine,
        dose: due.dose,
        givenOn: on,
        lot: "DEMO1",
        clinicCode: year.clinics[told.length % year.clinics.length],
        reference: `demo ${month}-${told.length + 1}`,
      });
    }
  });
  const [one] = told;
  if (!one) return told;
  const clinicCode = year.clinics[1] ?? one.clinicCode;
  return [
    ...told,
    // Nobody of that name; a day before the birth; the same slip handed in twice.
    {
      ...one,
      personNumber: undefined,
      identity: { kana: "ダレモ　シラナイ", birth: addMonths(on, -4) },
      clinicCode,
      reference: `demo ${month}-unknown`,
    },
    { ...one, givenOn: addMonths(on, -30), clinicCode, reference: `demo ${month}-early` },
    { ...one, reference: `demo ${month}-twice` },
  ];
}

/** What a clinic claims of its slips, by vaccine and dose; `more` of the first line than it gave. */
function linesOf(told: readonly ToldRecord[], price: number, more: number): ClaimedLine[] {
  const counts = new Map<string, { vaccine: string; dose: number; count: number }>();
  for (const { vaccine, dose = 1 } of told) {
    const key = `${vaccine} ${dose}`;
    const row = counts.get(key) ?? { vaccine, dose, count: 0 };
    counts.set(key, { ...row, count: row.count + 1 });
  }
  return [...counts.values()].map(({ vaccine, dose, count }, at) => {
    const claimed = count + (at === 0 ? more : 0);
    return {
      vaccine,
      dose,
      product: "",
      outcome: "given",
      count: claimed,
      amount: claimed * price,
    };
  });
}

/** A claim of a month: reckoned, what has no record sent back, differences accepted as reckoned, decided by another. Claims are of the whole city, as is the right to enter them. */
async function playClinicClaim(
  platform: Platform,
  staff: VaccinationStaff,
  { clinic, month, lines }: { clinic: string; month: string; lines: readonly ClaimedLine[] },
): Promise<{ pay: number; returned: number }> {
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
    runWork(platform, actor, { purpose: "case", program }, run);
  const id = await as(staff.approves, (work) =>
    openClinicClaim(work, {
      claimant: clinic,
      month,
      kind: "individual",
      receivedOn: work.platform.clock.today(),
      lines,
    }),
  );
  const seen = () => as(staff.approves, async (work) => (await getClinicClaim(work, id)).revision);
  const move = async (actor: Actor, type: ClinicClaimEvent) => {
    const revision = await seen();
    await as(actor, (work) => moveClinicClaim(work, { id, seen: revision, type }));
  };
  await move(staff.approves, "reckon");
  const open = await as(staff.approves, async (work) =>
    (await rowsOfClinicClaim(work, id, undefined, { from: 0, size: 500 })).rows
      .filter(({ disposition }) => disposition === "open")
      .map((row) => row.id),
  );
  if (open.length > 0) {
    const revision = await seen();
    await as(staff.approves, (work) =>
      judgeRows(work, { id, seen: revision, rows: open, how: "return", reason: "wrong-person" }),
    );
  }
  const different = await as(staff.approves, async (work) =>
    (await comparedLines(work, id)).filter(
      (line) => line.place !== null && line.accepted === null && isDifferent(line),
    ),
  );
  for (const { place } of different) {
    const revision = await seen();
    await as(staff.approves, (work) =>
      acceptLine(work, { id, seen: revision, place: place ?? 1, reason: "as-reckoned" }),
    );
  }
  await move(staff.approves, "propose");
  await move(staff.decides, "approve");
  const { pay } = await as(staff.approves, (work) => getClinicClaim(work, id));
  return { pay: pay ?? 0, returned: open.length };
}
