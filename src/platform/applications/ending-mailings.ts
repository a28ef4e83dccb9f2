import { z } from "zod";
import {
  type CertificateReminderData,
  certificateReminder,
  type ExpiryData,
  expiryNotice,
  type Fact,
  type Office,
} from "#forms/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import {
  dataOfMany,
  type EndingEntitlement,
  endingOn,
  handlingOf,
  type OutstandingCertificate,
  remindByRun,
  returnCauseTitles,
  stillOut,
  withdrawReminders,
} from "../entitlements/index.ts";
import { recipientsOf } from "../letters/index.ts";
import { declareMailingKind, type MailingKind, type PreparedPiece } from "../mailings/index.ts";
import { lookAtPeople, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import type { Work } from "../work.ts";
import { type ApplicationKind, certificatesOfKind, joinEntry } from "./kind.ts";

/** Names of the kinds of runs of a 事務. */
export const expiryMailingId = (program: string): string => `${program}-expiry`;
export const reminderMailingId = (program: string): string => `${program}-certificate-reminder`;

const day = z.iso.date().transform((text) => text as IsoDate);
const expiryOrder = z.strictObject({ on: day });
const reminderOrder = z.strictObject({ since: day });

const number = {
  title: "受給者番号",
  sample: "0000000",
  read: (code: string) => /^\d{7}$/.exec(code.normalize("NFKC").trim())?.[0],
};

/** What a letter calls the person: as the application does, or one of its household. */
const whoIs = <Entered>(
  { words }: ApplicationKind<Entered>,
  { personNumber, casePerson }: { personNumber: string; casePerson: string },
): string => (personNumber === casePerson ? words.subjectInLetters : "対象の方");

/** What both letters know of whose entitlement it is. */
interface Known {
  office: Office;
  facts: readonly Fact[];
}

/** To whom the letters of some entitlements go today, and whether somebody of their case is under 支援措置. */
async function addressed<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  due: readonly { id: string; caseId: string; casePerson: string }[],
) {
  const on = work.platform.clock.today();
  const caseIds = [...new Set(due.map(({ caseId }) => caseId))];
  const pieces = await dataOfMany(work, kind.program, { caseIds, on });
  const numbers = [...pieces.values()].flat().map(({ personNumber }) => personNumber);
  const people = await lookAtPeople(work, [...new Set(numbers)], ["facts"]);
  const hidden = new Set(people.flatMap((one) => (one.isProtected ? [one.personNumber] : [])));
  const wanted = due.flatMap(({ id, caseId, casePerson }) => {
    const own = pieces.get(caseId);
    const entered = own && joinEntry(kind, own, casePerson);
    return entered === undefined ? [] : [{ id, to: kind.addressee(entered, on) }];
  });
  const recipients = await recipientsOf(
    work,
    wanted.map(({ to }) => to),
  );
  return {
    to: new Map(
      wanted.flatMap(({ id }, at) => {
        const recipient = recipients[at];
        return recipient ? [[id, recipient] as const] : [];
      }),
    ),
    isProtected: (caseId: string) =>
      (pieces.get(caseId) ?? []).some((one) => hidden.has(one.personNumber)),
    officeOf: await officeFinder(work),
  };
}

