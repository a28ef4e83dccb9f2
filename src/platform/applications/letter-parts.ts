import {
  approvalNotice,
  changeNotice,
  type Fact,
  type Form,
  type GrantedPerson,
  type LetterData,
  lossNotice,
  rejectionNotice,
  revocationNotice,
} from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { type CaseRow, latestApproval, peopleOfCase } from "../cases/index.ts";
import { cityOf, presetOf } from "../city/index.ts";
import { issueDocument } from "../documents/index.ts";
import type { Entitlement } from "../entitlements/index.ts";
import {
  documentNumber,
  type MadePaper,
  recipientOf,
  requireReleasedAddress,
  type Unissued,
} from "../letters/index.ts";
import { type HouseholdView, lookAtHousehold, shownName } from "../people/index.ts";
import {
  officeFinder,
  type PaperVersion,
  paperVersion,
  settingInForce,
} from "../printing/index.ts";
import type { Work } from "../work.ts";
import { basisOn } from "./basis.ts";
import type { ApplicationKind, GrantedInLetter } from "./kind.ts";

/** Letters that an application or a report may cause, by the kind that their effect names. */
export const letterTitles = {
  hold: "不足書類のお知らせ",
  grant: "認定通知書",
  rejection: "却下通知書",
  revocation: "取消通知書",
  change: "変更決定通知書",
  loss: "資格喪失通知書",
  inquiry: "照会書",
  "inquiry-reminder": "照会書（督促）",
  pending: "認定保留のお知らせ",
} as const;
export type LetterKind = keyof typeof letterTitles;
export const isLetterKind = (text: string): text is LetterKind => Object.hasOwn(letterTitles, text);

/** Stands where a number will be, on a letter that is only looked at. */
export const draft = "（下書き）";

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

/** The persons of a case as a letter names them. @throws Problem 403 for persons under 支援措置 */
export async function registerForLetter(work: Work, found: CaseRow): Promise<HouseholdView> {
  const others = await peopleOfCase(work, found.id);
  const register = await lookAtHousehold(work, found.personNumber, others);
  requireReleasedAddress(
    work,
    others.flatMap((one) => register.people.get(one) ?? []),
  );
  return register;
}

/** What every letter of a case says: to whom, from whom, on which application or report. */
export async function letterOf<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  { entered, number, receivedOn }: { entered: Entered; number: string; receivedOn: string },
): Promise<Unissued<LetterData>> {
  return {
    to: await recipientOf(work, kind.addressee(entered, work.platform.clock.today())),
    documentNumber: number,
    date: work.platform.clock.today(),
    office: (await officeFinder(work))(found.officeCode),
    program: kind.letters.title,
    facts: [{ label: receivedOn, value: formatWareki(found.receivedOn as IsoDate) }],
  };
}

/** Lines of a letter about whom it concerns, each person once. */
export function personFacts<Entered>(
  kind: ApplicationKind<Entered>,
  about: { entered: Entered; register: HouseholdView; granted: readonly GrantedInLetter[] },
): readonly Fact[] {
  const { subject } = about.register;
  const own = kind.letterFacts?.(about) ?? [];
  const ofSubject = about.granted.find((one) => one.personNumber === subject.personNumber);
  if (own.length > 0 && ofSubject) return own;
  return [
    { label: kind.words.subjectInLetters, value: shownName(subject), purpose: "name" },
    { label: "生年月日", value: formatWareki(subject.birthDate) },
    ...(ofSubject?.recipientNumber
      ? [{ label: "受給者番号", value: ofSubject.recipientNumber }]
      : []),
    ...own,
  ];
}

/** The table of the 認定通知書: everybody who is granted something, each once. */
export async function grantedPersons<Entered>(
  work: Work,
  { scheme }: ApplicationKind<Entered>,
  register: HouseholdView,
  granted: readonly GrantedInLetter[],
  ownShare?: readonly string[],
): Promise<GrantedPerson[]> {
  const today = work.platform.clock.today();
  const share = ownShare ?? valueOn((await presetOf(work, scheme, today)).copayLines, today);
  return granted.map(({ personNumber, from, to, recipientNumber }) => {
    const person = register.people.get(personNumber);
    if (!person) throw new Error("whoever is granted something belongs to the case");
    const { birthDate } = person;
    const number = recipientNumber === undefined ? {} : { recipientNumber };
    return { name: shownName(person), birthDate, from, until: to, share, ...number };
  });
}

/** Entitlements as a letter tells of them. */
export const inLetter = (entitlements: readonly Entitlement[]): GrantedInLetter[] =>
  entitlements.map(({ personNumber, validFrom, validTo, recipientNumber }) => ({
    personNumber,
    from: validFrom as IsoDate,
    to: validTo as IsoDate,
    recipientNumber,
  }));

/** 根拠 and 教示 as they hold today. */
export async function groundsOf<Entered>(work: Work, { scheme }: ApplicationKind<Entered>) {
  const { appeal } = await cityOf(work);
  const basis = await basisOn(work, scheme, work.platform.clock.today());
  return { basis, appeal };
}

/** The reason of the newest proposal, as a code. */
export async function reasonOf(work: Work, found: CaseRow): Promise<string> {
  const proposal = await latestApproval(work, found.id);
  const [row] = await work.sql<{ reason: string | null }[]>`
    select detail->>'reason' as reason from cases.event
     where case_id = ${found.id} and revision = ${proposal?.preparedRevision ?? 0}`;
  if (!row?.reason) throw new Error("a refusal always has a reason");
  return row.reason;
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
