import type {
  AnyApplicationKind,
  AnyChangeKind,
  Titles,
} from "#src/platform/applications/index.ts";
import type { RequiredDocuments } from "#src/platform/intake/index.ts";
import type { ProgramLetters } from "#src/platform/letters/index.ts";
import type { CaseDeadlines } from "#workflows/cases/deadlines.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import { copiedList } from "./copied-list.tsx";
import type { AnyCaseScreens, AnyOtherCases } from "./declaration.ts";

/** A 事務 whose cases are of kinds of their own alone: no application for an entitlement, no 受給者証, no report of change. */
export interface PlainCases {
  program: string;
  /** 予防接種. */
  title: string;
  shortTitle: string;
  /** Papers that its cases may need, by code. */
  documents: RequiredDocuments;
  letters: ProgramLetters;
  /** Called what on screens: whom a case is about, and the day on which it came. */
  words: { subject: string; subjectInLetters: string; receivedOn: string };
  /** What its papers are called, by kind of document. */
  paperTitles: Titles;
  /** Limit dates, where it has its own. */
  deadlines?: DatedParameter<CaseDeadlines>;
  others: readonly AnyOtherCases[];
  /** Its lists say how many days ago a case came in, beside the day: where no limit says it. */
  showsAge?: boolean;
}

/**
 * The same as the common screens know it: a 事務 of applications of which there is no kind. What an application alone needs is
 * never asked for, as no case of one can be found.
 */
export function asCaseScreens(plain: PlainCases): AnyCaseScreens {
  const { shortTitle, others, showsAge, ...about } = plain;
  const application = {
    ...about,
    versions: [],
    reasons: { rejection: {}, revocation: {} },
    certificate: { title: "証" },
  } as unknown as AnyApplicationKind;
  const change = { application, versions: [], subjects: {} } as unknown as AnyChangeKind;
  return {
    shortTitle,
    application,
    change,
    others,
    showsAge,
    changeForms: {},
    items: () => [],
  } as unknown as AnyCaseScreens;
}

/** Its list of cases as a copy. */
export const copiedCases = (plain: PlainCases) => copiedList(asCaseScreens(plain));
