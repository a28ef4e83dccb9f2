import type { ImportAction, ImportRow, nextSteps } from "#src/platform/feeds/index.ts";
import { importChecks } from "#workflows/feeds/machine.ts";
import {
  Actions,
  Button,
  DisabledAction,
  type FieldErrors,
  Form,
  Notification,
  Panel,
  ReasonField,
} from "../components/index.ts";
import type { Values } from "../values.ts";

/** An approval that was sent and not taken: its reason for a gap is none. */
export interface SentApproval {
  form: Values;
  errors: FieldErrors;
}

type Steps = Awaited<ReturnType<typeof nextSteps>>;

/** What can be done with a file now, and why not where it cannot. */
export function NextStep({
  entry,
  steps,
  sent,
}: {
  entry: ImportRow;
  steps: Steps;
  sent?: SentApproval;
}) {
  const { id, state } = entry;
  if (state === "committed" || state === "cancelled") return null;
  const stuck = (state === "reviewing" || state === "committing") && entry.problem !== null;
  const of = (type: ImportAction["type"]) => steps.actions.find((action) => action.type === type);
  const moved = of("approve")?.reasons.includes(importChecks.worldStands.reason);
  const [approve, again, cancel] = [of("approve"), of("reviewAgain"), of("cancel")];
  return (
    <Panel title="次の処理">
      {approve && <Approval entry={entry} approve={approve} missing={steps.missing} sent={sent} />}
      <Actions>
        {stuck && (
          <Form action={`/feeds/${id}/continuation`} class="inline-form">
            <Button>続きから再開する</Button>
          </Form>
        )}
        {again?.held && (
          <Form action={`/feeds/${id}/review`} class="inline-form">
            <Button look={moved ? "primary" : "secondary"}>{again.title}</Button>
          </Form>
        )}
        {cancel?.held && (
          <Form action={`/feeds/${id}/cancellation`} class="inline-form">
            <Button
              look="danger"
              confirm="このファイルを取り消します。反映されません。よろしいですか。"
            >
              {cancel.title}
            </Button>
          </Form>
        )}
      </Actions>
    </Panel>
  );
}

function Approval({
  entry,
  approve,
  missing,
  sent,
}: {
  entry: ImportRow;
  approve: ImportAction;
  missing: Steps["missing"];
  sent: SentApproval | undefined;
}) {
  const reasons = [...(approve.held ? [] : ["反映の承認は決裁者が行います。"]), ...approve.reasons];
  return (
    <>
      {missing && (
        <Notification tone="warning" title="届いていないファイルがあります">
          <p>
            第{missing.from}号{missing.to > missing.from && `から第${missing.to}号まで`}
            を受け取っていません。送付元へ確認し、反映するときは理由を入力してください。
          </p>
        </Notification>
      )}
      {reasons.length > 0 ? (
        <DisabledAction reasons={reasons}>{approve.title}</DisabledAction>
      ) : (
        <Form
          action={`/feeds/${entry.id}/approval`}
          class="form stacked"
          values={sent?.form}
          errors={sent?.errors}
        >
          <input type="hidden" name="revision" value={entry.revision} />
          {missing && (
            <ReasonField name="gap-reason" label="欠番のまま反映する理由" required width={40} />
          )}
          <Button confirm="一覧の内容を反映します。よろしいですか。">{approve.title}</Button>
        </Form>
      )}
    </>
  );
}
