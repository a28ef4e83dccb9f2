import { z } from "zod";
import {
  type Office,
  type Recipient,
  type RenewalEndData,
  type RenewalReminderData,
  renewalEnd,
  renewalReminder,
  type StatusReportData,
  statusReport,
} from "#forms/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear, formatWareki } from "#workflows/dates/wareki.ts";
import { groundsOf, joinEntry, printed } from "../applications/index.ts";
import { dataOfMany } from "../entitlements/index.ts";
import { recipientsOf } from "../letters/index.ts";
import { declareMailingKind, type MailingKind, type Piece } from "../mailings/index.ts";
import { lookAtPeople, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import type { Work } from "../work.ts";
import { letterSortTitles } from "./answers.ts";
import { type RenewalKind, reasonTitlesOf } from "./kind.ts";
import { answerNumber, serialOf } from "./number.ts";
import type { SeasonRow } from "./seasons.ts";

export type LetterSort = keyof typeof letterSortTitles;
export const letterSorts = Object.keys(letterSortTitles) as LetterSort[];

const day = z.iso.date().transform((text) => text as IsoDate);
/** What is ordered: a letter of a season, with the days that stand on it. */
const orderShape = z.strictObject({
  season: z.uuid(),
  letter: z.enum(letterSorts as [LetterSort, ...LetterSort[]]),
  year: z.int(),
  startsOn: day,
  dueOn: day,
  sendBy: day,
  noAnswer: z.enum(["lost", "suspended"]),
});
export type RenewalOrder = z.infer<typeof orderShape>;
const readOrder = (parameters: unknown): RenewalOrder => orderShape.parse(parameters);

/** The order of a letter of a season. */
export const renewalOrder = (season: SeasonRow, letter: LetterSort): RenewalOrder =>
  orderShape.parse({
    season: season.id,
    letter,
    year: season.year,
    startsOn: season.startsOn,
    dueOn: season.dueOn,
    sendBy:
      letter === "form"
        ? season.dueOn
        : letter === "reminder"
          ? addDays(season.warnOn as IsoDate, -1)
          : season.warnedUntil,
    noAnswer: season.noAnswer,
  });
export const renewalMailingId = (program: string, letter: LetterSort) =>
  `${program}-renewal-${letter}`;
/** Somebody to whom a letter of a season is due, as runs of mailings see it. */
interface Due {
  id: string;
  serial: number;
  personNumber: string;
  caseId: string;
  officeCode: string;
  sent: boolean;
  outcome: "lost" | "suspended" | null;
  reason: string | null;
  recipientNumber: string | null;
}

interface Facts {
  serial: number;
  office: Office;
  paper: Printed<StatusReportData> | Printed<RenewalReminderData> | Printed<RenewalEndData>;
}
type Printed<Data> = Omit<Data, "issuer" | "office" | "to" | "date">;
type Reason = "answered";

const forms = {
  form: statusReport,
  reminder: renewalReminder,
  warning: renewalReminder,
  notice: renewalEnd,
} as const;

async function dueLetters(
  work: Work,
  { season, letter }: Pick<RenewalOrder, "season" | "letter">,
  among: readonly string[] | null = null,
): Promise<Due[]> {
  const rows = await work.sql<Due[]>`
    select id, serial::integer as serial, person_number as "personNumber", case_id as "caseId", office_code as "officeCode", sent, outcome, reason,
           recipient_number as "recipientNumber"
      from renewals.due_letters(${season}, ${letter}, ${among ? [...among] : null}::text[])`;
  return rows;
}

/** Declares the letters of the seasons of a 事務, each a kind of mailing: 現況届, 督促, 差止予告, 通知. */
export function renewalMailings<Entered>(kind: RenewalKind<Entered>): void {
  for (const letter of letterSorts) declareMailingKind(mailingOf(kind, letter));
}

function mailingOf<Entered>(
  kind: RenewalKind<Entered>,
  letter: LetterSort,
): MailingKind<Facts, Reason> {
  const { application } = kind;
  return {
    id: renewalMailingId(application.program, letter),
    title: letter === "form" ? kind.title : `${kind.title}（${letterSortTitles[letter]}）`,
    papers: application.letters.papers,
    form: forms[letter] as MailingKind<Facts, Reason>["form"],
    subjects: "種類",
    subjectTitle: () => letterSortTitles[letter],
    number: {
      title: "整理番号",
      sample: "000000000",
      read: (code) => {
        const serial = serialOf(code);
        return serial === undefined ? undefined : answerNumber({ serial });
      },
    },
    reasons: { answered: "提出済み・対象外" },
    describe(parameters) {
      const { year, sendBy } = readOrder(parameters);
      return [
        { label: "更新の期", value: formatFiscalYear(year) },
        { label: "種類", value: letterSortTitles[letter] },
        ...(letter === "notice" ? [] : [{ label: "提出の期限", value: formatWareki(sendBy) }]),
      ];
    },
    overlap: (parameters, others) =>
      readOrder(parameters).season === readOrder(others).season ? { subjects: [letter] } : null,
    async select(work, { parameters }) {
      const due = await dueLetters(work, readOrder(parameters));
      return due.map((one) => ({
        personNumber: one.personNumber,
        subject: letter,
        pieceNumber: answerNumber(one),
        ...(one.sent ? { leftOut: "already-sent" as const } : {}),
      }));
    },
    async prepare(work, run, pieces) {
      const order = readOrder(run.parameters);
      const among = pieces.map(({ personNumber }) => personNumber);
      const due = new Map(
        (await dueLetters(work, order, among)).map((one) => [one.personNumber, one]),
      );
      const known = await knownOf(work, kind, [...due.values()], run.datedOn);
      return pieces.map((piece) => {
        const one = due.get(piece.personNumber);
        const entered = one && known.entered.get(one.caseId);
        const to = one && known.to.get(one.caseId);
        if (!one || entered === undefined || !to) return { leftOut: "answered" as const };
        if (one.sent && !run.sample) return { leftOut: "already-sent" as const };
        return {
          facts: {
            serial: one.serial,
            office: known.officeOf(one.officeCode),
            paper: paperOf(kind, order, { one, piece, entered, known }),
          },
          to,
          isProtected: known.isProtected(one.caseId),
        };
      });
    },
    data: ({ facts, to, datedOn }, { issuer }) => ({
      ...facts.paper,
      issuer,
      office: facts.office,
      to,
      date: datedOn,
    }),
    async record(work, run, pieces) {
      await work.sql`select renewals.record_letters(${run.id}, ${pieces.map(({ facts }) => facts.serial)}::bigint[])`;
    },
    async withdraw(work, runId) {
      await work.sql`select renewals.withdraw_letters(${runId})`;
    },
  };
}

type Known<Entered> = Awaited<ReturnType<typeof knownOf<Entered>>>;

function paperOf<Entered>(
  kind: RenewalKind<Entered>,
  order: RenewalOrder,
  about: { one: Due; piece: Piece; entered: Entered; known: Known<Entered> },
): Facts["paper"] {
  const { one, piece, entered, known } = about;
  const { letters } = kind.application;
  const number = answerNumber(one);
  const recipientNumber = one.recipientNumber ?? "";
  const year = formatFiscalYear(order.year);
  if (order.letter === "form") {
    const own = kind.form(entered);
    return {
      program: letters.title,
      year,
      number,
      recipientNumber,
      person: printed(piece.person),
      address: own.address,
      telephone: own.telephone,
      insurance: own.insurance,
      household: own.household.flatMap(({ personNumber, relation }) => {
        const person = known.people.get(personNumber);
        return person ? [{ name: shownName(person), relation, birthDate: person.birthDate }] : [];
      }),
      enclosures: Object.values(kind.documents),
      deadline: order.dueOn,
    } satisfies Printed<StatusReportData>;
  }
  const common = {
    documentNumber: `${letters.sign}第${number}号`,
    program: letters.title,
    facts: [{ label: "受給者番号", value: recipientNumber }],
  };
  if (order.letter !== "notice")
    return {
      ...common,
      year,
      number,
      dueOn: order.dueOn,
      sendBy: order.sendBy,
      ...(order.letter === "warning"
        ? { warning: { ends: order.noAnswer, from: order.startsOn } }
        : {}),
    } satisfies Printed<RenewalReminderData>;
  return {
    ...common,
    facts: [
      { label: "氏名", value: shownName(piece.person), purpose: "name" as const },
      ...common.facts,
    ],
    ends: one.outcome ?? "lost",
    from: order.startsOn,
    reason: reasonTitlesOf(kind)[one.reason ?? ""] ?? "",
    ...known.grounds,
  } satisfies Printed<RenewalEndData>;
}

/** What is printed beside what the season knows, of many at once. */
async function knownOf<Entered>(
  work: Work,
  { application }: RenewalKind<Entered>,
  due: readonly Due[],
  on: IsoDate,
) {
  const caseIds = [...new Set(due.map(({ caseId }) => caseId))];
  const pieces = await dataOfMany(work, application.program, { caseIds, on });
  const subjectOf = new Map(due.map(({ caseId, personNumber }) => [caseId, personNumber]));
  const entered = new Map(
    [...pieces].map(([caseId, own]) => [
      caseId,
      joinEntry(application, own, subjectOf.get(caseId) ?? ""),
    ]),
  );
  const cases = [...entered.keys()];
  const recipients = await recipientsOf(
    work,
    [...entered.values()].map((one) => application.addressee(one, work.platform.clock.today())),
  );
  const numbers = [...pieces.values()].flat().map(({ personNumber }) => personNumber);
  const looked = await lookAtPeople(work, [...new Set(numbers)], ["facts", "name"]);
  const people = new Map(looked.map((person) => [person.personNumber, person]));
  return {
    entered,
    people,
    to: new Map<string, Recipient>(
      cases.flatMap((caseId, at) => {
        const recipient = recipients[at];
        return recipient ? [[caseId, recipient] as const] : [];
      }),
    ),
    officeOf: await officeFinder(work),
    grounds: await groundsOf(work, application),
    isProtected: (caseId: string) =>
      (pieces.get(caseId) ?? []).some(
        ({ personNumber }) => people.get(personNumber)?.isProtected === true,
      ),
  };
}
