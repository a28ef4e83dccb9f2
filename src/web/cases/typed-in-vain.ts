import type { FieldErrors, ShownField } from "../components/index.ts";
import type { Values } from "../values.ts";

/** Whether what a field needs is chosen in a form that was sent: the boxes and choices that ask for it. */
export const isAsked = ({ asks }: ShownField, form: Values): boolean =>
  asks.every(({ name, values }) => form.all(name).some((value) => values.includes(value)));

/** The same values, however lines end and whatever stands around them. */
export const sameValues = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, at) => plain(value) === plain(other[at] ?? ""));

const plain = (value: string) => value.replaceAll("\r\n", "\n").trim();

/**
 * What was typed into fields whose box is not ticked or whose choice says something else: told at that box or choice, as it
 * would not be kept. What the form itself brought along and nobody changed does not count.
 */
export function typedInVain(fields: readonly ShownField[], form: Values): FieldErrors {
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const sent = form.all(field.name);
    if (isAsked(field, form) || sent.every((value) => value === "")) continue;
    if (sameValues(sent, field.values)) continue;
    const asking = field.asks.find(({ name, values }) =>
      form.all(name).every((value) => !values.includes(value)),
    );
    if (asking)
      errors[asking.name] ??=
        `「${field.label}」に入力がありますが、このままでは登録されません。登録するときはここで選び、しないときは入力を消してください。`;
  }
  return errors;
}
