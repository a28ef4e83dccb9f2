import { basisTitles, type CubeAsked, periodTitle } from "./asked.ts";
import { type OfficeNames, wordsOfFixed } from "./labels.ts";

/** Of what the figures are. */
export const cubeSource =
  "接種記録（接種）と、接種のなかった予診票（予診のみ・不可診）。年齢は接種日の満年齢（誕生日の前日に加える）、区は集計した時の住所、契約の種類は接種日に医療機関にある契約。";

/** A cube in words: its period, whence it is counted, to what it is narrowed. */
export const wordsOfCube = (
  asked: Pick<CubeAsked, "period" | "byEntry" | "basis" | "fixed">,
  offices: OfficeNames,
): string =>
  [
    `${periodTitle(asked.period)}${asked.byEntry ? "に記録" : ""}`,
    basisTitles[asked.basis],
    ...wordsOfFixed(asked.fixed, offices),
  ].join("・");
