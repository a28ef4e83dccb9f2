import type { ShownField } from "../components/index.ts";
import type { Values } from "../values.ts";
import { isAsked, sameValues } from "./typed-in-vain.ts";

/** Whose value of a field is kept. */
type Side = "theirs" | "mine";

/** A field that somebody else saved with another value than the person has in the form. */
export interface Clash {
  name: string;
  /** With the box of the form in which it stands: 保護者（申請者） 電話番号. */
  title: string;
  /** What the form showed when it was opened, what the other saved, and what the person has, in words. */
  base: string;
  theirs: string;
  mine: string;
  /** Set where only the other one changed it; where both did, the person has to say. */
  proposed?: Side;
}

/** The fields of a form as they stood when it was opened, and as they stand now. */
export interface Both {
  base: readonly ShownField[];
  theirs: readonly ShownField[];
}

/** What the person has in a field; nothing where the form did not ask for it. */
function mineOf(field: ShownField, form: Values): readonly string[] | undefined {
  if (!isAsked(field, form) || !(field.box || form.has(field.name))) return undefined;
  return form.all(field.name);
}

/** The fields in which a form that was sent differs from what somebody else saved since it was opened. */
export function clashesOf(form: Values, { base, theirs }: Both): Clash[] {
  const before = new Map(base.map((field) => [field.name, field]));
  return theirs.flatMap((field) => {
    const mine = mineOf(field, form);
    const at = before.get(field.name)?.values ?? [];
    if (!mine || sameValues(mine, field.values) || sameValues(at, field.values)) return [];
    const { name, groups, label } = field;
    return [
      {
        name,
        title: [...groups, label].join(" "),
        base: inWords(field, at),
        theirs: inWords(field, field.values),
        mine: inWords(field, mine),
        ...(sameValues(at, mine) ? { proposed: "theirs" as const } : {}),
      },
    ];
  });
}

function inWords({ words, box }: ShownField, values: readonly string[]): string {
  const text = values.map(words).join("、").trim();
  return text || (box ? "いいえ" : "（空欄）");
}

/** Which side was chosen for each clash, by the name of its field. */
export const takeName = (name: string): string => `take:${name}`;

/** The form with the values that the other one saved in those fields for which they were chosen, or which it did not ask for. */
export function merged(form: Values, theirs: readonly ShownField[]): Values {
  const taken = theirs.filter(
    (field) => form.text(takeName(field.name)) === "theirs" || !mineOf(field, form),
  );
  return form.with(new Map(taken.map(({ name, values }) => [name, values])));
}
