import { z } from "zod";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { type DatedParameter, MissingParameterError } from "#workflows/parameters/dated.ts";

/** How a field is entered on a form. */
export type FieldKind =
  | "date"
  | "month"
  | "number"
  | "text"
  | "choice"
  | "choices"
  | "flag"
  | "group"
  | "list";

/** One field of a rule: what it is called, how it is entered and checked. */
export interface Field<S extends z.ZodType = z.ZodType> {
  readonly label: string;
  readonly kind: FieldKind;
  readonly schema: S;
  readonly example: unknown;
  readonly choices?: Readonly<Record<string, string>>;
  readonly hint?: string;
  /** Of a group: its fields; of a list: those of each row. */
  readonly fields?: Fields;
  /** Of a list of single values: the field of each. */
  readonly item?: Field;
  /** Of a list that has to be there: without rows it counts as an empty one. */
  readonly emptyList?: true;
}

export type Fields = Readonly<Record<string, Field>>;
type InputOf<F extends Fields> = z.output<z.ZodObject<{ [K in keyof F]: F[K]["schema"] }>>;

/** What a rule decides, and by which articles, notices and parameter rows. */
export interface Decision<R = unknown> {
  readonly result: R;
  readonly basis: readonly string[];
}

/** A worked example: run by a test, shown beside the rule. */
export interface Example {
  readonly title: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What the result has to contain; `{ contains }` in the place of a list: this item among others. */
  readonly expected: unknown;
}

/** What the what-if page calls the parts of a result; a part that is not here is shown by its name. */
export interface ResultWords {
  /** Titles of parts, by name: `{ windows: "接種できる期間" }`. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Titles of what a part may be, by name of the part: `{ sex: { female: "女" } }`. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A rule as the tool and the what-if page know it. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly fields: Fields;
  readonly examples: readonly Example[];
  /** The dated parameters it reads. */
  readonly parameters: readonly DatedParameter<unknown>[];
  /** What is not established about it, for the people who look after the scheme. */
  readonly notEstablished: readonly string[];
  readonly words: ResultWords;
  readonly run: (input: unknown) => RuleOutput;
}

export type RuleOutput =
  | { readonly ok: true; readonly result: unknown; readonly basis: readonly string[] }
  | { readonly ok: false; readonly error: RuleError };

/** `field` names the field that is wrong; `parameter` the parameter that has no row for the day. */
export interface RuleError {
  readonly field: string;
  readonly message: string;
  readonly parameter?: string;
}

/** Facts that are well-formed but cannot be together; thrown by a rule, told to who asked. */
export class InputError extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.name = "InputError";
    this.field = field;
  }
}

/** Makes a rule of its fields and its decision. */
export function defineRule<const F extends Fields>(spec: {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly fields: F;
  readonly decide: (input: InputOf<F>) => Decision;
  readonly examples: readonly Example[];
  readonly parameters?: readonly DatedParameter<unknown>[];
  readonly notEstablished?: readonly string[];
  readonly words?: ResultWords;
}): Rule {
  const { decide, parameters = [], notEstablished = [], words = {}, ...rule } = spec;
  const shape = Object.fromEntries(
    Object.entries(spec.fields).map(([name, field]) => [name, field.schema]),
  );
  const schema = z.object(shape, { error: "1行に1つのJSONオブジェクトを入力してください。" });
  const run = (input: unknown): RuleOutput => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) return { ok: false, error: faultOf(spec.fields, input, parsed.error) };
    try {
      // The schema is built from the very fields that InputOf describes.
      const { result, basis } = decide(parsed.data as InputOf<F>);
      return { ok: true, result, basis: [...new Set(basis)] };
    } catch (error) {
      if (error instanceof InputError)
        return { ok: false, error: { field: error.field, message: error.message } };
      if (error instanceof MissingParameterError)
        return {
          ok: false,
          error: { field: "parameter", message: error.message, parameter: error.parameter },
        };
      throw error;
    }
  };
  return { ...rule, parameters, notEstablished, words, run };
}

/** The first mistake of an input: where, and in words. */
export function faultOf(fields: Fields, input: unknown, error: z.ZodError): RuleError {
  const issue = error.issues[0];
  const path = issue?.path ?? [];
  const found = fieldAt(fields, path);
  const missing = found !== undefined && path.length > 0 && valueAt(input, path) === undefined;
  return {
    field: path.join("."),
    message: missing
      ? `${found.label}を入力してください。`
      : (issue?.message ?? "入力が正しくありません。"),
  };
}

