import { randomUUID } from "node:crypto";
import type { Actor } from "#src/platform/access/index.ts";
import { openChange } from "#src/platform/applications/index.ts";
import { entitlementsOfCase } from "#src/platform/entitlements/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { compareAnswer } from "#src/platform/review-panels/index.ts";
import type { Work } from "#src/platform/work.ts";
import {
  decideRegistration,
  enterSheet,
  intractable,
  intractableChanges,
  listRegistrations,
  moveSeason,
  planSeason,
  proposeMild,
  proposeOfCase,
} from "#src/programs/intractable-disease/index.ts";
import {
  addDays,
  addMonths,
  daysBetween,
  earlier,
  type IsoDate,
  type IsoMonth,
  isoDate,
  later,
  monthStart,
  partsOf,
} from "#workflows/dates/iso-date.ts";
import { someAtATime } from "./at-a-time.ts";
import { type CounterStaff, playedCase, workOnCase } from "./counter.ts";
import { type FoundPatient, findPatients } from "./find-people.ts";
import { type InventedPatient, playedIntractable, taxYear } from "./intractable.ts";
import { keepLists, listedDoctors } from "./intractable-lists.ts";
import { appointMembers, planMeeting, recordMeeting, type Said } from "./intractable-panel.ts";
import { institutionCode, institutionName } from "./invented-receipts.ts";
import {
  approved,
  doubtful,
  fewerPatientsTold,
  type Played,
  patientsTold,
  referred,
  type Told,
} from "./patients-told.ts";
import { bringReceipts } from "./receipts.ts";
import type { OfficeTeam } from "./work-in-hand.ts";

const { program } = intractable;

/** How many get a certificate at the first office and at each other one, and since how many days they have waited for it. */
const recipients = { first: 16, others: 3, daysAgo: 40 } as const;
/** Those of the first office who hand in a 管理票, ask for a 登録者証, report a change and apply for a renewal. */
const doing = { sheets: 6, registrations: 4, changes: 2, renewals: 3 } as const;
/** A month of receipts; they are of grown-ups, who pay two tenths. */
const receipts = {
  count: 60,
  faultEvery: 12,
  look: { type: "1122", copayOf: () => Number.MAX_SAFE_INTEGER },
} as const;
/** Days until the next meeting of the panel, which hears some; others are on no agenda yet. */
const nextMeeting = { inDays: 14, hears: 4, without: 2 } as const;

/** What the meeting of today says of each, and what the office does with it; without, the answer waits to be compared with the minutes. */
const heard: readonly {
  said: Said;
  /** The step that takes the answer, where it is put off. */
  takes?: "holdForDoctor";
  goesOn?: (played: Played, staff: CounterStaff) => Promise<unknown>;
}[] = [
  { said: { opinion: "meets", reason: null }, goesOn: async () => {} },
  { said: { opinion: "meets", reason: null } },
  {
    said: { opinion: "deferred", reason: "doctor" },
    takes: "holdForDoctor",
    goesOn: async () => {},
  },
  {
    said: { opinion: "fails", reason: "severity" },
    goesOn: (played, staff) => refuse(played, staff, "severity"),
  },
  {
    said: { opinion: "fails", reason: "diagnosis" },
    async goesOn(played, staff) {
      await refuse(played, staff, "diagnosis");
      await played.step(staff.examines, "requestDecision");
    },
  },
  {
    said: { opinion: "fails", reason: "severity" },
    async goesOn(played, staff) {
      await refuse(played, staff, "severity");
      await played.step(staff.examines, "requestDecision");
      await played.step(staff.decides, "approve");
    },
  },
];

const refuse = (played: Played, { examines }: CounterStaff, reason: string) =>
  played.step(examines, "proposeRejection", {
    input: { reason },
    comment: "審査会の答申のとおり。",
  });

/** Holds a certificate in the end. */
const issued: Told = {
  daysAgo: recipients.daysAgo,
  async goesOn(played, staff, today) {
    await approved(played, staff, today);
    await played.step(staff.enters, "issue");
  },
};

/** The first day of the 有効期間 of everybody that ends next. */
function periodBegan(today: IsoDate): IsoDate {
  const { year, month } = partsOf(today);
  return isoDate(month < 10 ? year - 1 : year, 10, 1);
}

