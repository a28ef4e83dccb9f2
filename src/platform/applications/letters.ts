import {
  approvalNotice,
  changeNotice,
  type Form,
  type LetterData,
  lossNotice,
  missingDocumentsNotice,
  rejectionNotice,
  revocationNotice,
} from "#forms/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { type CaseRow, latestApproval, peopleOfCase } from "../cases/index.ts";
import { cityOf, presetOf } from "../city/index.ts";
import { issueDocument } from "../documents/index.ts";
import { changeOf, type Entitlement, entitlementsOfCase } from "../entitlements/index.ts";
import type { EntryItem } from "../entry-parts/index.ts";
import { documentChecksOf } from "../intake/index.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  recipientOf,
  requireReleasedAddress,
  subjectOf,
  type Unissued,
} from "../letters/index.ts";
import { type HouseholdView, lookAtHousehold, shownName } from "../people/index.ts";
import {
  officeFinder,
  type PaperVersion,
  paperVersion,
  settingInForce,
} from "../printing/index.ts";
import { notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { type ChangeKind, reasonTitle, subjectOfChange } from "./change-kind.ts";
import { currentData, reportedData, requireEntered } from "./data.ts";
import { type ApplicationKind, joinEntry } from "./kind.ts";

/** Letters that an application or a report may cause, by the kind that their effect names. */
export const letterTitles = {
  hold: "不足書類のお知らせ",
  grant: "認定通知書",
  rejection: "却下通知書",
  revocation: "取消通知書",
  change: "変更決定通知書",
  loss: "資格喪失通知書",
} as const;
export type LetterKind = keyof typeof letterTitles;
export const isLetterKind = (text: string): text is LetterKind => Object.hasOwn(letterTitles, text);

/** Stands where a number will be, on a letter that is only looked at. */
const draft = "（下書き）";

/** The letter that a decision sends, by what is decided on. */
const letterOfDecision: Readonly<Record<string, Form<unknown>>> = {
  grant: approvalNotice,
  rejection: rejectionNotice,
  revocation: revocationNotice,
  loss: lossNotice,
  change: changeNotice,
};

/** With what the letter of a decision would be printed now; the approval brings it back from its page. */
export async function paperOfDecision(
  work: Work,
  program: string,
  subject: string,
): Promise<PaperVersion> {
  const form = letterOfDecision[subject];
  if (!form) throw new Error(`no letter about ${subject}`);
  return paperVersion(form, await settingInForce(work, program));
}

/** What every letter of a case says: to whom, from whom, about whom. */
async function letterOf<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  {
    entered,
    entitlements,
    number,
    receivedOn,
  }: { entered: Entered; entitlements: readonly Entitlement[]; number: string; receivedOn: string },
): Promise<{ letter: Unissued<LetterData>; register: HouseholdView }> {
  const others = await peopleOfCase(work, found.id);
  const register = await lookAtHousehold(work, found.personNumber, others);
  requireReleasedAddress(
    work,
    others.flatMap((one) => register.people.get(one) ?? []),
  );
  const { letters, words } = kind;
  const { subject } = register;
  const numberOfSubject = entitlements.find((one) => one.personNumber === found.personNumber);
  const letter = {
    to: await recipientOf(work, kind.addressee(entered)),
    documentNumber: number,
    date: work.platform.clock.today(),
    office: (await officeFinder(work))(found.officeCode),
    program: letters.title,
    facts: [
      { label: receivedOn, value: formatWareki(found.receivedOn as IsoDate) },
      { label: words.subjectInLetters, value: shownName(subject), purpose: "name" as const },
      { label: "生年月日", value: formatWareki(subject.birthDate) },
      ...(numberOfSubject ? [{ label: "受給者番号", value: numberOfSubject.recipientNumber }] : []),
      ...(kind.letterFacts?.({ entered, register, entitlements }) ?? []),
    ],
  };
  return { letter, register };
}

/**
 * A letter of an application as it would go out now; without a number it is a preview.
 *
 * @throws Problem 403 for persons under 支援措置, 422 for what cannot be printed or said yet
 */
export async function makeLetter<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  letterKind: LetterKind,
  number = draft,
): Promise<MadePaper> {
  const entitlements = await entitlementsOfCase(work, found.id);
  const granting = { caseId: found.id, personNumber: found.personNumber };
  const entered =
    entitlements.length > 0
      ? await currentData(work, kind, granting)
      : await requireEntered(work, kind, found);
  const receivedOn = kind.words.receivedOn;
  const { letter } = await letterOf(work, kind, found, {
    entered,
    entitlements,
    number,
    receivedOn,
  });
  const { papers } = kind.letters;
  const subject = subjectOf(found);
  const { basis, appeal } = await groundsOf(work, kind);
  switch (letterKind) {
    case "hold": {
      const data = { ...letter, ...(await missingOf(work, kind, found)) };
      return makePaper(work, papers, { form: missingDocumentsNotice, data, subject });
    }
    case "grant": {
      const periods =
        entitlements.length > 0
          ? entitlements.map(({ validFrom, validTo }) => ({ from: validFrom, to: validTo }))
          : await proposedPeriods(work, kind, found, entered);
      const from = periods.map((one) => one.from).toSorted()[0] as IsoDate;
      const until = periods
        .map((one) => one.to)
        .toSorted()
        .at(-1) as IsoDate;
      const data = { ...letter, from, until, basis, appeal };
      return makePaper(work, papers, { form: approvalNotice, data, subject });
    }
    case "rejection": {
      const reason = kind.reasons.rejection[await reasonOf(work, found)] ?? "";
      const data = { ...letter, reason, basis, appeal };
      return makePaper(work, papers, { form: rejectionNotice, data, subject });
    }
    case "revocation": {
      const returnBy = formatWareki(addDays(letter.date, kind.letters.daysToReturn));
      const data = {
        ...letter,
        reason: kind.reasons.revocation[await reasonOf(work, found)] ?? "",
        revokedFrom: (entitlements[0]?.validFrom ?? letter.date) as IsoDate,
        basis,
        requests: [
          `${returnBy}までに、お手元の${kind.certificate.title}を下のお問い合わせ先に返してください（郵送でも結構です）。`,
        ],
        appeal,
      };
      return makePaper(work, papers, { form: revocationNotice, data, subject });
    }
    default:
      throw notFound("見本はまだ作れません。");
  }
}

