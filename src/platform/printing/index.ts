/** Printing: what a city sets for the papers of a 事務, and with what each paper was printed. */

export { charactersFault, unprintableFault, unprintableIn } from "./characters.ts";
export {
  checkProposal,
  type Faults,
  isColour,
  largestImage,
  type Proposal,
  purposes,
  reductionPart,
  textPart,
} from "./check.ts";
export { fontsOf } from "./fonts.ts";
export { officeFinder } from "./offices.ts";
export { pictureOnly } from "./png.ts";
export { formOfPapers, previewForm } from "./preview.ts";
export {
  type IssuedWith,
  type Printing,
  placesOf,
  printingOf,
  type Settings,
  settingInForce,
  settingsOf,
} from "./print.ts";
export {
  type PaperVersion,
  type ProgramPapers,
  paperMark,
  paperVersion,
  requireSeen,
  type StoppedCharacter,
  stoppedCharacters,
} from "./program-papers.ts";
export {
  decideSetting,
  type FormSetting,
  latestSettings,
  listSettings,
  openSettings,
  proposeSetting,
  readSetting,
  remandFault,
  type SettingDecision,
  settingActions,
  settingState,
  settingsBefore,
} from "./settings.ts";
export {
  type Character,
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
  openCharacters,
  type UnprintableEntry,
} from "./unprintable-list.ts";