/** An application of one of many: diseases with their doctors, and institutions by turns; no day lies before the 有効期間. */
function inventedPatient(
  at: number,
  { taxes }: FoundPatient,
  today: IsoDate,
  { daysAgo, patient }: Told,
): InventedPatient {
  const begins = periodBegan(today);
  const receivedOn = later(addDays(today, -daysAgo), begins);
  const writtenOn = later(addDays(receivedOn, -10), begins);
  const severeOn = earlier(writtenOn, later(addMonths(receivedOn, -1), begins));
  const doctor = listedDoctors[at % listedDoctors.length];
  const place = at % 12;
  return {
    sort: "new",
    receivedOn,
    institutions: [
      { code: institutionCode(place), name: institutionName(place), main: true, since: writtenOn },
    ],
    ...patient,
    tax: { ...taxes.get(taxYear(receivedOn)), ...patient?.tax },
    record: {
      ...(doctor && { disease: doctor.disease, doctor: doctor.number }),
      writtenOn,
      severeOn,
      ...patient?.record,
    },
  };
}

/**
 * 指定難病医療給付 in the work lists of the demonstration: the lists of doctors and institutions, applications in every state, what the
 * 指定難病審査会 heard and is to hear, recipients with their 管理票 and 登録者証, a season of renewal, and a month of receipts.
 *
 * @param people who decides, who opens the season that they planned, who receives receipts, and the clerks of each office
 */
export async function seedPatients(
  platform: Platform,
  people: { decides: Actor; opens: Actor; prepares: Actor; teams: readonly OfficeTeam[] },
): Promise<void> {
  const { decides, opens, prepares, teams } = people;
  await workOnCase(platform, decides, program, async (work) => {
    await keepLists(work);
    await appointMembers(work);
  });
  for (const [place, { officeCode, ...clerks }] of teams.entries()) {
    const staff = { ...clerks, decides };
    const isFirst = place === 0;
    const told = isFirst ? patientsTold : fewerPatientsTold;
    const holding = isFirst ? recipients.first : recipients.others;
    const toPanel = isFirst ? heard.length + nextMeeting.hears + nextMeeting.without : 0;
    const patients = await findPatients(
      platform,
      { prepares, ...clerks },
      { count: told.length + holding + toPanel + 1, officeCode },
    );
    const player = playerOf(platform, staff, patients);
    await player.all(told);
    const holders = await player.all(Array.from({ length: holding }, () => issued));
    if (!isFirst) continue;
    await meet(platform, staff, await player.all(Array.from({ length: toPanel }, () => asked)));
    await planAndOpen(platform, { decides, opens }, holders);
    await afterwards(platform, staff, { holders, mild: patients.pop()?.personNumber ?? "" });
    await player.renew(holders.slice(-doing.renewals));
  }
  await bringReceipts(platform, { prepares, decides }, { program, ...receipts });
}

/** Doubtful, and asked of the panel. */
const asked: Told = { daysAgo: 20, patient: doubtful, goesOn: referred };

/** A person's application that was played. */
type Holder = Played & FoundPatient;

function playerOf(platform: Platform, staff: CounterStaff, patients: FoundPatient[]) {
  const today = platform.clock.today();
  let at = 0;
  const play = async (told: Told, one: FoundPatient | undefined): Promise<Holder> => {
    if (!one) throw new Error("nobody is left to apply");
    at += 1;
    const patient = inventedPatient(at, one, today, told);
    const kind = playedIntractable(patient);
    const played = await playedCase(platform, staff, kind, one.personNumber, {
      daysAgo: daysBetween(patient.receivedOn ?? today, today),
    });
    await told.goesOn(played, staff, today);
    return { ...played, ...one };
  };
  return {
    async all(list: readonly Told[]): Promise<Holder[]> {
      const played: Holder[] = [];
      await someAtATime(list, async (told) => {
        played.push(await play(told, patients.pop()));
      });
      return played;
    },
    /** Renewals of some who hold a certificate: one received, one to be examined, the others to be decided. */
    async renew(holders: readonly Holder[]): Promise<void> {
      const ways: Told["goesOn"][] = [async () => {}, (played) => played.toExamination()];
      for (const [place, holder] of holders.entries())
        await play(
          {
            daysAgo: 0,
            patient: { sort: "renewal" },
            goesOn: ways[place] ?? ((played) => played.toApproval()),
          },
          holder,
        );
    },
  };
}