/** 有効期間満了のお知らせ for whoever's entitlement ends on a day: at the end of a 年度, those who reach the age. */
export function expiryMailing<Entered>(kind: ApplicationKind<Entered>): MailingKind {
  const { program, title } = kind;
  const mailing: MailingKind<Known & { lastDay: IsoDate; collect: boolean }, "not-ending"> = {
    id: expiryMailingId(program),
    title: "有効期間満了のお知らせ",
    papers: kind.letters.papers,
    form: expiryNotice as MailingKind["form"],
    subjects: "満了の日",
    subjectTitle: (on) => formatWareki(on as IsoDate),
    number,
    reasons: { "not-ending": "満了の日が変わった、又は先に資格がなくなった" },
    describe: (parameters) => [
      { label: "満了の日", value: formatWareki(expiryOrder.parse(parameters).on) },
    ],
    overlap(parameters, others) {
      const [mine, theirs] = [expiryOrder.parse(parameters), expiryOrder.parse(others)];
      return mine.on === theirs.on ? { subjects: [mine.on] } : null;
    },
    async select(work, { parameters }) {
      const { on } = expiryOrder.parse(parameters);
      const found = await endingOn(work, { program, on });
      return found.map(({ personNumber, recipientNumber }) => ({
        personNumber,
        subject: on,
        pieceNumber: recipientNumber,
      }));
    },
    async prepare(work, { parameters }, pieces) {
      const { on } = expiryOrder.parse(parameters);
      const among = pieces.map(({ personNumber }) => personNumber);
      const due = new Map<string, EndingEntitlement>(
        (await endingOn(work, { program, on, among })).map((one) => [one.personNumber, one]),
      );
      const known = await addressed(work, kind, [...due.values()]);
      const { expired } = await handlingOf(work, program, on);
      return pieces.map(({ personNumber, person }) => {
        const one = due.get(personNumber);
        const to = one && known.to.get(one.id);
        if (!one || !to) return { leftOut: "not-ending" as const };
        return {
          facts: {
            lastDay: one.validTo,
            collect: expired === "return" && one.hasCertificate,
            office: known.officeOf(one.officeCode),
            facts: [
              { label: whoIs(kind, one), value: shownName(person), purpose: "name" },
              { label: "受給者番号", value: one.recipientNumber },
            ],
          },
          to,
          isProtected: known.isProtected(one.caseId),
        };
      });
    },
    data: ({ facts, to, datedOn, pieceNumber }, { issuer }): ExpiryData => ({
      to,
      issuer,
      office: facts.office,
      program: title,
      documentNumber: `受給者番号 ${pieceNumber}`,
      date: datedOn,
      facts: facts.facts,
      lastDay: facts.lastDay,
      collect: facts.collect,
    }),
    // What was sent stands in the pieces of the run: nothing else changes by a notice.
    record: async () => {},
    withdraw: async () => {},
  };
  declareMailingKind(mailing);
  return mailing as unknown as MailingKind;
}

/** 受給者証の返還のお願い for certificates that have been out since a day or longer. */
export function reminderMailing<Entered>(kind: ApplicationKind<Entered>): MailingKind {
  const { program, title } = kind;
  type Facts = Known & { out: readonly OutstandingCertificate[] };
  const mailing: MailingKind<Facts, "came-back"> = {
    id: reminderMailingId(program),
    title: "受給者証の返還のお願い",
    papers: kind.letters.papers,
    form: certificateReminder as MailingKind["form"],
    subjects: "依頼",
    subjectTitle: () => "返還のお願い",
    number,
    reasons: { "came-back": "返ってきた、又は回収しないことになった" },
    describe: (parameters) => [
      {
        label: "使えなくなった日・前の依頼",
        value: `${formatWareki(reminderOrder.parse(parameters).since)}まで`,
      },
    ],
    overlap: () => ({ subjects: ["return"] }),
    async select(work, { parameters }) {
      const { since } = reminderOrder.parse(parameters);
      const found = await stillOut(work, { program, since });
      const byPerson = Map.groupBy(found, ({ personNumber }) => personNumber);
      return [...byPerson].map(([personNumber, [first]]) => ({
        personNumber,
        subject: "return",
        pieceNumber: first?.recipientNumber ?? null,
      }));
    },
    async prepare(work, { parameters }, pieces) {
      const { since } = reminderOrder.parse(parameters);
      const among = pieces.map(({ personNumber }) => personNumber);
      const out = await stillOut(work, { program, since, among });
      const byPerson = Map.groupBy(out, ({ personNumber }) => personNumber);
      const known = await addressed(work, kind, out);
      return pieces.map(({ personNumber, person }) => {
        const own = byPerson.get(personNumber);
        const [first] = own ?? [];
        const to = first && known.to.get(first.id);
        if (!own || !first || !to) return { leftOut: "came-back" as const };
        return {
          facts: {
            out: own,
            office: known.officeOf(first.officeCode),
            facts: [{ label: whoIs(kind, first), value: shownName(person), purpose: "name" }],
          },
          to,
          isProtected: own.some(({ caseId }) => known.isProtected(caseId)),
        };
      });
    },
    data: (
      { facts, to, datedOn, pieceNumber }: PreparedPiece<Facts>,
      { issuer },
    ): CertificateReminderData => ({
      to,
      issuer,
      office: facts.office,
      program: title,
      documentNumber: `受給者番号 ${pieceNumber}`,
      date: datedOn,
      facts: facts.facts,
      certificates: facts.out.map(({ sort, recipientNumber, cause, sinceOn }) => ({
        title: certificatesOfKind(kind)[sort]?.title ?? kind.certificate.title,
        recipientNumber,
        cause: returnCauseTitles[cause],
        since: sinceOn,
      })),
      returnBy: addDays(datedOn, kind.letters.daysToReturn),
    }),
    record: (work, run, pieces) =>
      remindByRun(
        work,
        run.id,
        pieces.flatMap(({ facts }) => facts.out.map(({ certificateId }) => certificateId)),
      ),
    withdraw: withdrawReminders,
  };
  declareMailingKind(mailing);
  return mailing as unknown as MailingKind;
}
