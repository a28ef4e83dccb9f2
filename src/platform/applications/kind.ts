import type { z } from "zod";
import type { CertificateData, Fact, Form, LetterData } from "#forms/index.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import type { CaseDeadlines } from "#workflows/cases/deadlines.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import type { IncomeFacts } from "#workflows/cases/incomes.ts";
import type { InquiryFacts } from "#workflows/cases/inquiries.ts";
import type { Hindrance, OpeningFacts } from "#workflows/cases/opening.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import type { CaseRow, Handler, Member, MemberRole, Step } from "../cases/index.ts";
import type { Entitlement, StatementScheme } from "../entitlements/index.ts";
import type { DocumentLimits, EntryPiece, Income, RequiredDocuments } from "../intake/index.ts";
import type { Addressee, ProgramLetters, Unissued } from "../letters/index.ts";
import type { HouseholdView, NeededKind } from "../people/index.ts";
import type { Work } from "../work.ts";
import type { EntryAbout, EntryFaults } from "./entry-faults.ts";

export type Titles = Readonly<Record<string, string>>;

/** A line of a calculation as the screen shows it. */
export interface CalculationStep {
  label: string;
  value: string;
  /** A heading over the lines that belong together, such as a person's. */
  group?: string;
}

/** From when until when somebody would be entitled, and why so. */
export interface GrantedPeriod {
  personNumber: string;
  from: IsoDate;
  to: IsoDate;
  reason: string;
  kind?: string;
}

/** What a letter says of somebody's entitlement: as it stands, or as it is proposed and has no number yet. */
export interface GrantedInLetter {
  personNumber: string;
  from: IsoDate;
  to: IsoDate;
  recipientNumber?: string;
  /** It is taken back as if it had never been (取消): the household was lost before it began. */
  neverHeld?: boolean;
}

/** Whom an application would grant what, or why nothing, with the steps and the legal basis. */
export type Granting = { steps: readonly CalculationStep[]; basis: readonly string[] } & (
  | { granted: true; periods: readonly GrantedPeriod[] }
  | {
      granted: false;
      reason: string;
      /** 統合宛名番号 of those of whom neither a day of birth is known nor one set in its place (みなし生年月日). */
      unknownBirths?: readonly string[];
    }
);

/** What another authority is asked about persons of a case (照会), with the 照会書 that goes out. */
export interface InquirySubject {
  /** 課税状況. */
  title: string;
  /** What the letter asks for: 令和7年分の所得. */
  matter(work: Work, found: CaseRow): Promise<string>;
  /** Columns of the answer. */
  answers: readonly string[];
  /** About whom. @returns 統合宛名番号 of persons of the case */
  people(work: Work, found: CaseRow): Promise<readonly string[]>;
}

/** A letter that steps of the 事務 alone send: its form, with what it says besides what every letter says. */
export type OwnLetter = (
  work: Work,
  found: CaseRow,
  letter: Unissued<LetterData>,
  // biome-ignore lint/suspicious/noExplicitAny: its data are those that the letter gives it
) => Promise<{ form: Form<any>; data: Unissued<LetterData> }>;

/** A sort of certificate of a 事務. */
export interface CertificateKind<Entered> {
  /** 受給者証. */
  title: string;
  // biome-ignore lint/suspicious/noExplicitAny: its data are those that `data` gives it
  form: Form<any>;
  /** What it says beside, or in place of, what every certificate says; that of the common card where it is left out. */
  data?(
    work: Work,
    about: { granted: Entitlement; entered: Entered; common: Unissued<CertificateData> },
  ): Promise<object>;
  /** How the text of its QR code begins and is signed. */
  statement: StatementScheme;
  /** Who answers for the person on the certificate: the guardian, the parent. */
  guardian(entered: Entered): string;
  /** Last day that it says of each entitlement, as it is issued for a day; that of the entitlement unless told otherwise. */
  until?(
    work: Work,
    granted: readonly Pick<Entitlement, "id" | "validFrom" | "validTo">[],
    on: IsoDate,
  ): Promise<ReadonlyMap<string, IsoDate>>;
}

/** How an income stands against its limit; yen. */
export interface IncomeJudgement {
  assessed: number;
  limit: number;
  within: boolean;
  steps: readonly AmountStep[];
}

/** Whose income counts in an application, and how the 事務 judges those that are known, by person, with its legal basis. */
export interface IncomeTest {
  counted: readonly { personNumber: string; name: string; role: MemberRole }[];
  judge(incomes: ReadonlyMap<string, Income>): {
    results: ReadonlyMap<string, IncomeJudgement>;
    basis: readonly string[];
  };
}

/** What a machine may know of incomes and inquiries beyond what every application's knows. */
export type EvidenceFacts = Pick<
  IncomeFacts & InquiryFacts,
  "incomesUnknown" | "incomesUnconfirmed" | "keyedIncome" | "openInquiries"
>;

/**
 * What a 事務 declares of its applications; all else (intake, identity, documents, two people, entitlements,
 * certificates, letters, their screens and policies) it gets. See docs/adding-a-program.md.
 *
 * `Entered`: what is applied for, as one value. `EventType`: the events of its machine, so that a handler named
 * after none of them does not compile.
 */
export interface ApplicationKind<
  Entered,
  Facts extends ApplicationFacts = ApplicationFacts,
  EventType extends string = string,
