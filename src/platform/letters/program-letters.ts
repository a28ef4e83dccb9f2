import type { ProgramPapers } from "../printing/index.ts";

/** What stands on every letter of a 事務. */
export interface ProgramLetters {
  papers: ProgramPapers;
  /** The 事務 in letters: こども医療費助成. */
  title: string;
  /** Sign in numbers of documents, behind the city's: こ医 gives 熊こ医第R8-000001号. */
  sign: string;
  /** Days from a decision in which a certificate is to come back. */
  daysToReturn: number;
}
