/** 番号の統合と分離: two numbers of one person, and the end of a merge that was a mistake. */
export {
  dismissMatch,
  type LineAfter,
  linesAfter,
  type Merge,
  type MergePreview,
  mergeActions,
  mergeOf,
  mergesOf,
  moveMerge,
  previewMerge,
  proposeMerge,
  proposeUnmerge,
  settleLine,
} from "./merges.ts";
export { countLinks, type LinkKind, linkKinds, listLinks } from "./waiting.ts";
export { clashWords, thingTitles } from "./words.ts";
