import type { FileRow, fileActions } from "#src/platform/receipts/index.ts";
import type { ReceiptFileEvent } from "#workflows/receipts/machine.ts";
import { Actions, Button, DisabledAction, Form, Panel } from "../components/index.ts";

type Steps = Awaited<ReturnType<typeof fileActions>>;

/** Asked before a step that cannot be undone. */
const confirmations: Partial<Record<ReceiptFileEvent, string>> = {
  approve: "支払えるレセプトを給付台帳に反映します。よろしいですか。",
  cancel: "このファイルを取り消します。反映されません。よろしいですか。",
  withdraw: "このファイルで反映した給付をすべて取り戻します。よろしいですか。",
};

/** What can be done with a file now, and why not where it cannot. */
export function FileSteps({ file, steps }: { file: FileRow; steps: Steps }) {
  const stuck = (file.state === "judging" || file.state === "committing") && file.problem !== null;
  if (steps.length === 0 && !stuck) return null;
  return (
    <Panel title="次の処理">
      <Actions>
        {stuck && (
          <Form action={`/receipts/files/${file.id}/continuation`} class="inline-form">
            <Button>続きから再開する</Button>
          </Form>
        )}
        {steps.map((step) => (
          <Step key={step.type} file={file} step={step} />
        ))}
      </Actions>
    </Panel>
  );
}

function Step({ file, step }: { file: FileRow; step: Steps[number] }) {
  const reasons = [...(step.held ? [] : ["この操作を行う権限がありません。"]), ...step.reasons];
  if (reasons.length > 0) return <DisabledAction reasons={reasons}>{step.title}</DisabledAction>;
  const confirm = confirmations[step.type];
  return (
    <Form action={`/receipts/files/${file.id}/steps`} class="inline-form">
      <input type="hidden" name="revision" value={file.revision} />
      <input type="hidden" name="event" value={step.type} />
      {step.type === "approve" || !confirm ? (
        <Button
          look={step.type === "approve" ? "primary" : "secondary"}
          {...(confirm && { confirm })}
        >
          {step.title}
        </Button>
      ) : (
        <Button look="danger" confirm={confirm}>
          {step.title}
        </Button>
      )}
    </Form>
  );
}