/** The field at a place of the input, through groups and rows of lists; the last that has a name where the place has none. */
function fieldAt(fields: Fields, path: readonly PropertyKey[]): Field | undefined {
  let among: Fields | undefined = fields;
  let field: Field | undefined;
  for (const step of path) {
    if (typeof step === "number") {
      field = field?.item ?? field;
      among = field?.fields;
      continue;
    }
    field = among?.[String(step)];
    if (!field) return undefined;
    among = field.fields;
  }
  return field;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    input,
  );
}

/** A calendar date, `YYYY-MM-DD`. */
export const dateSchema = z.custom<IsoDate>(
  (value) => typeof value === "string" && isIsoDate(value),
  { error: "実在する日付をYYYY-MM-DDの形で入力してください。" },
);

/** A calendar month, `YYYY-MM`. */
export const monthSchema = z
  .string({ error: "年月をYYYY-MMの形で入力してください。" })
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: "年月をYYYY-MMの形で入力してください。" });

/** A whole number from `min` on. */
export function wholeSchema(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  const most = max === Number.MAX_SAFE_INTEGER ? "" : `${max}以下の`;
  const error = `${min}以上${most || "の"}整数を入力してください。`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** One of the choices. */
export function choiceSchema<const K extends string>(choices: Readonly<Record<K, string>>) {
  const keys = Object.keys(choices) as [K, ...K[]];
  return z.enum(keys, { error: `${keys.join("、")}のいずれかを入力してください。` });
}

/** The choices that a table offers, by their titles. */
export function titlesOf<K extends string>(
  table: Readonly<Record<K, { readonly title: string }>>,
): Record<K, string> {
  return Object.fromEntries(
    Object.entries<{ readonly title: string }>(table).map(([code, { title }]) => [code, title]),
  ) as Record<K, string>;
}

/** A field for a date. */
export function dateField(label: string, example: IsoDate): Field<typeof dateSchema> {
  return { label, kind: "date", schema: dateSchema, example };
}

/** Names of a table of parameters (`{ id: { name } }`), for a choice. */
export function namesOf<K extends string>(
  table: Readonly<Record<K, { readonly name: string }>>,
): Record<K, string> {
  return Object.fromEntries(
    Object.entries<{ readonly name: string }>(table).map(([id, { name }]) => [id, name]),
  ) as Record<K, string>;
}

/** A field for one of several choices, with their names in Japanese. */
export function choiceField<const K extends string>(
  label: string,
  choices: Readonly<Record<K, string>>,
  example: NoInfer<K>,
): Field<ReturnType<typeof choiceSchema<K>>> {
  return { label, kind: "choice", schema: choiceSchema(choices), choices, example };
}

/** A field for a whole number, yen or a count. */
export function wholeField(
  label: string,
  example: number,
  min = 0,
  max?: number,
): Field<ReturnType<typeof wholeSchema>> {
  return { label, kind: "number", schema: wholeSchema(min, max), example };
}

/** A field for text. */
export function textField(label: string, example: string): Field<z.ZodString> {
  return {
    label,
    kind: "text",
    schema: z.string({ error: `${label}を文字列で入力してください。` }),
    example,
  };
}

/** A field for yes or no. */
export function flagField(label: string, example: boolean): Field<z.ZodBoolean> {
  return {
    label,
    kind: "flag",
    schema: z.boolean({ error: "trueかfalseを入力してください。" }),
    example,
  };
}

/** A field for any of several choices. */
export function choicesField<const K extends string>(
  label: string,
  choices: Readonly<Record<K, string>>,
  example: readonly NoInfer<K>[],
): Field<z.ZodArray<ReturnType<typeof choiceSchema<K>>>> {
  return {
    label,
    kind: "choices",
    schema: z.array(choiceSchema(choices), { error: `${label}を選んでください。` }),
    choices,
    example,
  };
}

/** Several fields under one name; checked by its own schema where it has one. */
export function groupField<S extends z.ZodType>(
  label: string,
  fields: Fields,
  schema: S,
  example: unknown,
): Field<S> {
  return { label, kind: "group", fields, schema, example };
}

/** A list of rows of fields; checked by its own schema. */
export function listField<S extends z.ZodType>(
  label: string,
  fields: Fields,
  schema: S,
  example: unknown,
): Field<S> {
  return { label, kind: "list", fields, schema, example };
}

/** A list of single values. */
export function listOfField<S extends z.ZodType>(
  label: string,
  item: Field,
  schema: S,
  example: unknown,
): Field<S> {
  return { label, kind: "list", item, schema, example };
}

/** The same field, which may be left out. */
export function optional<S extends z.ZodType>(field: Field<S>): Field<z.ZodOptional<S>> {
  return { ...field, schema: field.schema.optional() };
}

/** Whether a field may be left out. */
export function isOptional(field: Field): boolean {
  return field.schema.safeParse(undefined).success;
}
