import type { FlowAction } from "#src/platform/flow.ts";
import {
  answerReasonTitles,
  answerTitles,
  entryNumber,
  type HighCostClaimLine,
  type HighCostClaimRow,
  type HighCostEntry,
  returnReasonTitles,
} from "#src/platform/high-cost/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  AskedBy,
  choicesOf,
  DateField,
  FieldRow,
  NumberField,
  SelectField,
  TextField,
} from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { StepForm } from "../payments/parts.tsx";
import type { HighCosts } from "./set.ts";

/** The steps of a claim, each with its fields. */
export function ClaimSteps(props: {
  of: HighCosts;
  claim: HighCostClaimRow;
  actions: readonly FlowAction[];
  lines: readonly { line: HighCostClaimLine; entry: HighCostEntry }[];
  figures: { lines: number; asked: number; granted: number; received: number };
  today: IsoDate;
}) {
  const { of, claim, actions, figures, today } = props;
  const open = props.lines.filter(({ line }) => line.result === null);
  const shown = actions.filter(
    ({ type }) => type !== "takeOut" && (type !== "answer" || open.length > 0),
  );
  if (shown.length === 0) return <p>ここで行う操作はありません。</p>;
  return (
    <>
      {shown.map(({ type, title, reasons }) => (
        <StepForm
          key={type}
          action={`${of.paths.claim(claim.id)}/${type}`}
          revision={claim.revision}
          type={type}
          title={title}
          reasons={reasons}
          aside={type === "cancel" || type === "return"}
          confirm={
            type === "approve"
              ? `${figures.lines.toLocaleString("ja-JP")}件 ${yen(figures.asked)}の請求を承認します。よろしいですか。`
              : undefined
          }
        >
          {type === "return" && (
            <SelectField
              name="reason"
              label="差し戻す理由"
              required
              empty="選んでください"
              options={choicesOf(returnReasonTitles)}
            />
          )}
          {type === "send" && (
            <DateField name="sentOn" label="送付した日" required value={showDateShort(today)} />
          )}
          {type === "answer" && <Answer open={open} today={today} />}
          {type === "receive" && (
            <>
              <FieldRow>
                <NumberField
                  name="amount"
                  label="入金の額（円）"
                  required
                  value={
                    figures.granted > figures.received
                      ? String(figures.granted - figures.received)
                      : undefined
                  }
                  hint="訂正は、負の数で入力します。"
                />
                <DateField
                  name="receivedOn"
                  label="入金の日"
                  required
                  value={showDateShort(today)}
                />
              </FieldRow>
              <TextField name="reference" label="収納の番号" required width={20} />
            </>
          )}
        </StepForm>
      ))}
    </>
  );
}

const Answer = ({
  open,
  today,
}: {
  open: readonly { line: HighCostClaimLine; entry: HighCostEntry }[];
  today: IsoDate;
}) => (
  <>
    <FieldRow>
      <SelectField
        name="entry"
        label="明細の番号"
        required
        options={open.map(({ line, entry }) => ({
          value: entry.id,
          label: `${entryNumber(entry)}　${yen(line.amount)}`,
        }))}
        value={open[0]?.entry.id ?? ""}
      />
      <SelectField
        name="answer"
        label="回答"
        required
        value="paid"
        options={choicesOf(answerTitles)}
      />
    </FieldRow>
    <DateField name="answeredOn" label="回答の日" required value={showDateShort(today)} />
    <AskedBy name="answer" values={["differs"]}>
      <NumberField name="granted" label="支給された額（円）" />
    </AskedBy>
    <AskedBy name="answer" values={["differs", "refused", "sent-back"]}>
      <SelectField
        name="reason"
        label="理由"
        empty="選んでください"
        options={choicesOf(answerReasonTitles)}
      />
    </AskedBy>
  </>
);
