import { reasonTitles } from "#src/platform/reasons.ts";
import {
  Button,
  type Choice,
  DateField,
  FieldRow,
  Form,
  NumberField,
  Panel,
  SelectField,
} from "../../components/index.ts";
import type { Values } from "../../values.ts";
import type { ProgramTitles } from "../staff/duty-words.tsx";
import { kindTitles } from "./titles.ts";
import type { AuditWords } from "./words/index.ts";

/** What an auditor looks for. */
export function AuditFilter(props: {
  form: Values;
  errors: Record<string, string>;
  staff: readonly Choice[];
  titles: ProgramTitles;
  words: AuditWords;
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
          <SelectField
            name="action"
            label="操作"
            empty="すべて"
            options={choices(
              [...props.words].map(
                ([action, words]) => [action, words.replace("{items}", "記録")] as const,
              ),
            )}
          />
          <SelectField
            name="why"
            label="理由"
            empty="すべて"
            options={choices(Object.entries(reasonTitles))}
          />
          <SelectField name="program" label="事務" empty="すべて" options={choices(props.titles)} />
          <div class="row-button">
            <Button>絞り込む</Button>
          </div>
        </FieldRow>
      </Form>
    </Panel>
  );
}
