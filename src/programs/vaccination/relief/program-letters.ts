import type { ProgramLetters } from "#src/platform/letters/index.ts";
import { vaccinationPapers } from "../papers.ts";

/** What stands on every letter of 健康被害救済. */
export const reliefLetters: ProgramLetters = {
  papers: vaccinationPapers,
  title: "予防接種健康被害救済",
  sign: "予",
  daysToReturn: 14,
};
