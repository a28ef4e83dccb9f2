import { type Form, PiecesHeld, writeForm } from "#forms/index.ts";
import type { CaseRow } from "../cases/index.ts";
import {
  type IssuedWith,
  type PaperVersion,
  type ProgramPapers,
  paperRefused,
  paperVersion,
  printingOf,
} from "../printing/index.ts";
import type { Work } from "../work.ts";

/** A paper that is made but not issued: for the preview, or to be kept. */
export interface MadePaper {
  pdf: Uint8Array;
  paper: PaperVersion;
}

/** Data of a paper before the 帳票の設定 says who issues it. */
export type Unissued<Data> = Omit<Data, "issuer">;

/** Whom a paper is about, and which case where it comes from one. */
export interface PaperSubject {
  caseId?: string;
  personNumber: string;
  officeCode: string;
}

export const subjectOf = ({ id, personNumber, officeCode }: CaseRow): PaperSubject => ({
  caseId: id,
  personNumber,
  officeCode,
});

/**
 * Prints a paper under the setting that holds today, or the one it was issued with. One that is refused says why: fields and code points, nothing of
 * the person.
 *
 * @throws Problem 422 when a character cannot be printed as registered; it enters the 外字一覧
 */
export async function makePaper<Data extends object>(
  work: Work,
  papers: ProgramPapers,
  {
    form,
    data,
    subject,
    sample,
    issued,
  }: {
    form: Form<Data>;
    data: Unissued<Data>;
    subject: PaperSubject;
    /** Looked at, not issued: 見本 stands across every page. */
    sample: boolean;
    /** With what it was issued, where it is printed again. */
    issued?: IssuedWith;
  },
): Promise<MadePaper> {
  const { id: setting, issuer, fonts, wording } = await printingOf(work, papers, issued);
  try {
    const piece = { ...data, issuer } as unknown as Data;
    const pdf = await writeForm(form, piece, { fonts, wording: wording(form), sample });
    return { pdf, paper: paperVersion(form, setting) };
  } catch (error) {
    if (!(error instanceof PiecesHeld)) throw error;
    throw paperRefused(
      { ...subject, program: papers.program, form: form.id },
      error.held.flatMap(({ problems }) => problems),
    );
  }
}
