import type { Block, Colour, Size } from "./paper.ts";

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
  /** What is drawn for one piece, from the top left of its first page. */
  blocks(data: Data, say: Say): readonly Block[];
  /** Invented data: an ordinary piece and the awkward ones, by a Japanese name of what is awkward. */
  readonly samples: Readonly<Record<string, Data>>;
}

/** Texts by key; `{program}` stands for what the form fills in under that name. Colours are texts such as `#dbedf7`. */
export type Wording = Readonly<Record<string, string>>;

/** A standing text as the city words it, with what is filled in. */
export type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

/**
 * The form's standing texts with the city's own in their place; throws a RangeError for a text the form does not have, and
 * for a place to fill in that it does not fill.
 */
export function sayer(
  { id, wording = {} }: Pick<Form<never>, "id" | "wording">,
  own: Wording = {},
): Say {
  const unknown = Object.keys(own).find((key) => !(key in wording));
  if (unknown !== undefined) throw new RangeError(`${id} has no text ${unknown}`);
  return (key, values = {}) => {
    const text = own[key] ?? wording[key];
    if (text === undefined) throw new RangeError(`${id} has no text ${key}`);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new RangeError(`${id} fills no ${name} into ${key}`);
      return value;
    });
  };
}

/** A colour of a city's wording: `#dbedf7`; throws a RangeError for anything else. */
export function colourOf(text: string): Colour {
  const [, red, green, blue] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text) ?? [];
  if (!red || !green || !blue) throw new RangeError(`${text} is no colour such as #dbedf7`);
  const part = (hex: string) => Math.round((Number.parseInt(hex, 16) / 255) * 1000) / 1000;
  return [part(red), part(green), part(blue)];
}

/** What names a form and its wording. */
export type Template = Pick<Form<unknown>, "id" | "version">;

/** `vaccination/coupon v1`, as it stands in the corner of every page. */
export function templateName({ id, version }: Template): string {
  return `${id} v${version}`;
}
