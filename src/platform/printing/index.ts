/** The room of printing: what a city sets for the papers of a 事務, and with what each paper was printed. */
export { type CityFonts, findFonts } from "./fonts.ts";
export {
  type PaperVersion,
  type ProgramPapers,
  paperVersion,
  type StoppedCharacter,
  stoppedCharacters,
} from "./papers.ts";
export { type Printing, printingOf, settingInForce } from "./print.ts";
export {
  type Character,
  characterOf,
  charactersOf,
  formTitle,
  paperRefused,
  recordUnprintable,
  type Settlement,
  type StoppedPaper,
  settlementTitles,
  settleUnprintable,
} from "./unprintable.ts";
export {
  type CharacterLine,
  countOpenCharacters,
  formsInList,
  listCharacters,
  listEntries,
  type UnprintableEntry,
} from "./unprintable-list.ts";
