import {
  applyRunEvent,
  type HandOver,
  handOverPackage,
  type RunCounts,
  type RunRow,
  recordErasure,
  recordReceipt,
  runIdOf,
} from "#src/platform/mailings/index.ts";
import { Problem } from "#src/platform/problem.ts";
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
import { readDate } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { RunEventType } from "#workflows/mailings/machine.ts";
import { paths } from "./parts.tsx";

/** Steps that a person makes; the others are the system's. */
const ofPeople = [
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
type PersonsEvent = (typeof ofPeople)[number];

const done: Record<PersonsEvent, string> = {
  submit: "承認を求めました。",
  approve: "承認しました。発送データの作成を始めます。",
  return: "差し戻しました。",
  extract: "抽出をやり直しています。",
  resume: "再開しました。",
  "hand-over": "引き渡しを授受簿に記載しました。",
  receive: "受領を授受簿に記載しました。",
  close: "返却・消去報告を授受簿に記載しました。",
  cancel: "取り消しました。",
};

/** What a step tells before its button is pressed. */
interface StepFacts {
  run: RunRow;
  counts: RunCounts;
  contractorName: string;
  handOver: HandOver | undefined;
}

interface Action {
  type: RunEventType;
  title: string;
  reason: string | null;
}

/** What may be done next, each with its fields; a step that is off says why. */
export function RunActions(props: StepFacts & { actions: readonly Action[] }) {
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

function Step(props: StepFacts & { type: PersonsEvent; action: Action }) {
  const { run, type, action } = props;
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
      <Fields {...props} />
      <Actions>
        <Button look={type === "cancel" ? "danger" : aside ? "secondary" : "primary"}>
          {action.title}
        </Button>
      </Actions>
    </Form>
  );
  return aside ? <Disclosure title={action.title}>{form}</Disclosure> : form;
}

function Fields({ type, handOver, ...facts }: StepFacts & { type: PersonsEvent }) {
  if (type === "submit" || type === "approve") return <WhatWillHappen {...facts} />;
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
        {handOver?.manner === "medium" && (
          <DateField name="mediumReturnedOn" label="媒体の返却日" required />
        )}
        <DateField name="erasedOn" label="消去した日" required />
        <TextField name="erasureReport" label="消去報告書番号" required width={20} />
      </>
    );
  return null;
}

/** Said before the button: what is made, for whom, and who gets nothing. */
function WhatWillHappen({ counts, contractorName }: Pick<StepFacts, "counts" | "contractorName">) {
  const figure = (value: number) => value.toLocaleString("ja-JP");
  return (
    <p>
      承認されると、{figure(counts.ready)}枚に番号を付け、{contractorName}
      だけが開ける発送データを作ります。
      {counts.held + counts.leftOut > 0 &&
        `保留${figure(counts.held)}件と除外${figure(counts.leftOut)}件は送りません。`}
    </p>
  );
}

/** Every step a person makes on a run; the door checks right, revision and state. */
export const runSteps = ofPeople.map((type) =>
  defineRoute({
    method: "post",
    path: `/vaccination/mailings/:run/steps/${type}`,
    right: "mailing.read",
    program: "vaccination",
    purpose: type === "approve" || type === "return" ? "approval" : "mailing",
    audit: `mailing.${type === "hand-over" ? "handed-over" : `${type}-asked`}`,
    async handle({ params, form, work }) {
      const step = { runId: runIdOf(params.run), expectedRevision: form.integer("revision") ?? 0 };
      await work(async (unit) => {
        if (type === "hand-over") await handOverPackage(unit, { ...step, manner: mannerOf(form) });
        else if (type === "receive")
          await recordReceipt(unit, {
            ...step,
            receivedOn: dateOf(form, "receivedOn", "受領日"),
            receiptNumber: textOf(form, "receiptNumber", "受領書番号"),
          });
        else if (type === "close")
          await recordErasure(unit, {
            ...step,
            erasedOn: dateOf(form, "erasedOn", "消去した日"),
            erasureReport: textOf(form, "erasureReport", "消去報告書番号"),
            mediumReturnedOn: readDate(form.text("mediumReturnedOn")),
          });
        else await applyRunEvent(unit, { ...step, type, comment: form.text(`comment-${type}`) });
      });
      return redirect(paths.run(params.run), done[type]);
    },
  }),
);

const mannerOf = (form: Values) => form.choice("manner", ["transfer", "medium"]) ?? "transfer";

function dateOf(form: Values, name: string, label: string) {
  const date = readDate(form.text(name));
  if (!date)
    throw new Problem({ status: 422, message: `${label}を入力してください。例: R8.11.20` });
  return date;
}

function textOf(form: Values, name: string, label: string): string {
  const text = form.text(name);
  if (!text) throw new Problem({ status: 422, message: `${label}を入力してください。` });
  return text;
}
