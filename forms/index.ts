/** The door of the forms: data in, PDF out. */
export type * from "./data.ts";
