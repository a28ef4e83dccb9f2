import { parseJapaneseDate } from "#workflows/dates/wareki.ts";
import { type Field, type Fields, isOptional } from "./rule.ts";

/** What a form sends: the text of a field, `""` where it did not come, and all values of one that comes several times. */
export interface SentValues {
  text(name: string): string;
  all(name: string): readonly string[];
}

/** What was typed, in the shape of the fields: texts, groups of them, lists. */
export type Entered = string | readonly Entered[] | { readonly [name: string]: Entered };

/** Rows of one list that a form may have. */
export const MOST_ROWS = 200;

/** The name of the field that says how many rows of a list were sent. */
export const rowsName = (list: string): string => `${list}.rows`;

const isGroup = (entered: Entered): entered is { readonly [name: string]: Entered } =>
  typeof entered === "object" && !Array.isArray(entered);

/** The field of each row of a list. */
export function rowField(list: Field): Field {
  return list.item ?? { ...list, kind: "group" };
}

/** Reads what a form sends, by the names that its fields have: `bands.0.copay.1.amount`. */
export function readEntered(
  fields: Fields,
  sent: SentValues,
  prefix = "",
): { [name: string]: Entered } {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, readField(field, sent, prefix + name)]),
  );
}

function readField(field: Field, sent: SentValues, name: string): Entered {
  switch (field.kind) {
    case "group":
      return readEntered(field.fields ?? {}, sent, `${name}.`);
    case "list": {
      const rows = Math.min(MOST_ROWS, Number(sent.text(rowsName(name))) || 0);
      return Array.from({ length: Math.max(0, Math.floor(rows)) }, (_, row) =>
        readField(rowField(field), sent, `${name}.${row}`),
      );
    }
    case "choices":
      return [...sent.all(name)];
    default:
      return sent.text(name).trim();
  }
}

/** Whether nothing was typed. */
export function isEmpty(entered: Entered | undefined): boolean {
  if (entered === undefined || entered === "") return true;
  if (typeof entered === "string") return false;
  return Object.values(entered).every(isEmpty);
}

/** The same without rows in which nothing was typed, so that a mistake's place is the place in the form. */
export function withoutEmptyRows(entered: Entered): Entered {
  if (typeof entered === "string") return entered;
  if (!isGroup(entered)) return entered.map(withoutEmptyRows).filter((row) => !isEmpty(row));
  return Object.fromEntries(
    Object.entries(entered).map(([name, value]) => [name, withoutEmptyRows(value)]),
  );
}

/**
 * Adds an empty row to a list or takes one away, as a button of the form asks (`add bands.0.copay`, `remove bands.1`); what was
 * typed stays. Nothing where the button names no list.
 */
export function withRows(fields: Fields, entered: Entered, asked: string): Entered | undefined {
  const [, what, path = ""] = /^(add|remove) ([\w.-]{1,200})$/.exec(asked) ?? [];
  if (what === undefined) return undefined;
  return changed(
    { label: "", kind: "group", fields } as unknown as Field,
    entered,
    path.split("."),
    what === "add",
  );
}

function changed(
  field: Field,
  entered: Entered,
  [step = "", ...rest]: readonly string[],
  add: boolean,
): Entered | undefined {
  if (typeof entered === "string") return undefined;
  if (!isGroup(entered)) {
    const row = Number(step);
    const found = entered[row];
    if (found === undefined) return undefined;
    if (rest.length === 0) return add ? undefined : entered.toSpliced(row, 1);
    const inner = changed(rowField(field), found, rest, add);
    return inner === undefined ? undefined : entered.with(row, inner);
  }
  const inner = field.fields?.[step];
  const value = entered[step];
  if (!inner || value === undefined) return undefined;
  if (rest.length === 0) {
    if (!add || inner.kind !== "list" || !Array.isArray(value) || value.length >= MOST_ROWS)
      return undefined;
    return { ...entered, [step]: [...value, blank(rowField(inner))] };
  }
  const next = changed(inner, value, rest, add);
  return next === undefined ? undefined : { ...entered, [step]: next };
}

/** A field in which nothing was typed yet. */
function blank(field: Field): Entered {
  if (field.kind === "list" || field.kind === "choices") return [];
  if (field.kind !== "group") return "";
  return Object.fromEntries(
    Object.entries(field.fields ?? {}).map(([name, inner]) => [name, blank(inner)]),
  );
}

/** The name of the field in a form where a mistake at a place of the input is told; `""` for the form as a whole. */
export function placeOf(fields: Fields, place: string): string {
  const told: string[] = [];
  let among: Fields | undefined = fields;
  let list: Field | undefined;
  for (const step of place.split(".")) {
    const field: Field | undefined = list ? rowField(list) : among?.[step];
    if (!field) break;
    told.push(step);
    if (field.kind === "choices") break;
    list = field.kind === "list" ? field : undefined;
    among = field.fields;
  }
  return told.join(".");
}

/** What a form has to send to say the same: names and texts. Takes typed values (an example, a stored value) as well. */
export function sentOf(fields: Fields, value: unknown, prefix = ""): [string, string][] {
  return Object.entries(fields).flatMap(([name, field]) =>
    sentOfField(field, prefix + name, at(value, name)),
  );
}

function sentOfField(field: Field, name: string, value: unknown): [string, string][] {
  if (value === undefined || value === null)
    return field.kind === "list" ? [[rowsName(name), "0"]] : [];
  switch (field.kind) {
    case "group":
      // A value that stands alone is that of the first field.
      return typeof value === "object"
        ? sentOf(field.fields ?? {}, value, `${name}.`)
        : [[`${name}.${Object.keys(field.fields ?? {})[0]}`, String(value)]];
    case "list": {
      const rows = Array.isArray(value) ? value : [];
      return [
        [rowsName(name), String(rows.length)],
        ...rows.flatMap((row, index) => sentOfField(rowField(field), `${name}.${index}`, row)),
      ];
    }
    case "choices":
      return Array.isArray(value) ? value.map((one) => [name, String(one)]) : [];
    default:
      return [[name, String(value)]];
  }
}

const at = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

/**
 * What was typed as a rule takes it: dates as the Japanese write them, numbers in full width and with commas; what was left
 * out isn't there. What can't be read stays as it was typed, for the schema to refuse.
 */
export function inputOf(fields: Fields, entered: { readonly [name: string]: Entered }) {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = inputOfField(field, entered[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function inputOfField(field: Field, entered: Entered | undefined): unknown {
  if (isEmpty(entered) || entered === undefined) return emptyOf(field);
  if (typeof entered === "string") return inputOfText(field, entered);
  if (isGroup(entered)) return inputOf(field.fields ?? {}, entered);
  if (field.kind === "choices") return [...entered];
  return entered.map((row) => inputOfField(rowField(field), row) ?? {});
}

/** Where nothing was typed: nothing, unless the field is needed and can be empty. */
function emptyOf(field: Field): unknown {
  if (isOptional(field)) return undefined;
  if (field.kind === "group" && field.schema.safeParse({}).success) return {};
  return field.emptyList && field.kind === "list" ? [] : undefined;
}

function inputOfText(field: Field, text: string): unknown {
  switch (field.kind) {
    case "date":
      return parseJapaneseDate(text) ?? text;
    case "number": {
      const number = Number(text.normalize("NFKC").replaceAll(",", ""));
      return Number.isNaN(number) ? text : number;
    }
    case "flag":
      return text === "true" || text === "on" || text === "yes";
    default:
      return text;
  }
}
