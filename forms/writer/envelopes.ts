import type { Paper, PieceProblem } from "../language/paper.ts";
import { type BundleCoverData, bundleCover } from "../mailing/bundle-cover.ts";
import { type BundleMarkName, bundleMarks } from "../mailing/bundle-marks.ts";

/** Pieces that follow each other and go into one envelope. */
export interface Envelope {
  /** Printed on its sheets: `M000012-0003-0045`. */
  readonly name: string;
  /** How many of the pieces given. */
  readonly pieces: number;
  readonly mark: BundleMarkName;
  readonly cover: Omit<BundleCoverData, "pieces">;
}

/** A piece that was laid out; `undefined` where it was held. */
export type LaidOut = Paper | undefined;

/** The sheets of an envelope in the order of the print, each marked; none where nothing is left of it, or its 宛名用紙 is held. */
export function sheetsOf(
  { name, mark, cover }: Envelope,
  pieces: readonly LaidOut[],
  draw: (form: typeof bundleCover, data: BundleCoverData) => Paper,
): { sheets: readonly Paper[]; coverPages: number; problems: readonly PieceProblem[] } {
  const inside = pieces.filter((piece) => piece !== undefined);
  const top =
    inside.length > 1 ? draw(bundleCover, { ...cover, pieces: inside.length }) : undefined;
  if (top && top.problems.length > 0) return { sheets: [], coverPages: 0, problems: top.problems };
  const sheets = top ? [top, ...inside] : inside;
  const of = sheets.reduce((sum, { pageCount }) => sum + pageCount, 0);
  let sheet = 0;
  for (const paper of sheets)
    for (let page = 0; page < paper.pageCount; page++) {
      paper.turnTo(page);
      sheet++;
      paper.tagged("Artifact", () => {
        for (const block of bundleMarks[mark].blocks({ envelope: name, sheet, of })) block(paper);
      });
    }
  return { sheets, coverPages: top?.pageCount ?? 0, problems: [] };
}
