import {
  type AnyApplicationKind,
  isLetterKind,
  letterTitles,
} from "#src/platform/applications/index.ts";

/** What an issued paper is called; `paper` is the kind of document. */
export const paperTitle = ({ certificate }: AnyApplicationKind, paper: string): string =>
  paper === "certificate" ? certificate.title : isLetterKind(paper) ? letterTitles[paper] : paper;
