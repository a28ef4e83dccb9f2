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
  /** What is drawn for one piece, from the top left of its first page. */
  blocks(data: Data): readonly Block[];
  /** Invented data: an ordinary piece and the awkward ones, by a Japanese name of what is awkward. */
  readonly samples: Readonly<Record<string, Data>>;
}

/** What names a form and its wording. */
export type Template = Pick<Form<unknown>, "id" | "version">;

/** `vaccination/coupon v1`, as it stands in the corner of every page. */
export function templateName({ id, version }: Template): string {
  return `${id} v${version}`;
}
