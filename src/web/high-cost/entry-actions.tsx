import type { FlowAction } from "#src/platform/flow.ts";
import { dropReasonTitles, type HighCostEntry } from "#src/platform/high-cost/index.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  choicesOf,
  DateField,
  FieldRow,
  NumberField,
  ReasonField,
  SelectField,
} from "../components/index.ts";
import { StepForm } from "../payments/parts.tsx";
import type { HighCosts } from "./set.ts";

const aside: readonly string[] = ["askDrop", "tellPersonPaid", "undoAnswer", "keep"];
const confirms: Readonly<Record<string, (row: HighCostEntry) => string>> = {
  accept: (row) => `請求した額と異なる${yen(row.granted)}の支給を認めます。よろしいですか。`,
  passOn: (row) =>
    `本人が払った分にあたる${yen(Math.min(row.ofPerson, row.granted - row.ofCity))}を本人に支払います。よろしいですか。`,
  drop: () => "保険者に請求しないことにします。元に戻せません。よろしいですか。",
};

/** The steps that may be taken with an entry, each with its fields. */
export function EntrySteps(props: {
  of: HighCosts;
  row: HighCostEntry;
  actions: readonly FlowAction[];
  people: readonly string[];
  nameOf: (person: string) => string;
}) {
  const { of, row, actions } = props;
  // What is off only because nobody asked for it is no news.
  const shown = actions.filter(
    ({ type, reasons }) => reasons.length === 0 || !quietWhenOff.includes(type),
  );
  if (shown.length === 0) return <p>ここで行う操作はありません。</p>;
  return (
    <>
      {shown.map(({ type, title, reasons }) => (
        <StepForm
          key={type}
          action={`${of.paths.entry(row.id)}/${type}`}
          revision={row.revision}
          type={type}
          title={title}
          reasons={reasons}
          aside={aside.includes(type)}
          confirm={confirms[type]?.(row)}
        >
          {type === "askDrop" && (
            <SelectField
              name="reason"
              label="理由"
              required
              empty="選んでください"
              options={choicesOf(dropReasonTitles)}
            />
          )}
          {type === "askBack" && (
            <>
              <SelectField
                name="person"
                label="返す人"
                required
                options={props.people.map((_, at) => ({
                  value: String(at),
                  label: props.nameOf(props.people[at] ?? ""),
                }))}
                value={String(Math.max(0, props.people.indexOf(row.household)))}
              />
              <FieldRow>
                <NumberField
                  name="amount"
                  label="返還を求める額（円）"
                  required
                  value={String(row.ofCity - row.granted)}
                />
                <DateField name="dueOn" label="納期限" required />
              </FieldRow>
              <ReasonField name="comment-askBack" label="理由" required rows={2} />
            </>
          )}
        </StepForm>
      ))}
    </>
  );
}

const quietWhenOff: readonly string[] = [
  "drop",
  "keep",
  "askDrop",
  "claimRest",
  "passOn",
  "undoAnswer",
  "proposeAnew",
];
