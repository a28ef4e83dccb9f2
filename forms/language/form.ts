import type { Block, Size } from "./paper.ts";

/**
 * A form: what is printed for data of one kind. A version once used is never changed: what was issued under it prints
 * the same for ever; a change is a new version beside it.
 */
export interface Form<Data> {
  /** `vaccination/coupon` */
  readonly id: string;
  readonly version: number;
  /** Title of the document, without anything of the person. */
  readonly title: string;
  readonly size: Size;
  /** Standing texts that a city may word itself, by key. */
  readonly wording?: Wording;
  /** What is drawn for one piece, from the top left of its first page; `say` gives the standing texts as the city words them. */
  blocks(data: Data, say: (key: string) => string): readonly Block[];
  /** Invented data: an ordinary piece and the awkward ones, by a Japanese name of what is awkward. */
  readonly samples: Readonly<Record<string, Data>>;
}

/** Texts by key. */
export type Wording = Readonly<Record<string, string>>;

/** The form's standing texts with the city's own in their place; throws a RangeError for a text the form does not have. */
export function sayer(
  { id, wording = {} }: Pick<Form<never>, "id" | "wording">,
  own: Wording = {},
): (key: string) => string {
  const unknown = Object.keys(own).find((key) => !(key in wording));
  if (unknown !== undefined) throw new RangeError(`${id} has no text ${unknown}`);
  return (key) => {
    const text = own[key] ?? wording[key];
    if (text === undefined) throw new RangeError(`${id} has no text ${key}`);
    return text;
  };
}

/** What names a form and its wording. */
export type Template = Pick<Form<unknown>, "id" | "version">;

/** `vaccination/coupon v1`, as it stands in the corner of every page. */
export function templateName({ id, version }: Template): string {
  return `${id} v${version}`;
}
