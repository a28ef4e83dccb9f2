/** The door of the forms: data in, PDF out. */
export type * from "./data.ts";
export {
  checkText,
  type FontSupply,
  Fonts,
  findUnprintable,
  houseFonts,
  type Purpose,
  type Unprintable,
} from "./fonts/fonts.ts";
