import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Values } from "../values.ts";

/** What every component of a page may need without being handed it. */
export interface PageContextValue {
  csrfToken: string;
}
export const PageContext = createContext<PageContextValue>({ csrfToken: "" });

/** Errors of a form by field name; the key `""` is for the form as a whole. */
export type FieldErrors = Readonly<Record<string, string>>;

interface FormContextValue {
  values: Values | undefined;
  errors: FieldErrors;
}
export const FormContext = createContext<FormContextValue>({ values: undefined, errors: {} });

/** The value to show in a field: what the person sent before, else what the register knows. */
export function useField(
  name: string,
  known: string | number | null | undefined,
  idPrefix = "field",
): { value: string; error: string | undefined; id: string } {
  const { values, errors } = useContext(FormContext);
  return {
    value: values?.has(name) ? values.text(name) : String(known ?? ""),
    error: errors[name],
    id: `${idPrefix}-${name}`,
  };
}

/** The `id` of the field of that name, to which `ErrorSummary` links. */
export function fieldId(name: string): string {
  return `field-${name}`;
}
