/** An agreed item of a feed (ACQ-3): nothing else is taken. */
export interface FeedItem {
  /** Japanese title, as lists of errors and changes show it. */
  title: string;
  /** Dates arrive as `YYYY-MM-DD`, births as that or with less (`workflows/dates/birth-date.ts`), amounts as whole yen such as `-1200`, codes as one of the kind's own values. */
  type: "text" | "date" | "birth" | "amount" | readonly string[];
  /** A layout without it cannot be used; whether a row may leave it empty is for `read` to say. */
  required: boolean;
  /** Kept apart from the other items, under a key and a right of its own. */
  isIndividualNumber?: true;
}

/** The items of a kind, by item id. */
export type FeedItems = Readonly<Record<string, FeedItem>>;

/** The items of one row, by item id; what is empty in the file is the empty text. */
export type RowItems = Readonly<Record<string, string>>;

export const textItem = (title: string, required = false): FeedItem => ({
  title,
  type: "text",
  required,
});
export const individualNumberItem = (title: string): FeedItem => ({
  ...textItem(title),
  isIndividualNumber: true,
});
export const dateItem = (title: string, required = false): FeedItem => ({
  title,
  type: "date",
  required,
});
/** A date of birth: what is unknown of it may be told by zeros. */
export const birthItem = (title: string): FeedItem => ({ title, type: "birth", required: true });
export const amountItem = (title: string): FeedItem => ({ title, type: "amount", required: false });
export const codeItem = (title: string, values: readonly string[], required = true): FeedItem => ({
  title,
  type: values,
  required,
});
