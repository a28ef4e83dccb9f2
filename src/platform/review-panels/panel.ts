import type { Form, Issuer } from "#forms/index.ts";
import type { PanelInvitationData } from "#forms/review-panels/invitation.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { CaseRow } from "../cases/index.ts";
import type { ProgramLetters, Unissued } from "../letters/index.ts";
import type { Work } from "../work.ts";

/** A case on the agenda: 事例1, 事例2 … */
interface AgendaCase {
  position: number;
  found: CaseRow;
}

/** What is handed out at a meeting, made by the form of the panel. */
export interface PanelPapers {
  form: Form<never>;
  data: Unissued<{ readonly issuer: Issuer }>;
}

/** Gives papers their form and the data that it takes. */
export const panelPapers = <Data extends { readonly issuer: Issuer }>(
  form: Form<Data>,
  data: Unissued<Data>,
): PanelPapers => ({ form: form as unknown as Form<never>, data });

/**
 * A panel (審査会) as its 事務 declares it: members with terms, meetings, invitations, papers, votes and answers it gets. What it may say,
 * who sits in it and which cases it hears the database knows too (review_panels.panel). It advises; it decides nothing.
 */
export interface ReviewPanel {
  /** As the database knows it. */
  code: string;
  program: string;
  letters: ProgramLetters;
  words: {
    /** 調査委員会 */
    panel: string;
    /** The page of its meetings: 健康被害救済 調査委員会. */
    heading: string;
    /** What it hears: 請求. */
    case: string;
    /** What it gives: 報告. */
    answer: string;
    /** Who leads it: 委員長. */
    chair: string;
    /** What is handed out: 委員会資料（氏名を伏せたもの）. */
    papers: string;
    /** What the office does on the page of the case once it has answered. */
    next: string;
  };
  /** For whom members sit in it, and what it may say. */
  roles: Readonly<Record<string, string>>;
  opinions: Readonly<Record<string, string>>;
  /** Reasons of opinions that are given with one. */
  reasons: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether an answer counts only once somebody else has compared it with the minutes. */
  compared: boolean;
  /** Whether it has groups (審査グループ). */
  grouped: boolean;
  /** Of what it answers, in the order of the papers: one row with an empty code where it is of the whole case. */
  matters(work: Work, found: CaseRow): Promise<readonly { code: string; title: string }[]>;
  /** The case on the agenda of an invitation: nothing of a person. */
  agendaLine(work: Work, found: CaseRow): Promise<string>;
  invitation: Form<PanelInvitationData>;
  /** Papers of a meeting, with the names masked. @throws Problem 422 where a case can't be shown yet */
  papers(work: Work, heldOn: IsoDate, cases: readonly AgendaCase[]): Promise<PanelPapers>;
}

/** What stands for the whole case among matters. */
export const wholeCase = [{ code: "", title: "" }] as const;
