import { useContext } from "preact/hooks";
import type { PhraseUse } from "#src/platform/phrases/index.ts";
import type { DateBound, DateBounds } from "#workflows/dates/bounds.ts";
import { longestReason } from "#workflows/text/reason.ts";
import { FormContext, useField, useMistake } from "./context.ts";
import { FieldFrame, type FieldProps, frameAttributes } from "./field-frame.tsx";

interface TextProps extends FieldProps {
  type?: "text" | "password" | "tel" | "email" | "search";
  inputMode?: "text" | "numeric" | "tel" | "email";
  autocomplete?: "username" | "current-password" | "new-password" | "one-time-code" | "off";
  /** Stands on a paper: characters that cannot be printed are told as they are typed. */
  printed?: boolean;
}

/** Characters that a field takes at most; what is pasted beyond is told by the script. */
const longest = { line: 200, number: 40, text: 2000 } as const;

/** One line of text. */
export function TextField(props: TextProps) {
  const { value, error, id } = useField(props);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <input
        {...frameAttributes(id, error, props)}
        class={`input width-${props.width ?? 30}`}
        type={(props.type ?? "text") as "text"}
        inputMode={props.inputMode}
        autocomplete={props.autocomplete ?? "off"}
        maxLength={longest.line}
        data-echo={props.printed ? "characters" : undefined}
        value={props.type === "password" ? undefined : value}
      />
      {props.printed && <output class="echo echo-below" for={id} />}
    </FieldFrame>
  );
}

/**
 * Why somebody does something, in their own words; told as they leave the field where it is none (`reasonFault`). On one line
 * unless it has `rows`.
 */
export function ReasonField({
  rows,
  phrases,
  ...props
}: FieldProps & { rows?: number; phrases?: PhraseUse | undefined }) {
  const { value, error, id } = useField(props);
  const shared = {
    ...frameAttributes(id, error, props),
    maxLength: longestReason,
    "data-echo": "reason",
    "data-what": props.label,
  };
  return (
    <FieldFrame
      {...props}
      id={id}
      error={error}
      below={phrases && <PhraseButton use={phrases} of={id} />}
    >
      {rows ? (
        <textarea {...shared} class="input" rows={rows}>
          {value}
        </textarea>
      ) : (
        <input {...shared} class={`input width-${props.width ?? 40}`} value={value} />
      )}
      <output class="echo echo-below" for={id} />
    </FieldFrame>
  );
}

/** A name reading; folded to full-width katakana as it is typed, whatever its width. */
export function KanaField(props: FieldProps) {
  const { value, error, id } = useField(props);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <input
        {...frameAttributes(id, error, props)}
        class={`input width-${props.width ?? 30}`}
        data-fold="kana"
        maxLength={longest.line}
        value={value}
      />
    </FieldFrame>
  );
}

interface DateProps extends FieldProps, DateBounds {
  birth?: boolean;
  /** 受付日 of an application for the person and the 事務 that stand in the form: judged by the rule of the 事務. */
  opening?: boolean;
}

/**
 * A date in any usual way of writing (`R8.11.20`, `r81120`, `20261120`, `令和8年11月20日`), echoed as
 * 和暦 and western, with the age where it is a birth date, or told what day it may not be. The handler reads it with `readDate`.
 */
export function DateField({ birth, opening, notBefore, notAfter, ...props }: DateProps) {
  const bound = (given: DateBound | undefined) => given && `${given.on} ${given.word}`;
  return (
    <EchoedField
      {...props}
      width={props.width ?? 12}
      echo={opening ? "received-on" : birth ? "birth" : "date"}
      along={{
        "data-not-before": bound(notBefore),
        "data-not-after": bound(notAfter),
        "data-along": opening ? "person program" : undefined,
      }}
    />
  );
}

/**
 * A number with a check digit; says at once whether it is right. What it tells of other fields is filled in there where they
 * are empty: of an insurer `name` and `kind`.
 */
export function NumberField(
  props: FieldProps & { check?: "person-number" | "insurer" | "bank" | "piece"; fills?: Fills },
) {
  if (props.check) return <EchoedField {...props} width={props.width ?? 12} echo={props.check} />;
  return <TextField {...props} width={props.width ?? 12} inputMode="numeric" />;
}

/** A postal code; fills the field named `address` with prefecture, city and town. */
export function PostalCodeField(props: FieldProps & { address: string }) {
  const fills = { address: props.address };
  return <EchoedField {...props} width={8} echo="postal-code" fills={fills} />;
}

/** Fields that are filled in by what another one tells: by what it tells, the name of the field. */
type Fills = Readonly<Record<string, string>>;

interface EchoedProps extends FieldProps {
  echo: string;
  fills?: Fills;
  /** What the program is told beside the field. */
  along?: Readonly<Record<`data-${string}`, string | undefined>>;
}

function EchoedField(props: EchoedProps) {
  const { value, error, id } = useField(props);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <span class="echoed">
        <input
          {...frameAttributes(id, error, props)}
          class={`input width-${props.width ?? 12}`}
          inputMode={props.along ? "text" : "numeric"}
          data-echo={props.echo}
          data-fills={props.fills && JSON.stringify(props.fills)}
          {...props.along}
          maxLength={longest.number}
          value={value}
        />
        <output class="echo" for={id} />
      </span>
    </FieldFrame>
  );
}

/** A number of something that a 事務 keeps; its route `asks` says whose it is, as the checks under `/entry` do. */
export const NamedField = ({ asks, ...props }: FieldProps & { asks: `/${string}` }) => (
  <EchoedField {...props} echo="named" along={{ "data-echo-at": asks }} />
);

/** Several lines of text; with `phrases` the sentences of the office for such a field can be put in (定型文). */
export function TextArea(
  props: FieldProps & { rows?: number; maxLength?: number; phrases?: PhraseUse | undefined },
) {
  const { value: trimmed, error, id } = useField(props);
  const { values } = useContext(FormContext);
  const value = values?.has(props.name) ? values.whole(props.name) : trimmed;
  return (
    <FieldFrame
      {...props}
      id={id}
      error={error}
      below={props.phrases && <PhraseButton use={props.phrases} of={id} />}
    >
      <textarea
        {...frameAttributes(id, error, props)}
        class="input"
        rows={props.rows ?? 3}
        maxLength={props.maxLength ?? longest.text}
      >
        {value}
      </textarea>
    </FieldFrame>
  );
}

const PhraseButton = (props: { use: PhraseUse; of: string }) => (
  <button
    type="button"
    class="button button-quiet phrase-button"
    data-phrases={props.use}
    data-for={props.of}
  >
    定型文<kbd>Alt+T</kbd>
  </button>
);

/** A colour such as `#dbedf7`, chosen with the browser's own field. */
export function ColourField(props: FieldProps) {
  const { value, error, id } = useField(props);
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
  const { error, id } = useMistake(props);
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
