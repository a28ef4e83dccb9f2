/** 住登外者: people outside the register whom a 事務 has to do with. */
export {
  evidenceTitles,
  type OutsiderEntry,
  type OutsiderField,
  type OutsiderMistakes,
  readOutsider,
} from "./entry.ts";
export {
  countOutsiders,
  decideOutsider,
  listOutsiders,
  type Outsider,
  type OutsiderStep,
  outsiderActions,
  outsiderOf,
  outsiderSteps,
  outsidersOfCase,
  typistsOf,
  unconfirmedAmong,
} from "./read.ts";
export {
  identityOfPerson,
  type OutsiderPurpose,
  type SimilarPeople,
  similarPeople,
} from "./similar.ts";
export { correctOutsider, openOutsider, type SaidToDiffer } from "./write.ts";
