import type { ComponentChildren } from "preact";

/** What every field has. */
export interface FieldProps {
  name: string;
  label: string;
  /** What is known already; what the person sent goes before it. */
  value?: string | number | null | undefined;
  required?: boolean;
  /** How to fill it in. */
  hint?: string | undefined;
  /** Where the known value came from, such as 住民記録. */
  source?: string | undefined;
  disabled?: boolean;
  autofocus?: boolean;
  /** Tells this field from one of the same name in another form of the page. */
  idPrefix?: string;
  /** Width in characters of the paper form. */
  width?: 4 | 8 | 12 | 20 | 30 | 40;
}

interface FrameProps extends Pick<FieldProps, "label" | "required" | "hint" | "source"> {
  id: string;
  error: string | undefined;
  children: ComponentChildren;
  /** Stands below what is wrong, which belongs to the field: 定型文. */
  below?: ComponentChildren;
}

/** Label with 必須, hint, error and the field itself, tied together for a screen reader. */
export function FieldFrame(props: FrameProps) {
  const { id, label, required, hint, source, error, children, below } = props;
  return (
    <div class={error ? "field field-wrong" : "field"}>
      <label class="field-label" for={id}>
        {label}
        {required && <span class="mark-required">必須</span>}
        {source && <span class="mark-source">{source}</span>}
      </label>
      <div class="field-body">
        {children}
        {error && (
          <p class="field-error" id={`${id}-error`}>
            {error}
          </p>
        )}
        {hint && (
          <p class="field-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        {below}
      </div>
    </div>
  );
}

/** The attributes that tie an input to its label, hint and error. */
export function frameAttributes(id: string, error: string | undefined, props: FieldProps) {
  const described = [error && `${id}-error`, props.hint && `${id}-hint`].filter(Boolean).join(" ");
  return {
    id,
    name: props.name,
    disabled: props.disabled,
    "data-autofocus": props.autofocus ? "" : undefined,
    "aria-required": props.required ? ("true" as const) : undefined,
    "aria-invalid": error ? ("true" as const) : undefined,
    "aria-describedby": described || undefined,
  };
}
