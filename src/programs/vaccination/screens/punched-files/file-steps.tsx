import type { FlowAction } from "#src/platform/flow.ts";
import { useSent } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  DisabledAction,
  Form,
  Panel,
} from "#src/web/components/index.ts";
import type { FileRow } from "../../punched-files/move.ts";
import { paths } from "../paths.ts";
import { rowsInWords } from "./parts.tsx";

/** Asked before a step that cannot be undone. */
const confirmations: Readonly<Record<string, string>> = {
  approve:
    "このファイルを接種記録に取り込みます。取り込んだ記録は、あとから1件ずつ訂正か取消しをします。よろしいですか。",
  cancel: "このファイルを取り消します。取り込みません。よろしいですか。",
  close: "このファイルを完了します。行の内容は消去され、もう開けません。よろしいですか。",
};

/** What can be done with a file now, and why not where it cannot. */
export function FileSteps(props: {
  file: FileRow;
  steps: readonly FlowAction[];
  faulty: number;
  returned: number;
  enters: boolean;
}) {
  const { file, steps, faulty, returned, enters } = props;
  const stuck = (file.state === "judging" || file.state === "taking") && file.problem !== null;
  const open = file.state === "judged" || file.state === "taken";
  const path = paths.punchedFile(file.id);
  const { errors } = useSent("step");
  if (steps.length === 0 && !stuck && !(open && enters)) return null;
  return (
    <Panel title="次の処理">
      <Actions>
        {stuck && (
          <Form action={`${path}/continuation`} class="inline-form">
            <Button>続きから再開する</Button>
          </Form>
        )}
        {steps.map((step) =>
          step.reasons.length > 0 ? (
            <DisabledAction key={step.type} reasons={step.reasons}>
              {step.title}
            </DisabledAction>
          ) : (
            <Form
              key={step.type}
              action={`${path}/steps`}
              class="inline-form"
              errors={errors ?? {}}
            >
              <input type="hidden" name="event" value={step.type} />
              <input type="hidden" name="revision" value={file.revision} />
              <Button
                look={step.type === "cancel" ? "danger" : "primary"}
                confirm={confirmations[step.type] ?? `${step.title}。よろしいですか。`}
              >
                {step.title}
              </Button>
            </Form>
          ),
        )}
        {open && enters && faulty > 0 && (
          <Form action={`${path}/returns`} class="inline-form">
            <input type="hidden" name="revision" value={file.revision} />
            <Button
              look="secondary"
              confirm={`エラーの${rowsInWords(faulty)}を委託先へ戻します。作り直された行は、別のファイルで受け取ります。よろしいですか。`}
            >
              エラーの行を委託先へ戻す
            </Button>
          </Form>
        )}
        {open && enters && returned > 0 && (
          <ButtonLink href={`${path}/faults`}>委託先へ渡すエラーのファイル</ButtonLink>
        )}
      </Actions>
    </Panel>
  );
}
