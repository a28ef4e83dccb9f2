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
import type { RunEventType } from "#workflows/mailings/machine.ts";
import { paths } from "./parts.tsx";

/** Steps that a person makes; the others are the system's. */
export const ofPeople = [
  "submit",
  "approve",
  "return",
  "extract",
  "resume",
  "hand-over",
  "receive",
  "close",
  "cancel",
] as const satisfies readonly RunEventType[];
export type PersonsEvent = (typeof ofPeople)[number];

interface Action {
  type: RunEventType;
  title: string;
  reason: string | null;
}

/** What may be done next, each with its fields; a step that is off says why. */
export function RunActions(props: { details: RunDetails; actions: readonly Action[] }) {
  const own = props.actions.filter(({ type }) => ofPeople.some((one) => one === type));
  if (own.length === 0) return null;
  return (
    <Panel title="次の操作">
      {ofPeople.flatMap((type) => {
        const action = own.find((one) => one.type === type);
        return action ? [<Step key={type} {...props} type={type} action={action} />] : [];
      })}
    </Panel>
  );
}

function Step(props: { details: RunDetails; type: PersonsEvent; action: Action }) {
  const { details, type, action } = props;
  const { run, paper } = details;
  if (action.reason)
    return (
      <Actions>
        <DisabledAction reasons={[action.reason]}>{action.title}</DisabledAction>
      </Actions>
    );
  const aside = type === "cancel" || type === "return" || type === "extract";
  const form = (
    <Form action={`${paths.run(run.id)}/steps/${type}`} class="form stacked">
      <input type="hidden" name="revision" value={run.revision} />
      {type === "approve" && paper && <input type="hidden" name="paper" value={paperMark(paper)} />}
      <Fields details={details} type={type} />
      <Actions>
        <Button look={type === "cancel" ? "danger" : aside ? "secondary" : "primary"}>
          {action.title}
        </Button>
      </Actions>
    </Form>
  );
  return aside ? <Disclosure title={action.title}>{form}</Disclosure> : form;
}

function Fields({ type, details }: { details: RunDetails; type: PersonsEvent }) {
  if (type === "submit" || type === "approve") return <WhatWillHappen details={details} />;
  if (type === "cancel" || type === "return")
    return <TextArea name={`comment-${type}`} label="理由" required rows={2} />;
  if (type === "hand-over")
    return (
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
    );
  if (type === "receive")
    return (
      <>
        <DateField name="receivedOn" label="受領日" required />
        <TextField name="receiptNumber" label="受領書番号" required width={20} />
      </>
    );
  if (type === "close")
    return (
      <>
        {details.handOver?.manner === "medium" && (
          <DateField name="mediumReturnedOn" label="媒体の返却日" required />
        )}
        <DateField name="erasedOn" label="消去した日" required />
        <TextField name="erasureReport" label="消去報告書番号" required width={20} />
      </>
    );
  return null;
}

/** Said before the button: what is made, for whom, and who gets nothing. */
function WhatWillHappen({ details: { counts, contractor } }: { details: RunDetails }) {
  const figure = (value: number) => value.toLocaleString("ja-JP");
  return (
    <p>
      承認されると、{figure(counts.ready)}枚に番号を付け、{contractor.name}
      だけが開ける発送データを作ります。
      {counts.held + counts.leftOut > 0 &&
        `保留${figure(counts.held)}件と除外${figure(counts.leftOut)}件は送りません。`}
    </p>
  );
}
