import { useContext } from "preact/hooks";
import { FormContext, useField, useMistake, useShown } from "./context.ts";
import { FieldFrame, type FieldProps, frameAttributes } from "./field-frame.tsx";

/** One of several; an option that is off says why. */
export interface Choice {
  value: string;
  label: string;
  /** Set when it cannot be chosen now. */
  offBecause?: string;
  /** A heading of a drop-down list over the options that follow each other under it. */
  group?: string;
}

/** Codes and their titles as options. */
export const choicesOf = (titles: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(titles).map(([value, label]) => ({ value, label }));

/** The title of a value, as the person reads it. */
const titleIn =
  (options: readonly Choice[], empty = "") =>
  (value: string): string =>
    options.find((option) => option.value === value)?.label ?? empty;

/** A drop-down list. */
export function SelectField(props: FieldProps & { options: readonly Choice[]; empty?: string }) {
  const { value, error, id } = useField(props, titleIn(props.options, props.empty));
  return (
    <FieldFrame {...props} id={id} error={error}>
      <select {...frameAttributes(id, error, props)} class="input select">
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        {grouped(props.options).map(([group, options]) =>
          group === undefined ? (
            <Options options={options} value={value} />
          ) : (
            <optgroup key={group} label={group}>
              <Options options={options} value={value} />
            </optgroup>
          ),
        )}
      </select>
    </FieldFrame>
  );
}

/** Options in the order given, those of one group together. */
function grouped(options: readonly Choice[]): [string | undefined, Choice[]][] {
  const groups: [string | undefined, Choice[]][] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last[0] === option.group) last[1].push(option);
    else groups.push([option.group, [option]]);
  }
  return groups;
}

function Options({ options, value }: { options: readonly Choice[]; value: string }) {
  return (
    <>
      {options.map((option) => (
        <option
          key={option.value}
          value={option.value}
          selected={option.value === value}
          disabled={option.offBecause !== undefined}
        >
          {option.offBecause ? `${option.label}（${option.offBecause}）` : option.label}
        </option>
      ))}
    </>
  );
}

/** One of a few, all seen at once. */
export function RadioGroup(props: FieldProps & { options: readonly Choice[] }) {
  const { value, error, id } = useField(props, titleIn(props.options));
  return (
    <ChoiceSet {...props} id={id} error={error}>
      {props.options.map((option, index) => (
        <label class="choice" key={option.value}>
          <input
            type="radio"
            id={index === 0 ? id : `${id}-${option.value}`}
            name={props.name}
            value={option.value}
            checked={option.value === value}
            data-autofocus={props.autofocus && index === 0 ? "" : undefined}
            disabled={props.disabled || option.offBecause !== undefined}
          />
          <span>
            {option.label}
            {option.offBecause && <span class="off-reason">（{option.offBecause}）</span>}
          </span>
        </label>
      ))}
    </ChoiceSet>
  );
}

interface CheckboxGroupProps extends Omit<FieldProps, "value"> {
  options: readonly Choice[];
  /** The values set at first. */
  values?: readonly string[];
}

/** Any of several; the handler reads them with `form.all(name)`. */
export function CheckboxGroup(props: CheckboxGroupProps) {
  const { error, id } = useMistake(props);
  const { values: sent } = useContext(FormContext);
  useShown(props, props.values ?? [], { words: titleIn(props.options), box: true });
  const chosen = sent ? sent.all(props.name) : (props.values ?? []);
  return (
    <ChoiceSet {...props} id={id} error={error}>
      {props.options.map((option, index) => (
        <label class="choice" key={option.value}>
          <input
            type="checkbox"
            id={index === 0 ? id : `${id}-${option.value}`}
            name={props.name}
            value={option.value}
            checked={chosen.includes(option.value)}
            disabled={props.disabled || option.offBecause !== undefined}
          />
          <span>
            {option.label}
            {option.offBecause && <span class="off-reason">（{option.offBecause}）</span>}
          </span>
        </label>
      ))}
    </ChoiceSet>
  );
}

/** The box with which a row of a table is chosen; `label` says which row to those who do not see it. */
export function RowChoice(props: { name: string; value: string; label: string }) {
  const { values } = useContext(FormContext);
  return (
    <input
      type="checkbox"
      class="row-choice"
      name={props.name}
      value={props.value}
      aria-label={props.label}
      checked={values?.all(props.name).includes(props.value) ?? false}
    />
  );
}

interface CheckboxProps extends Omit<FieldProps, "value"> {
  checked?: boolean;
}

/** One box to tick; the handler reads it with `form.has(name)`. */
export function Checkbox(props: CheckboxProps) {
  const { error, id } = useMistake(props);
  const { values } = useContext(FormContext);
  useShown(props, props.checked ? ["yes"] : [], { words: () => "はい", box: true });
  return (
    <div class={error ? "field field-single field-wrong" : "field field-single"}>
      <label class="choice">
        <input
          {...frameAttributes(id, error, props)}
          type="checkbox"
          value="yes"
          checked={values ? values.has(props.name) : (props.checked ?? false)}
        />
        <span>
          {props.label}
          {props.required && <span class="mark-required">必須</span>}
        </span>
      </label>
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {props.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  );
}

type ChoiceSetProps = Pick<FieldProps, "label" | "required" | "hint" | "source"> & {
  id: string;
  error: string | undefined;
  children: preact.ComponentChildren;
};

function ChoiceSet({ id, label, required, hint, source, error, children }: ChoiceSetProps) {
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <fieldset
      class={error ? "field field-wrong" : "field"}
      aria-describedby={described || undefined}
    >
      <legend class="field-label">
        {label}
        {required && <span class="mark-required">必須</span>}
        {source && <span class="mark-source">{source}</span>}
      </legend>
      <div class="field-body">
        <div class="choices">{children}</div>
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
      </div>
    </fieldset>
  );
}
