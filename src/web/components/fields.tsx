import { useContext } from "preact/hooks";
import { FormContext, useField } from "./context.ts";
import { FieldFrame, type FieldProps, frameAttributes } from "./field-frame.tsx";

interface TextProps extends FieldProps {
  type?: "text" | "password" | "tel" | "email" | "search";
  inputMode?: "text" | "numeric" | "tel" | "email";
  autocomplete?: "username" | "current-password" | "new-password" | "one-time-code" | "off";
  maxLength?: number;
}

/** One line of text. */
export function TextField(props: TextProps) {
  const { value, error, id } = useField(props.name, props.value, props.idPrefix);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <input
        {...frameAttributes(id, error, props)}
        class={`input width-${props.width ?? 30}`}
        type={(props.type ?? "text") as "text"}
        inputMode={props.inputMode}
        autocomplete={props.autocomplete ?? "off"}
        maxLength={props.maxLength}
        value={props.type === "password" ? undefined : value}
      />
    </FieldFrame>
  );
}

/** A name reading; folded to full-width katakana as it is typed, whatever its width. */
export function KanaField(props: FieldProps) {
  const { value, error, id } = useField(props.name, props.value, props.idPrefix);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <input
        {...frameAttributes(id, error, props)}
        class={`input width-${props.width ?? 30}`}
        data-fold="kana"
        value={value}
      />
    </FieldFrame>
  );
}

/**
 * A date in any usual way of writing (`R8.11.20`, `r81120`, `20261120`, `令和8年11月20日`), echoed as
 * 和暦 and western, with the age where it is a birth date. The handler reads it with `readDate`.
 */
export function DateField(props: FieldProps & { birth?: boolean }) {
  return <EchoedField {...props} width={props.width ?? 12} echo={props.birth ? "birth" : "date"} />;
}

/** A number with a check digit; says at once whether it is right. */
export function NumberField(
  props: FieldProps & { check?: "person-number" | "insurer" | "bank" | "piece" },
) {
  if (props.check) return <EchoedField {...props} width={props.width ?? 12} echo={props.check} />;
  return <TextField {...props} width={props.width ?? 12} inputMode="numeric" />;
}

/** A postal code; fills the field named `address` with prefecture, city and town. */
export function PostalCodeField(props: FieldProps & { address: string }) {
  return <EchoedField {...props} width={8} echo="postal-code" fills={props.address} />;
}

function EchoedField(props: FieldProps & { echo: string; fills?: string }) {
  const { value, error, id } = useField(props.name, props.value, props.idPrefix);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <span class="echoed">
        <input
          {...frameAttributes(id, error, props)}
          class={`input width-${props.width ?? 12}`}
          inputMode={props.echo === "date" || props.echo === "birth" ? "text" : "numeric"}
          data-echo={props.echo}
          data-fills={props.fills}
          value={value}
        />
        <output class="echo" for={id} />
      </span>
    </FieldFrame>
  );
}

/** Several lines of text. */
export function TextArea(props: FieldProps & { rows?: number }) {
  const { value: trimmed, error, id } = useField(props.name, props.value, props.idPrefix);
  const { values } = useContext(FormContext);
  const value = values?.has(props.name) ? values.whole(props.name) : trimmed;
  return (
    <FieldFrame {...props} id={id} error={error}>
      <textarea {...frameAttributes(id, error, props)} class="input" rows={props.rows ?? 3}>
        {value}
      </textarea>
    </FieldFrame>
  );
}

/** A colour such as `#dbedf7`, chosen with the browser's own field. */
export function ColourField(props: FieldProps) {
  const { value, error, id } = useField(props.name, props.value, props.idPrefix);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <input
        {...frameAttributes(id, error, props)}
        class="input-colour"
        type="color"
        value={value}
      />
    </FieldFrame>
  );
}

/** A file of the terminal; the form must have `files`. */
export function FileField(props: FieldProps & { accept?: string }) {
  const { error, id } = useField(props.name, "", props.idPrefix);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <input
        {...frameAttributes(id, error, props)}
        class="input-file"
        type="file"
        accept={props.accept}
      />
    </FieldFrame>
  );
}
