import type { AnswerView, Judged } from "#src/platform/renewals/index.ts";
import { deductionLabels } from "#workflows/taxes/income.ts";
import { useSent } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  Disclosure,
  FieldRow,
  Form,
  NumberField,
  RadioGroup,
} from "../components/index.ts";
import type { Renewals } from "./set.ts";

const amounts = {
  salary: "給与所得",
  pension: "公的年金等の所得",
  business: "事業所得",
  other: "その他の所得",
} as const;
export const incomeFields = Object.keys(amounts) as (keyof typeof amounts)[];
const counts = {
  dependants: "扶養親族等の数",
  elderlyDependants: "うち70歳以上",
  studentDependants: "うち16歳から22歳",
} as const;
export const dependantFields = Object.keys(counts) as (keyof typeof counts)[];
export const deductionFields = Object.keys(deductionLabels) as (keyof typeof deductionLabels)[];

const open = ["awaiting", "received", "exception", "incomplete"];

/** Keys an income from a paper, where the tax office knows none or another; and the confirmation by somebody else. */
export function IncomeForm(props: {
  of: Renewals;
  view: AnswerView;
  judged: Judged<unknown>;
  may: boolean;
  actorId: number;
}) {
  const { of, view, judged, may, actorId } = props;
  const { answer, season, incomes } = view;
  const { values, errors, sent } = useSent("income");
  if (
    !may ||
    season.incomeYear === null ||
    season.state !== "open" ||
    !open.includes(answer.state) ||
    judged.incomes.length === 0
  )
    return null;
  const newest = new Map(incomes.map((row) => [row.personNumber, row]));
  const waiting = [...newest.values()].filter(
    ({ source, confirmedBy }) => source === "keyed" && confirmedBy === null,
  );
  const mine = waiting.every(({ recordedBy }) => recordedBy === actorId);
  return (
    <>
      {waiting.length > 0 &&
        (mine ? (
          <p class="note">入力した所得は、別の職員が確認します。</p>
        ) : (
          <Form
            action={`${of.paths.answer(answer.id)}/confirm-incomes`}
            class="inline-form"
            keys="search"
          >
            <input type="hidden" name="newest" value={incomes.at(-1)?.id} />
            <Button>入力された所得を確認した</Button>
          </Form>
        ))}
      <Disclosure title="所得を入力する" open={sent}>
        <Form
          action={`${of.paths.answer(answer.id)}/income`}
          class="form stacked"
          values={values}
          errors={errors}
        >
          <input type="hidden" name="revision" value={answer.revision} />
          <RadioGroup
            name="person"
            label="だれの所得か"
            required
            value={judged.incomes.length === 1 ? "0" : undefined}
            options={judged.incomes.map(({ name }, at) => ({
              value: String(at),
              label: name || `${at + 1}人目`,
            }))}
          />
          <FieldRow>
            {incomeFields.map((name) => (
              <NumberField
                key={name}
                name={name}
                label={`${amounts[name]}（円）`}
                width={12}
                value="0"
              />
            ))}
          </FieldRow>
          <FieldRow>
            {dependantFields.map((name) => (
              <NumberField key={name} name={name} label={counts[name]} width={4} value="0" />
            ))}
          </FieldRow>
          <FieldRow>
            {deductionFields.map((name) => (
              <NumberField
                key={name}
                name={`deduction-${name}`}
                label={`${deductionLabels[name]}（円）`}
                width={8}
                value="0"
              />
            ))}
          </FieldRow>
          <Actions>
            <Button look="secondary">入力する</Button>
          </Actions>
        </Form>
      </Disclosure>
    </>
  );
}
