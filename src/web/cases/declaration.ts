import type { ComponentChildren } from "preact";
import type {
  ApplicationKind,
  ApplicationView,
  ChangeKind,
  ChangeView,
  SharedView,
  Titles,
} from "#src/platform/applications/index.ts";
import type { CaseLine, CaseRow } from "#src/platform/cases/index.ts";
import type { Entitlement } from "#src/platform/entitlements/index.ts";
import type { MadePaper } from "#src/platform/letters/index.ts";
import type { HouseholdView } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Difference } from "../components/table.tsx";
import type { OrderPage } from "../mailings/index.ts";
import type { AnyRoute } from "../route.ts";
import type { EntitledGroups, Sheet } from "../statistics/index.ts";
import type { Values } from "../values.ts";
import type { StepForm } from "./step-kind.ts";

/** What an entry is about: the case, and what the register says of its persons. */
export interface EntrySubject {
  found: CaseRow;
  register: HouseholdView;
  today: IsoDate;
}

/** Names and values, as `DefinitionList` shows them. */
export type Items = readonly (readonly [term: string, value: ComponentChildren])[];

/** The form of one entry: what is known already, its fields, and how they are read. */
export interface EntryForm<Known> {
  /** What the fields are filled with at first, and where that comes from (住民記録). */
  known(work: Work, about: EntrySubject): Promise<{ known: Known; source?: string }>;
  Fields(props: {
    known: Known;
    source?: string | undefined;
    about: EntrySubject;
  }): ComponentChildren;
  /** The fields as the form has them; the schema of the kind judges them. */
  read(form: Values, about: EntrySubject): unknown;
}

/** The form of a report of change of one subject; it is filled with the data as they hold now. */
export interface ChangeForm<Entered> {
  Fields(props: {
    known: Partial<Entered>;
    /** The data as they hold without the report. */
    before: Partial<Entered>;
    personNumber: string;
    about: EntrySubject;
    /** The entitlements that the report is about. */
    concerned: readonly Entitlement[];
  }): ComponentChildren;
  read(form: Values, about: EntrySubject & { personNumber: string }): unknown;
}

/** What the screens of a 事務 differ in; all the rest is common. */
/** A column of the 事務 in its list of cases. */
export interface ListColumn {
  title: string;
  /** By the id of a case; of one that has nothing to say, nothing. Asked once for the lines of a page. */
  read(work: Work, lines: readonly CaseLine[]): Promise<ReadonlyMap<string, string>>;
}

export interface CaseScreensDeclaration<Entered, Own = undefined> {
  /** Beside people in a search result: こども医療. */
  shortTitle: string;
  application: ApplicationKind<Entered>;
  change: ChangeKind<Entered>;
  entry: EntryForm<Partial<Entered>>;
  /** By subject of the report; a subject without a form has nothing to enter. */
  changeForms: Readonly<Record<string, ChangeForm<Entered>>>;
  /** What was entered, for the case page and the decision page. */
  items(entered: Partial<Entered>): Items;
  /** What was entered beside what the register says. */
  compare(work: Work, entered: Entered, register: HouseholdView): Promise<readonly Difference[]>;
  /** What its own panels and lines show beside the view of an application. */
  own?(work: Work, view: ApplicationView<Entered>): Promise<Own>;
  /** Further lines of what the decision on a grant will do. */
  outcome?(view: ApplicationView<Entered>, own: Own): Items;
  /** Panels of its own on the page of an application (left, below what was applied for), such as what its benefit contains. */
  panels?(view: ApplicationView<Entered>, own: Own): ComponentChildren;
  changePanels?(view: ChangeView<Entered>): ComponentChildren;
  /** Subjects of inquiries (照会) that its staff send: { tax: "課税状況" }. Without any the panel is not shown. */
  inquiries?: Readonly<Record<string, string>>;
  /** In which groups the statistics count whom it entitles, and what it counts of its own. */
  statistics: EntitledGroups & { sheets?: readonly Sheet[] };
  /** Kinds of case besides applications and reports. */
  others?: readonly AnyOtherCases[];
  /** Its lists say how many days ago a case came in, beside the day. */
  showsAge?: boolean | undefined;
  /** What its list on the screen says of each case besides; copies go without. */
  listColumn?: ListColumn | undefined;
  /** Pages of steps of its applications that ask for more than a comment, with one form each. */
  // biome-ignore lint/suspicious/noExplicitAny: what a page looks at goes only to its own functions
  stepForms?: readonly StepForm<any>[];
  /** Routes beside the common ones; their paths begin with `/<program>/`. */
  routes?: readonly AnyRoute[];
  /** Orders of mailings beside its certificates. */
  orders?: readonly OrderPage[];
}

/** A case of another kind as its pages show it. */
export interface OtherView<Own> extends SharedView {
  own: Own;
}

/**
 * Another kind of case of the 事務 than its applications and reports, such as claims (支給申請): it stands in the same lists, on
 * home and in decisions, and its page has the common panels around its own.
 */
export interface OtherCases<Own> {
  /** Name of the kind of case. */
  kind: string;
  /** All that its page shows; every look is logged. */
  view(work: Work, caseId: string, historyPage?: number): Promise<OtherView<Own>>;
  /** What the case is about, on its page and on that of its decision. */
  Content(props: { view: OtherView<Own> }): ComponentChildren;
  /** Beside it. */
  Side(props: { view: OtherView<Own> }): ComponentChildren;
  /**
   * What the open proposal will do, line by line, why it can't be approved as it stands, and what the notice is called that it
   * sends.
   */
  outcome(
    view: OtherView<Own>,
    subject: string,
  ): { lines: Items; moved: readonly string[]; notice?: string };
  /** The notice of the open proposal as it would go out now. @throws Problem for what cannot be printed or said yet */
  preview(work: Work, caseId: string): Promise<MadePaper>;
  /** What a decision among many will do, in dates, numbers and amounts. */
  summary(view: OtherView<Own>): string;
  /** The reasons that its events ask for, where they are its own. */
  reasons?: Partial<Record<NonNullable<CaseEventRule["reasons"]>, Titles>>;
  /** Pages of steps that ask for more than a comment, with one form each. */
  // biome-ignore lint/suspicious/noExplicitAny: what a page looks at goes only to its own functions
  stepForms?: readonly StepForm<any>[];
}

// biome-ignore lint/suspicious/noExplicitAny: what it shows goes only to its own functions
export type AnyOtherCases = OtherCases<any>;

/** A declaration whose entry only its own functions know. */
// biome-ignore lint/suspicious/noExplicitAny: the entry goes only to the functions of the declaration it came from
export type AnyCaseScreens = CaseScreensDeclaration<any, any>;
