import {
  Button,
  type Choice,
  DateField,
  FieldRow,
  Form,
  NumberField,
  Panel,
  SelectField,
  TextField,
} from "../../components/index.ts";
import type { Values } from "../../values.ts";
import type { ProgramTitles } from "../staff/duty-words.tsx";
import { kindTitles } from "./titles.ts";

/** What an auditor looks for. */
export function AuditFilter(props: {
  form: Values;
  errors: Record<string, string>;
  staff: readonly Choice[];
  titles: ProgramTitles;
}) {
  const choices = (pairs: Iterable<readonly [string, string]>): Choice[] =>
    [...pairs].map(([value, label]) => ({ value, label }));
  return (
    <Panel title="絞り込み">
      <Form
        action="/audit"
        values={props.form}
        errors={props.errors}
        keys="search"
        class="form stacked"
      >
        <FieldRow>
          <SelectField name="staff" label="職員" empty="全員" options={props.staff} />
          <NumberField name="person" label="統合宛名番号" check="person-number" />
          <DateField name="from" label="いつから" />
          <DateField name="to" label="いつまで" />
        </FieldRow>
        <FieldRow>
          <SelectField
            name="kind"
            label="種別"
            empty="すべて"
            options={choices(Object.entries(kindTitles))}
          />
          <TextField name="action" label="操作の記号" width={20} />
          <SelectField name="program" label="事務" empty="すべて" options={choices(props.titles)} />
          <div class="row-button">
            <Button>絞り込む</Button>
          </div>
        </FieldRow>
      </Form>
    </Panel>
  );
}
