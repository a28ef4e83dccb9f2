import { type Right, rightTitles } from "#src/platform/access/index.ts";
import type { FlowAction } from "#src/platform/flow.ts";
import {
  answerLayouts,
  type PaymentRun,
  paymentRunStateMeta,
} from "#src/platform/payments/index.ts";
import { type PaymentRunEvent, paymentRunV1 } from "#workflows/payments/run.ts";
import { yen } from "#workflows/text/yen.ts";
import { useSent } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  Checkbox,
  FileField,
  Form,
  Panel,
  RadioGroup,
  SelectField,
  TextField,
} from "../components/index.ts";
import { StepForm } from "./parts.tsx";
import type { Payments } from "./set.ts";

const aside: readonly string[] = ["return", "cancel", "ask-withdrawal", "refuse-withdrawal"];
const questions: Readonly<Record<string, string>> = {
  cancel: "この支払の回を取り消します。支払は、次の回で集め直せます。よろしいですか。",
  withdraw: "振込データを取り下げて消去します。元に戻せません。よろしいですか。",
  "hand-over": "引渡しを授受簿に記載します。記載は消せません。よろしいですか。",
};

/** What may be done next with a run. */
export function RunSteps(props: {
  of: Payments;
  run: PaymentRun;
  actions: readonly FlowAction[];
  live: { count: number; sum: number };
  /** Lines of which the bank has not answered. */
  unanswered: number;
}) {
  const { of, run, actions, live } = props;
  const { waits } = paymentRunStateMeta(run.state);
  const goesOn = actions.some(({ type }) => !aside.includes(type));
  if (actions.length === 0 && !waits) return null;
  return (
    <Panel title="次の操作">
      {waits && !goesOn && (
        <p>
          「{waits.title}」を待っています。「{rightTitles[waits.right as Right]}
          」権限のある職員が行います。
        </p>
      )}
      {run.state === "handed-over" && goesOn && props.unanswered > 0 && (
        <Answers of={of} run={run} />
      )}
      {actions.map(({ type, title, reasons }) => (
        <StepForm
          key={type}
          action={`${of.paths.run(run.id)}/steps/${type}`}
          revision={run.revision}
          type={type}
          title={title}
          reasons={reasons}
          aside={aside.includes(type)}
          confirm={
            type === "approve"
              ? `${live.count.toLocaleString("ja-JP")}件、${yen(live.sum)}の支払を承認します。よろしいですか。`
              : questions[type]
          }
          comment={paymentRunV1.events[type as PaymentRunEvent].comment === "required"}
        >
          {type === "approve" && (
            <p>
              承認すると、{live.count.toLocaleString("ja-JP")}件、{yen(live.sum)}
              を振込データにできます。件数と額は、その後変えられません。
            </p>
          )}
          {type === "hand-over" && <HandOver />}
        </StepForm>
      ))}
    </Panel>
  );
}

const HandOver = () => (
  <>
    <p>取り出した振込データを渡したら、授受簿に記載します。</p>
    <TextField name="receiver" label="渡した先（銀行・会計課）" required />
    <TextField name="receivedBy" label="受け取った人" required width={20} />
    <RadioGroup
      name="manner"
      label="渡し方"
      required
      value="transfer"
      options={[
        { value: "transfer", label: "ファイル転送" },
        { value: "medium", label: "媒体" },
      ]}
    />
  </>
);

/** Reading back what the bank answered. */
function Answers({ of, run }: { of: Payments; run: PaymentRun }) {
  const { values, errors } = useSent("answers");
  return (
    <Form
      action={`${of.paths.run(run.id)}/answers`}
      class="form stacked"
      files
      values={values}
      errors={errors}
    >
      <input type="hidden" name="revision" value={run.revision} />
      <FileField
        name="file"
        label="振込の結果一覧（CSV）"
        required
        accept=".csv,text/csv"
        hint="見出しは「支払番号,支払額,結果,理由」、結果は「振込済」か「不能」です。"
      />
      {answerLayouts.length > 1 && (
        <SelectField
          name="layout"
          label="形式"
          options={answerLayouts.map(({ id, title }) => ({ value: id, label: title }))}
        />
      )}
      <Checkbox
        name="restPaid"
        label="一覧にない支払は、すべて振込済とする（銀行が不能だけを知らせるとき）"
      />
      <Actions>
        <Button>結果を取り込む</Button>
      </Actions>
    </Form>
  );
}
