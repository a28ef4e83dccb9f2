import type { z } from "zod";
import type { Fact } from "#forms/index.ts";
import type { ChangeFacts } from "#workflows/cases/change.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import type { CaseRow, EventDetail, Handler, Member, Step } from "../cases/index.ts";
import type { Change, ChangeMovement, Entitlement } from "../entitlements/index.ts";
import type { EntryItem } from "../entry-parts/index.ts";
import type { EntryPiece } from "../intake/index.ts";
import type { Work } from "../work.ts";
import type { EntryAbout, EntryFaults } from "./entry-faults.ts";
import type { ApplicationKind, CalculationStep, Granting, Titles } from "./kind.ts";

/** What a report is about as it is opened: the application's entitlements that hold, and those that it concerns. */
export interface ChangeOpened {
  grantingCaseId: string;
  /** The subject of the application. */
  subject: string;
  live: readonly Entitlement[];
  concerned: readonly Entitlement[];
  occursOn: Change["occursOn"];
}

/** Certificates that a report makes due, of the persons concerned: of who has none of the kind, of who has one, of all. */
export interface CertificatesDue {
  kind: string;
  of: "without" | "with" | "all";
}

/** What a report of change may be about. */
export interface ChangeSubject<Entered> {
  /** 送付先の変更. */
  title: string;
  /** What it brings; `z.strictObject({})` where the report's own dates and reasons say all. */
  schema: z.ZodType<object>;
  /** The reason is chosen from these. */
  reasons?: Titles;
  /** What it does to the entitlements that it concerns; nothing where it changes data alone. */
  movement?: ChangeMovement;
  /** Takes effect by a decision of a second person; so does every movement. As the city has settled it, where it is asked. */
  needsDecision?: true | ((work: Work, on: Change["occursOn"]) => Promise<boolean>);
  /** `each`: it is reported for one person of the application, who is chosen; otherwise for all of them. */
  concerns: "each" | "all";
  /** Codes of the application's documents that it asks for. */
  documents?: readonly string[];
  /** Whether it may be reported at all. @throws Problem, EntryProblem */
  mayOpen?(work: Work, opened: ChangeOpened): Promise<void>;
  /** What it brings with what only the register knows of it. @throws EntryProblem for what it contradicts */
  complete?(work: Work, found: CaseRow, data: object): Promise<object>;
  /** Which dates of it cannot be, by what the register says of its persons. */
  faults?(data: object, about: EntryAbout): EntryFaults;
  /** The persons who join by it, and what it brings in parts, each sealed with the key of its person. */
  joining?(data: object): { members: readonly Member[]; pieces: readonly EntryPiece[] };
  /** Whom it would grant what, where it grants something. */
  granting?(work: Work, found: CaseRow, change: Change): Promise<Granting>;
  /** The part that it is about, item by item, for screens and the letter. */
  items(data: Partial<Entered>, change: { personNumber: string }): readonly EntryItem[];
  /** The certificates that have to be issued once it is in force. */
  certificates?(data: object): CertificatesDue | undefined;
  /** The insurer that it names: receipts of its months that name another one are followed up. */
  insurer?(data: object): string | undefined;
  /** Says what of it stands outside the vault, in codes, in the step that enters it. */
  entered?(work: Work, step: Step, data: object): Promise<void>;
  /** Puts a change into force that is no part of the data alone; after a decision, or after `apply`. */
  carryOut?(work: Work, step: Step, change: Change): Promise<EventDetail>;
  /** From which day what it decides holds and what the notice says of it, where that is not 異動日 and the part alone. */
  inNotice?(
    work: Work,
    found: CaseRow,
    change: Change,
  ): Promise<{ from: IsoDate; facts: readonly Fact[] }>;
  /** Lines of what the decision will do, beside the common ones. */
  outcome?(work: Work, found: CaseRow, change: Change): Promise<readonly CalculationStep[]>;
}

/** What every report's machine may know, and what those of some 事務 ask beside. */
export interface SharedChangeFacts
  extends ChangeFacts,
    Pick<ApplicationFacts, "missingDocuments" | "periodFrom" | "overlaps"> {
  needsDecision: boolean;
  /** An entitlement that it is about was not 取消. */
  correctable: boolean;
  /** Certificates have to be issued by it. */
  certificateDue: boolean;
  proposal: string | null;
}

/** What a 事務 declares of its reports of change and loss (変更届・喪失届). */
export interface ChangeKind<
  Entered,
  Facts extends ChangeFacts = ChangeFacts,
  EventType extends string = string,
> {
  application: ApplicationKind<Entered>;
  versions: readonly CaseDefinition<Facts>[];
  subjects: Readonly<Record<string, ChangeSubject<Entered>>>;
  /** What its machine may know beyond what every report's knows. */
  facts(shared: SharedChangeFacts, change: Change): Facts;
  carryOut?: Partial<Record<EventType, Handler>>;
}

// biome-ignore lint/suspicious/noExplicitAny: the data go only to the functions of the kind they came from
export type AnyChangeKind = ChangeKind<any, any, any>;

/** @throws when a stored report is about something that the kind does not know */
export function subjectOfChange<Entered>(
  kind: ChangeKind<Entered>,
  { subject }: Pick<Change, "subject">,
): ChangeSubject<Entered> {
  const known = kind.subjects[subject];
  if (!known) throw new Error(`no report about ${subject}`);
  return known;
}

/** What a report would grant to those who join, for the reason that it gives. */
export async function grantingByReport<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  found: CaseRow,
  change: Change,
): Promise<Granting | undefined> {
  const granting = await subjectOfChange(kind, change).granting?.(work, found, change);
  if (!granting?.granted) return granting;
  const reason = change.reason ?? change.subject;
  return { ...granting, periods: granting.periods.map((period) => ({ ...period, reason })) };
}

/** Whether a report about something takes effect by a decision alone: every movement, and what the city has settled so. */
export async function needsDecision<Entered>(
  work: Work,
  { movement, needsDecision: own }: ChangeSubject<Entered>,
  on: Change["occursOn"],
): Promise<boolean> {
  return movement !== undefined || (typeof own === "function" ? own(work, on) : own === true);
}

/** The number of the insurer that a report names, as receipts write it. */
export function insurerOf<Entered>(
  { insurer }: ChangeSubject<Entered>,
  data: object,
): string | undefined {
  const number = insurer?.(data);
  return number === undefined ? undefined : checkNumber("insurer", number).normalized;
}

/** The reason of a report in words. */
export const reasonTitle = <Entered>(
  kind: ChangeKind<Entered>,
  change: Pick<Change, "subject" | "reason">,
): string | undefined =>
  change.reason === null ? undefined : subjectOfChange(kind, change).reasons?.[change.reason];

/** Whose data a report changes: the person's for whom it was made, or the subject's of the application. */
export const personOfChange = <Entered>(
  kind: ChangeKind<Entered>,
  change: Pick<Change, "subject">,
  found: Pick<CaseRow, "personNumber">,
  concerned: readonly Pick<Entitlement, "personNumber">[],
): string =>
  (subjectOfChange(kind, change).concerns === "each" && concerned[0]?.personNumber) ||
  found.personNumber;

/** Whether what began on a day never held, because the whole household lost its entitlement before. */
export const neverHeld = ({ movement, occursOn }: Change, from: string): boolean =>
  movement === "lost" && occursOn <= from;