/** A letter of a report as it would go out now. */
export async function makeChangeLetter<Entered>(
  work: Work,
  changes: ChangeKind<Entered>,
  found: CaseRow,
  letterKind: LetterKind,
  number = draft,
): Promise<MadePaper> {
  const { application: kind } = changes;
  const change = await changeOf(work, found.id);
  const about = subjectOfChange(changes, change);
  const granting = { caseId: change.grantingCaseId, personNumber: found.personNumber };
  const at = { on: change.occursOn, without: found.id };
  const before = await currentData(work, kind, granting, at);
  const reported = await reportedData(work, found.id);
  const entitlements = await entitlementsOfCase(work, found.id);
  const receivedOn = "届出の受付日";
  const { letter } = await letterOf(work, kind, found, {
    entered: before,
    entitlements,
    number,
    receivedOn,
  });
  const { papers, daysToReturn } = kind.letters;
  const subject = subjectOf(found);
  const { basis, appeal } = await groundsOf(work, kind);
  if (letterKind === "loss") {
    const data = {
      ...letter,
      lostOn: change.occursOn,
      reason: reasonTitle(changes, change) ?? about.title,
      basis,
      returnBy: addDays(letter.date, daysToReturn),
      appeal,
    };
    return makePaper(work, papers, { form: lossNotice, data, subject });
  }
  if (letterKind !== "change") throw notFound("見本はまだ作れません。");
  const person = { personNumber: reported?.personNumber ?? found.personNumber };
  const after = reported
    ? joinEntry(kind, patched(kind, before, reported, found.personNumber), found.personNumber)
    : before;
  const to = await recipientOf(work, kind.addressee(after));
  const data = {
    ...letter,
    to,
    from: change.occursOn,
    changes: changedItems(about.items(before, person), about.items(after, person)),
    reason: `${about.title}の届出があったため。`,
    basis,
    requests: [],
  };
  return makePaper(work, papers, { form: changeNotice, data, subject });
}

/** The data with the part of one person replaced by what a report brings. */
export function patched<Entered>(
  kind: ApplicationKind<Entered>,
  before: Entered,
  reported: { personNumber: string; data: object },
  subject: string,
) {
  const pieces = kind.split?.(before, subject) ?? [{ personNumber: subject, data: before }];
  return pieces.map((piece) =>
    piece.personNumber === reported.personNumber
      ? { ...piece, data: { ...(piece.data as object), ...reported.data } }
      : piece,
  );
}

/** What stood and what stands, item by item; items that stay are left out unless all stay. */
export function changedItems(before: readonly EntryItem[], after: readonly EntryItem[]) {
  const printed = (item: EntryItem | undefined) => item?.letter ?? item?.value ?? "";
  const old = new Map(before.map((item) => [item.label, item]));
  const all = after.map((item) => ({
    item: item.label,
    before: printed(old.get(item.label)),
    after: printed(item),
    ...(item.purpose ? { purpose: item.purpose } : {}),
  }));
  const different = all.filter((row) => row.before !== row.after);
  return different.length > 0 ? different : all;
}

/** Gives a letter its number, makes it and keeps it as issued. */
export async function issueLetter<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  letterKind: LetterKind,
  make: (number: string) => Promise<MadePaper>,
): Promise<void> {
  const number = await documentNumber(work, kind.letters, "document");
  await issueDocument(work, { number, kind: letterKind, case: found, ...(await make(number)) });
}

async function groundsOf<Entered>(work: Work, { scheme }: ApplicationKind<Entered>) {
  const { appeal } = await cityOf(work);
  const { basis } = await presetOf(work, scheme, work.platform.clock.today());
  return { basis, appeal };
}

/** Before the decision, the notice can be looked at with the periods as they would be granted. */
async function proposedPeriods<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  entered: Entered,
) {
  const granting = await kind.granting(work, found, entered);
  if (!granting.granted) throw new Problem({ status: 422, message: granting.reason });
  return granting.periods;
}

async function missingOf<Entered>(work: Work, kind: ApplicationKind<Entered>, found: CaseRow) {
  const missing = (await documentChecksOf(work, found.id)).filter(
    (row) => row.status === "missing",
  );
  const [due] = await work.sql<{ due_on: IsoDate }[]>`
    select max(due_on) as due_on from cases.deadline where case_id = ${found.id} and closed_at is null`;
  return {
    documents: missing.flatMap(({ code }) => {
      const document = kind.documents[code];
      return document ? [{ name: document.title, hint: document.hint }] : [];
    }),
    deadline: due?.due_on ?? work.platform.clock.today(),
  };
}

/** The reason of the newest proposal, as a code. */
async function reasonOf(work: Work, found: CaseRow): Promise<string> {
  const proposal = await latestApproval(work, found.id);
  const [row] = await work.sql<{ reason: string | null }[]>`
    select detail->>'reason' as reason from cases.event
     where case_id = ${found.id} and revision = ${proposal?.preparedRevision ?? 0}`;
  if (!row?.reason) throw new Error("a refusal always has a reason");
  return row.reason;
}
