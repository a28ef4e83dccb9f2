import { type Field, isOptional } from "#workflows/rules/rule.ts";
import {
  DateField,
  NumberField,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "../../components/index.ts";

/** A value of an example as it would be typed. */
export const shownValue = (value: unknown): string =>
  typeof value === "object" ? JSON.stringify(value, null, 1) : String(value);

/** The entry field of a rule's field, by its kind. */
export function RuleField({ name, field }: { name: string; field: Field }) {
  const shared = {
    name,
    label: field.label,
    required: !isOptional(field),
    hint: field.hint,
  };
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
      const options = Object.entries(field.choices ?? {}).map(([value, label]) => ({
        value,
        label,
      }));
      return options.length <= 3 ? (
        <RadioGroup {...shared} options={options} />
      ) : (
        <SelectField {...shared} empty="選択してください" options={options} />
      );
    }
    case "json":
      return (
        <TextArea {...shared} rows={5} hint={field.hint ?? "「例」を選ぶと、書き方が入ります。"} />
      );
    default:
      return <TextField {...shared} width={20} hint={field.hint ?? `例: ${field.example}`} />;
  }
}
