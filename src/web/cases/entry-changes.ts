import type { ShownField } from "../components/index.ts";

/** A field that one entry has otherwise than the one before. */
export interface EntryChange {
  /** With the boxes of the form in which it stands: 試験　長女 この申請での立場. */
  title: string;
  before: string;
  after: string;
}

interface Held {
  title: string;
  text: string;
  words: string;
}

/**
 * The fields of a form by where they stand on it: a line is that of its person, whichever place it has. A field whose box is not
 * ticked, or whose choice says something else, counts as not there.
 */
function heldIn(fields: readonly ShownField[]): Map<string, Held> {
  const values = new Map(fields.map(({ name, values }) => [name, values]));
  const counts = ({ asks }: ShownField) =>
    asks.every((ask) => values.get(ask.name)?.some((value) => ask.values.includes(value)));
  const held = new Map<string, Held>();
  for (const field of fields) {
    const title = [...field.groups, field.label].join(" ");
    const there = counts(field);
    const said = field.values.map(field.words).join("、").replaceAll("\r\n", "\n").trim();
    const text = there ? said : "";
    let key = title;
    for (let n = 2; held.has(key); n++) key = `${title} ${n}`;
    held.set(key, { title, text, words: text || (there && field.box ? "いいえ" : nothing) });
  }
  return held;
}

const nothing = "（なし）";

/** What an entry changed, field by field in the order of the form; of the first one everything that it says. */
export function changesBetween(
  before: readonly ShownField[],
  after: readonly ShownField[],
): EntryChange[] {
  const [old, held] = [heldIn(before), heldIn(after)];
  return [...new Set([...held.keys(), ...old.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), held.get(key)];
    if ((was?.text ?? "") === (is?.text ?? "")) return [];
    const { title = "" } = is ?? was ?? {};
    return [{ title, before: was?.words ?? nothing, after: is?.words ?? nothing }];
  });
}