> {
  program: string;
  /** こども医療費助成. */
  title: string;
  /** Every released version of its machine, the newest last. */
  versions: readonly CaseDefinition<Facts>[];
  /** What may be entered; other items are refused (ACQ-3). */
  schema: z.ZodType<Entered>;
  documents: RequiredDocuments;
  /** From which day on a document has to be dated, where a rule says so. */
  documentLimits?(work: Work, found: CaseRow): Promise<DocumentLimits>;
  /** `grant`: for what it is applied, where the entry says so; 申請 otherwise. `renewal`: why the yearly renewal ends or puts back what was granted. No sensitive ones: they stand outside the vault. */
  reasons: {
    grant?: Titles;
    rejection: Titles;
    /** Why an application is refused for its form alone, where that is proposed by an event of its own. */
    dismissal?: Titles;
    revocation: Titles;
    renewal?: Titles;
  };
  /** Called what in letters and on screens: the person applied for, and the day of the application. */
  words: { subject: string; subjectInLetters: string; receivedOn: string };
  /** The persons besides the subject, as the entry names them. */
  members?(entered: Entered, subject: string): readonly Member[];
  /** The entry in parts, each sealed with the key of its person; left out where all of it is the subject's. */
  split?(entered: Entered, subject: string): readonly EntryPiece[];
  join?(pieces: readonly EntryPiece[], subject: string): Entered;
  /** To whom letters go on a day: the 送付先 only until it ends. */
  addressee(entered: Entered, on: IsoDate): Addressee;
  /** What stands against receiving an application on a day, by law and ordinance; the usual where it says nothing of its own. */
  hindrances?(work: Work, facts: OpeningFacts): Promise<readonly Hindrance[]>;
  /** It is applied for anew while it holds (更新): an entitlement stands in no way. */
  renewedByApplication?: true;
  /** What is entered with what only the register knows of it. @throws EntryProblem for what it contradicts */
  complete?(work: Work, subject: string, entered: Entered): Promise<Entered>;
  /** Which dates of it cannot be, by what the register says of its persons. */
  faults?(entered: Entered, about: EntryAbout): EntryFaults;
  /** 標準処理期間 and 補正期限, where the 事務 has its own. */
  deadlines?: DatedParameter<CaseDeadlines>;
  /** Whom it would grant what; `entered` is not there before anything was entered. */
  granting(work: Work, found: CaseRow, entered: Entered | undefined): Promise<Granting>;
  /** Whose income counts, and of which year, where the decision rests on incomes (workflows/cases/incomes.ts). */
  incomes?: {
    roles: readonly MemberRole[];
    year(work: Work, found: CaseRow): Promise<number>;
    test(work: Work, found: CaseRow, entered: Entered): Promise<IncomeTest>;
  };
  /** What other offices know of whom it needs (ACQ-5), by the roles of the members. */
  needs?: Partial<Record<NeededKind, readonly MemberRole[]>>;
  /** What its machine may know beyond what every application's knows; `entered` where a step from the state looks at it. */
  facts?(
    work: Work,
    found: CaseRow,
    shared: ApplicationFacts & EvidenceFacts,
    entered: Entered | undefined,
  ): Promise<Facts>;
  /** What its own events do; of a common event, what it does besides. */
  carryOut?: Partial<Record<EventType, Handler>>;
  /** Writes what it keeps beside the entitlements, in the step that grants them. */
  granted?(
    work: Work,
    step: Step,
    granted: { entered: Entered; ids: readonly string[] },
  ): Promise<void>;
  letters: ProgramLetters;
  /** What the city has settled for its papers: 公費負担者番号, 自己負担, 根拠. */
  scheme: PresetArea<SubsidyScheme>;
  /** Lines on every letter besides the date and the subject, such as the persons of a household. */
  letterFacts?(about: {
    entered: Entered;
    register: HouseholdView;
    granted: readonly GrantedInLetter[];
  }): readonly Fact[];
  /** What the notice of a grant says of the benefit in place of the city's usual lines, and lines of its own, such as how it was reckoned. */
  inNotice?(
    work: Work,
    found: CaseRow,
    entered: Entered,
  ): Promise<{ share: readonly string[]; facts: readonly Fact[] }>;
  /** Letters that steps of its own send, by the kind that their effect names. */
  ownLetters?: Readonly<Record<string, OwnLetter>>;
  /** What papers of its other kinds of case are called, by kind of document. */
  paperTitles?: Titles;
  certificate: CertificateKind<Entered>;
  /** Further sorts of certificate, by the name under which they are recorded. */
  certificates?: Readonly<Record<string, CertificateKind<Entered>>>;
  /** What it asks other authorities by the machine's own events, by the code of the inquiry. */
  inquiries?: Readonly<Record<string, InquirySubject>>;
}

/** A kind whose entry only its own functions know. */
// biome-ignore lint/suspicious/noExplicitAny: the entry goes only to the functions of the kind it came from
export type AnyApplicationKind = ApplicationKind<any, any, any>;

/** Name of the kind of case: `child-medical/application`. */
export function caseKindOf({ versions }: Pick<AnyApplicationKind, "versions">): string {
  const [first] = versions;
  if (!first) throw new Error("a kind of case has a released machine");
  return first.kind;
}

/** Every sort of certificate, by the name under which it is recorded. */
export const certificatesOfKind = <Entered>({
  certificate,
  certificates,
}: ApplicationKind<Entered>): Readonly<Record<string, CertificateKind<Entered>>> => ({
  card: certificate,
  ...certificates,
});

export const splitEntry = <Entered>(
  kind: ApplicationKind<Entered>,
  entered: Entered,
  subject: string,
): readonly EntryPiece[] =>
  kind.split?.(entered, subject) ?? [{ personNumber: subject, data: entered }];

export const joinEntry = <Entered>(
  kind: ApplicationKind<Entered>,
  pieces: readonly EntryPiece[],
  subject: string,
): Entered =>
  kind.join?.(pieces, subject) ??
  (pieces.find(({ personNumber }) => personNumber === subject)?.data as Entered);