/** The meeting of today with its answers, the one to come, and those on no agenda. */
async function meet(
  platform: Platform,
  staff: CounterStaff,
  waiting: readonly Played[],
): Promise<void> {
  const { examines, decides } = staff;
  const today = platform.clock.today();
  const as = <T>(actor: Actor, work: (work: Work) => Promise<T>) =>
    workOnCase(platform, actor, program, work);
  const answered = heard.flatMap((one, at) => {
    const played = waiting[at];
    return played ? [{ ...one, played, caseId: played.id }] : [];
  });
  const session = await as(examines, async (work) => {
    const held = await planMeeting(
      work,
      today,
      answered.map(({ caseId }) => caseId),
    );
    await recordMeeting(work, held, answered);
    const { length } = heard;
    const next = waiting.slice(length, length + nextMeeting.hears).map(({ id }) => id);
    await planMeeting(work, addDays(today, nextMeeting.inDays), next);
    return held;
  });
  for (const { caseId, played, takes, goesOn } of answered) {
    if (!goesOn) continue;
    await as(decides, (work) => compareAnswer(work, session, caseId, true));
    await played.step(examines, takes ?? "takePanelAnswer");
    await goesOn(played, staff);
  }
}

/** A season of renewal for all whose 有効期間 ends together; open early, so that it can be tried. */
async function planAndOpen(
  platform: Platform,
  { decides, opens }: { decides: Actor; opens: Actor },
  [one]: readonly Played[],
): Promise<void> {
  const as = <T>(actor: Actor, work: (work: Work) => Promise<T>) =>
    workOnCase(platform, actor, program, work);
  const [held] = await as(decides, (work) => entitlementsOfCase(work, one?.id ?? ""));
  if (!held) throw new Error("nobody holds a certificate");
  const endsOn = held.validTo as IsoDate;
  const opensOn = earlier(platform.clock.today(), addMonths(monthStart(endsOn), -3));
  const recommendedUntil = later(opensOn, addMonths(endsOn, -2));
  const id = await as(decides, (work) => planSeason(work, { endsOn, opensOn, recommendedUntil }));
  await as(opens, (work) => moveSeason(work, { id, seen: 1, type: "open" }));
}

/** What recipients bring: 管理票 of this month, 登録者証 that are asked for, reports. */
async function afterwards(
  platform: Platform,
  { enters, examines, decides }: CounterStaff,
  { holders, mild }: { holders: readonly Holder[]; mild: string },
): Promise<void> {
  const as = <T>(actor: Actor, work: (work: Work) => Promise<T>) =>
    workOnCase(platform, actor, program, work);
  const today = platform.clock.today();
  const month = today.slice(0, 7) as IsoMonth;
  await as(enters, async (work) => {
    for (const [at, { personNumber }] of holders.slice(0, doing.sheets).entries()) {
      const shares = [600 + at * 100, 900, 400];
      await enterSheet(work, {
        personNumber,
        month,
        source: at % 2 === 0 ? "copy" : "original",
        rows: shares.map((share, row) => ({
          usedOn: monthStart(today),
          institution: institutionCode((at + row) % 12),
          total: share * 5,
          share,
          running: shares.slice(0, row + 1).reduce((sum, one) => sum + one, 0),
        })),
      });
    }
    for (const { id: grantingCaseId } of holders.slice(0, doing.changes))
      await openChange(work, intractableChanges, {
        grantingCaseId,
        subject: "institution",
        occursOn: today,
        origin: "report",
        idempotencyKey: randomUUID(),
      });
  });
  await as(examines, async (work) => {
    for (const [at, found] of holders.slice(0, doing.registrations).entries())
      await proposeOfCase(work, found, { paper: at % 2 === 0, from: today });
    await proposeMild(work, {
      personNumber: mild,
      disease: listedDoctors[0]?.disease ?? 0,
      doctor: listedDoctors[0]?.number ?? "",
      diagnosedOn: addDays(today, -30),
      paper: true,
      from: today,
      outcome: "granted",
      refusal: undefined,
    });
  });
  await as(decides, async (work) => {
    const { rows } = await listRegistrations(work, 1);
    const ofRecipients = rows.filter(({ kind }) => kind === "recipient");
    for (const { id } of ofRecipients.slice(0, -1)) await decideRegistration(work, id, true);
  });
}
