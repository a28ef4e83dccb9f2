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
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { type PersonsStep, runStateMeta } from "#workflows/mailings/machine.ts";
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
/** Steps that cannot be undone. */
const grave: readonly PersonsStep[] = ["cancel", "ask-withdrawal", "withdraw"];

function Step({ paths, details, action }: StepProps & { action: Action }) {
  const { run, paper } = details;
  const { type, title, reasons } = action;
  if (reasons.length > 0)
    return (
      <Actions>
        <DisabledAction reasons={[...reasons]}>{title}</DisabledAction>
      </Actions>
    );
  const look = grave.includes(type) ? "danger" : aside.includes(type) ? "secondary" : "primary";
  const form = (
    <Form
      action={`${paths.run(run.id)}/steps/${type}`}
      class="form stacked"
      confirm={questions[type]}
    >
      <input type="hidden" name="revision" value={run.revision} />
      {type === "approve" && paper && <input type="hidden" name="paper" value={paperMark(paper)} />}
      {fields[type]?.(details)}
      <Actions>
        <Button look={look}>{title}</Button>
      </Actions>
    </Form>
  );
  return aside.includes(type) ? <Disclosure title={title}>{form}</Disclosure> : form;
}

/** Asked before a step that cannot be undone. */
const questions: Partial<Record<PersonsStep, string>> = {
  cancel: "この一括発送を取り消します。よろしいですか。",
  withdraw: "発送データを取り下げ、番号を無効にします。元に戻せません。よろしいですか。",
};

const comment = (type: PersonsStep) => () => (
  <TextArea name={`comment-${type}`} label="理由" required rows={2} />
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
