import type { ComponentChildren } from "preact";
import { type Right, rightTitles } from "#src/platform/access/index.ts";
import type { RunDetails } from "#src/platform/mailings/index.ts";
import { paperMark } from "#src/platform/printing/index.ts";
import {
  Actions,
  Button,
  DateField,
  DisabledAction,
  Disclosure,
  Form,
  Panel,
  RadioGroup,
  ReasonField,
  TextField,
} from "#src/web/components/index.ts";
import { type PersonsStep, runStateMeta } from "#workflows/mailings/machine.ts";
import { useSent } from "../cases/sent.tsx";
import { figure } from "./parts.tsx";
import type { MailingPaths } from "./set.ts";

interface StepProps {
  paths: MailingPaths;
  details: RunDetails;
}

interface Action {
  type: PersonsStep;
  title: string;
  reasons: readonly string[];
}

/** What may be done next, each with its fields; a step that is off says why. Others are told for whom it waits. */
export function RunActions(props: StepProps & { actions: readonly Action[] }) {
  const { actions, ...rest } = props;
  const { waits } = runStateMeta(props.details.run.state);
  const mayGoOn = actions.some(({ type }) => !aside.includes(type));
  if (actions.length === 0 && !waits) return null;
  return (
    <Panel title="次の操作">
      {waits && !mayGoOn && (
        <p>
          「{waits.title}」を待っています。「{rightTitles[waits.right as Right]}」権限のある
          {waits.byAnother && `、${waits.byAnother}していない`}職員が行います。
        </p>
      )}
      {actions.map((action) => (
        <Step key={action.type} {...rest} action={action} />
      ))}
    </Panel>
  );
}

/** Steps that go back or end the run: they stand folded below the next one. */
const aside: readonly PersonsStep[] = [
  "extract",
  "return",
  "cancel",
  "ask-withdrawal",
  "refuse-withdrawal",
  "retract-withdrawal",
];
/** Steps that take the run or its package out of the way for good. */
const graveQuestions = {
  cancel: "この一括発送を取り消します。元に戻せません。よろしいですか。",
  "ask-withdrawal": "発送データの取下げの承認を求めます。よろしいですか。",
  withdraw: "発送データを取り下げ、番号を無効にします。元に戻せません。よろしいですか。",
} as const satisfies Partial<Record<PersonsStep, string>>;
const isGrave = (type: PersonsStep): type is keyof typeof graveQuestions => type in graveQuestions;

function Step({ paths, details, action }: StepProps & { action: Action }) {
  const { run, paper } = details;
  const { type, title, reasons } = action;
  if (reasons.length > 0)
    return (
      <Actions>
        <DisabledAction reasons={[...reasons]}>{title}</DisabledAction>
      </Actions>
    );
  const { values, errors, sent } = useSent(type);
  const form = (
    <Form
      action={`${paths.run(run.id)}/steps/${type}`}
      class="form stacked"
      values={values}
      errors={errors}
    >
      <input type="hidden" name="revision" value={run.revision} />
      {type === "approve" && paper && <input type="hidden" name="paper" value={paperMark(paper)} />}
      {fields[type]?.(details)}
      <Actions>
        <Button {...weightOf(type)}>{title}</Button>
      </Actions>
    </Form>
  );
  if (!aside.includes(type)) return form;
  return (
    <Disclosure title={title} open={sent}>
      {form}
    </Disclosure>
  );
}

const questions: Partial<Record<PersonsStep, string>> = {
  approve: "承認します。番号が付き、発送データの作成が始まります。よろしいですか。",
  "hand-over": "引き渡しを授受簿に記載します。記載は消せません。よろしいですか。",
  receive: "受領を授受簿に記載します。記載は消せません。よろしいですか。",
  close: "返却・消去報告を授受簿に記載します。記載は消せません。よろしいですか。",
};

/** What can't be undone asks first. */
function weightOf(type: PersonsStep) {
  if (isGrave(type)) return { look: "danger", confirm: graveQuestions[type] } as const;
  const look = aside.includes(type) ? ("secondary" as const) : ("primary" as const);
  return { look, confirm: questions[type] };
}

const comment = (type: PersonsStep) => () => (
  <ReasonField
    name={`comment-${type}`}
    label="理由"
    required
    rows={2}
    phrases={type === "return" ? "remand" : "refusal"}
  />
);

/** What a step asks for, or says beforehand. */
const fields: Partial<Record<PersonsStep, (details: RunDetails) => ComponentChildren>> = {
  submit: whatWillHappen,
  approve: whatWillHappen,
  return: comment("return"),
  cancel: comment("cancel"),
  "ask-withdrawal": (details) => (
    <>
      <p>
        取下げが承認されると、この発送データの{figure(details.counts.made)}
        通は無効になり、番号は使えません。対象者は次の回で再び対象になります。
        取り出した発送データがあれば、手元からも消してください。
      </p>
      {comment("ask-withdrawal")()}
    </>
  ),
  withdraw: ({ counts, contractor }) => (
    <p>
      承認すると、{figure(counts.made)}
      通の番号を無効にし、発送データを消去します。{contractor.name}
      には渡しません。元に戻せません。
    </p>
  ),
  "refuse-withdrawal": comment("refuse-withdrawal"),
  "hand-over": ({ contractor }) => (
    <>
      <p>「取り出す」で受け取った発送データを{contractor.name}に渡したら、授受簿に記載します。</p>
      <RadioGroup
        name="manner"
        label="渡し方"
        required
        value="transfer"
        options={[
          { value: "transfer", label: "ファイル転送" },
          { value: "medium", label: "媒体（DVD 等）" },
        ]}
      />
    </>
  ),
  receive: () => (
    <>
      <DateField name="receivedOn" label="受領日" required />
      <TextField name="receiptNumber" label="受領書番号" required width={20} />
    </>
  ),
  close: ({ handOver }) => (
    <>
      {handOver?.manner === "medium" && (
        <DateField name="mediumReturnedOn" label="媒体の返却日" required />
      )}
      <DateField name="erasedOn" label="消去した日" required />
      <TextField name="erasureReport" label="消去報告書番号" required width={20} />
    </>
  ),
};

/** What is made, for whom, and who gets nothing. */
function whatWillHappen({ counts, contractor }: RunDetails) {
  return (
    <p>
      承認されると、{figure(counts.ready)}通に番号を付け、{contractor.name}
      だけが開ける発送データを作ります。
      {counts.held + counts.leftOut > 0 &&
        `保留${figure(counts.held)}件と除外${figure(counts.leftOut)}件は送りません。`}
    </p>
  );
}
