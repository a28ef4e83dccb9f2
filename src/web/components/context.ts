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

/** A box, list or choice, and the values of it with which the fields under it count. */
export interface Ask {
  name: string;
  values: readonly string[];
}
/** What must be chosen so that a field counts, from the outermost. */
export const AskContext = createContext<readonly Ask[]>([]);

/** Titles of the boxes of the paper form in which a field stands, from the outermost. */
export const GroupContext = createContext<readonly string[]>([]);

/** A field as its form shows it before anybody types. */
export interface ShownField {
  name: string;
  label: string;
  groups: readonly string[];
  /** What is sent where nothing is changed; none for a box that is not ticked. */
  values: readonly string[];
  /** A value as the person reads it. */
  words(value: string): string;
  asks: readonly Ask[];
  /** A box, which is not sent where it is not ticked. */
  box: boolean;
}
/** Told of every field of a form where the form is read rather than shown (`shownFields`). */
export const ShownContext = createContext<((field: ShownField) => void) | undefined>(undefined);

interface Named {
  name: string;
  label: string;
}

/** Tells of a field to whoever reads the form. */
export function useShown(
  { name, label }: Named,
  values: readonly string[],
  { words = (value) => value, box = false }: Partial<Pick<ShownField, "words" | "box">> = {},
): void {
  const tell = useContext(ShownContext);
  const groups = useContext(GroupContext);
  const asks = useContext(AskContext);
  tell?.({ name, label, groups, values, words, asks, box });
}

/** Mistake and `id` of a field. */
export function useMistake(props: { name: string; idPrefix?: string | undefined }): {
  error: string | undefined;
  id: string;
} {
  const { name, idPrefix = "field" } = props;
  const { errors } = useContext(FormContext);
  return { error: errors[name], id: `${idPrefix}-${name}` };
}

/** The value to show in a field: what the person sent before, else what the register knows. */
export function useField(
  props: Named & { idPrefix?: string; value?: string | number | null | undefined },
  words?: (value: string) => string,
): { value: string; error: string | undefined; id: string } {
  const { values } = useContext(FormContext);
  const known = String(props.value ?? "");
  useShown(props, [known], words ? { words } : {});
  return {
    value: values?.has(props.name) ? values.text(props.name) : known,
    ...useMistake(props),
  };
}

/** The `id` of the field of that name, to which `ErrorSummary` links. */
export function fieldId(name: string): string {
  return `field-${name}`;
}
