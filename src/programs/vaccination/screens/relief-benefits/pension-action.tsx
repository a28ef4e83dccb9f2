import {
  Checkbox,
  choicesOf,
  DateField,
  FieldRow,
  NumberField,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import {
  type PensionEventType,
  reliefPensionV1,
} from "#workflows/vaccination/relief/pension-machine.ts";
import { endReasons } from "../../relief-benefits/pensions.ts";
import { pensionPaths } from "./words.ts";

/** What the terms of a pension say that holds. */
export interface HoldingTerms {
  grade: number;
  homeCare: boolean;
  otherBenefits: number;
}

/** A step of a pension with what it asks for; one that is off says why. */
export function PensionAction(props: {
  pension: { id: string; revision: number };
  type: PensionEventType;
  title: string;
  reasons: readonly string[];
  grades: number;
  known: HoldingTerms | undefined;
}) {
  const { pension, type, grades, known, ...step } = props;
  const comment = reliefPensionV1.events[type].comment === "required";
  return (
    <StepForm
      {...step}
      type={type}
      action={`${pensionPaths.one(pension.id)}/${type}`}
      revision={pension.revision}
      comment={comment}
      aside
    >
      {type === "ask-change" && (
        <>
          <FieldRow>
            <TextField name="from" label="改定する月" hint="例: R6.10" required width={8} />
            {grades > 1 && (
              <SelectField
                name="grade"
                label="等級"
                required
                value={String(known?.grade ?? 1)}
                options={Array.from({ length: grades }, (_, at) => ({
                  value: String(at + 1),
                  label: `${at + 1}級`,
                }))}
              />
            )}
            <NumberField
              name="otherBenefits"
              label="調整する他の手当・年金（年額、円）"
              value={String(known?.otherBenefits ?? 0)}
            />
          </FieldRow>
          <Checkbox
            name="homeCare"
            label="在宅で介護している（介護加算）"
            checked={known?.homeCare ?? false}
          />
        </>
      )}
      {type === "ask-end" && (
        <FieldRow>
          <SelectField name="reason" label="事由" required options={choicesOf(endReasons)} />
          <DateField name="on" label="失権の日" required value="" />
        </FieldRow>
      )}
      {type === "ask-arrears" && (
        <TextField
          name="payee"
          label="受ける遺族の統合宛名番号"
          required
          inputMode="numeric"
          width={12}
        />
      )}
      {!comment && <TextArea name={`comment-${type}`} label="コメント" rows={2} />}
    </StepForm>
  );
}
