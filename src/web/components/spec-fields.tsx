import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { rowField, rowsName } from "#workflows/rules/entered.ts";
import { type Field, type Fields, isOptional } from "#workflows/rules/rule.ts";
import { CheckboxGroup, choicesOf, RadioGroup, SelectField } from "./choices.tsx";
import { FormContext, useMistake } from "./context.ts";
import { DateField, NumberField, TextField } from "./fields.tsx";

/** The name under which a button asks for a row more or less (`withRows`). */
export const ROWS_BUTTON = "do";

/** The entry fields of fields that are written down as data (a rule's, a parameter's), groups and lists of rows included. */
export function SpecFields({ fields, prefix = "" }: { fields: Fields; prefix?: string }) {
  return (
    <>
      {Object.entries(fields).map(([name, field]) => (
        <SpecField key={name} name={`${prefix}${name}`} field={field} />
      ))}
    </>
  );
}

function SpecField({ name, field }: { name: string; field: Field }) {
  const shared = { name, label: field.label, required: !isOptional(field), hint: field.hint };
  switch (field.kind) {
    case "date":
      return <DateField {...shared} />;
    case "number":
      return <NumberField {...shared} />;
    case "flag":
      return (
        <RadioGroup
          {...shared}
          options={[
            { value: "true", label: "はい" },
            { value: "false", label: "いいえ" },
          ]}
        />
      );
    case "choice": {
      const options = choicesOf(field.choices ?? {});
      return options.length <= 3 && shared.required ? (
        <RadioGroup {...shared} options={options} />
      ) : (
        <SelectField {...shared} empty="選択してください" options={options} />
      );
    }
    case "choices":
      return <CheckboxGroup {...shared} options={choicesOf(field.choices ?? {})} />;
    case "group":
      return <SpecGroup name={name} field={field} />;
    case "list":
      return <SpecList name={name} field={field} />;
    default:
      return <TextField {...shared} width={20} hint={field.hint ?? exampleOf(field)} />;
  }
}

const exampleOf = ({ example }: Field) => (example === "" ? undefined : `例: ${example}`);

/** What is wrong with a group or a list as a whole, and how it is filled in. */
function Told({ name, hint }: { name: string; hint?: string | undefined }) {
  const { error, id } = useMistake({ name });
  return (
    <>
      {error && (
        <p class="field-error" id={id} tabIndex={-1}>
          {error}
        </p>
      )}
      {hint && <p class="field-hint">{hint}</p>}
    </>
  );
}

function SpecGroup({ name, field }: { name: string; field: Field }) {
  return (
    <fieldset class="spec-group">
      <legend>{field.label}</legend>
      <Told name={name} hint={field.hint} />
      <SpecFields fields={field.fields ?? {}} prefix={`${name}.`} />
    </fieldset>
  );
}

/** Rows of a list, each with a button that takes it away, and one that adds a row; both work without JavaScript. */
function SpecList({ name, field }: { name: string; field: Field }) {
  const { values } = useContext(FormContext);
  const rows = Number(values?.text(rowsName(name)) ?? 0) || 0;
  return (
    <fieldset class="spec-group spec-list" id={`list-${name}`}>
      <legend>{field.label}</legend>
      <Told name={name} hint={field.hint} />
      <input type="hidden" name={rowsName(name)} value={String(rows)} />
      {Array.from({ length: rows }, (_, row) => (
        <SpecRow key={row} list={name} field={field} row={row} />
      ))}
      {rows === 0 && <p class="field-hint">まだありません。</p>}
      <RowsButton list={name} value={`add ${name}`}>
        {field.label}を{rows === 0 ? "入力する" : "もう1件追加する"}
      </RowsButton>
    </fieldset>
  );
}

function SpecRow({ list, field, row }: { list: string; field: Field; row: number }) {
  const name = `${list}.${row}`;
  return (
    <fieldset class="spec-row">
      <legend>
        {field.label} {row + 1}件目
      </legend>
      {!field.item && <Told name={name} />}
      {field.item ? (
        <SpecField name={name} field={rowField(field)} />
      ) : (
        <SpecFields fields={field.fields ?? {}} prefix={`${name}.`} />
      )}
      <RowsButton list={list} value={`remove ${name}`}>
        {field.label} {row + 1}件目を削除する
      </RowsButton>
    </fieldset>
  );
}

/** The answer is the same page with the list in view. */
const RowsButton = (props: { list: string; value: string; children: ComponentChildren }) => (
  <button
    type="submit"
    class="button button-quiet"
    name={ROWS_BUTTON}
    value={props.value}
    formAction={`#list-${props.list}`}
  >
    {props.children}
  </button>
);

/**
 * Stands first in a form that has buttons for rows: Enter without a script presses the first button of a form, and that must
 * be the one that sends it.
 */
export const FirstButton = ({ children }: { children: ComponentChildren }) => (
  <button type="submit" class="visually-hidden" tabIndex={-1}>
    {children}
  </button>
);
