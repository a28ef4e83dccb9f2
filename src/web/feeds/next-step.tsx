import { type Actor, holds } from "#src/platform/access/actor.ts";
import type { ImportRow, Obstacles } from "#src/platform/feeds/index.ts";
import {
  Actions,
  Button,
  DisabledAction,
  Form,
  Notification,
  Panel,
  TextField,
} from "../components/index.ts";

/** What can be done with a file now, and why not where it cannot. */
export function NextStep({
  actor,
  entry,
  obstacles,
}: {
  actor: Actor;
  entry: ImportRow;
  obstacles: Obstacles;
}) {
  const { id, state } = entry;
  if (state === "committed" || state === "cancelled") return null;
  const stuck = (state === "reviewing" || state === "committing") && entry.problem !== null;
  const cancellable = holds(actor, "feed.import", { program: "feeds" }) && state !== "committing";
  return (
    <Panel title="次の処理">
      {state === "reviewed" && <Approval actor={actor} entry={entry} obstacles={obstacles} />}
      <Actions>
        {stuck && (
          <Form action={`/feeds/${id}/continuation`} class="inline-form">
            <Button>続きから再開する</Button>
          </Form>
        )}
        {state === "reviewed" && (
          <Form action={`/feeds/${id}/review`} class="inline-form">
            <Button look={obstacles.worldMoved ? "primary" : "secondary"}>もう一度確認する</Button>
          </Form>
        )}
        {cancellable && (
          <Form
            action={`/feeds/${id}/cancellation`}
            class="inline-form"
            confirm="このファイルを取り消します。反映されません。よろしいですか。"
          >
            <Button look="danger">取り消す</Button>
          </Form>
        )}
      </Actions>
    </Panel>
  );
}

function Approval({
  actor,
  entry,
  obstacles,
}: {
  actor: Actor;
  entry: ImportRow;
  obstacles: Obstacles;
}) {
  const { missing, worldMoved, earlierWaits } = obstacles;
  const reasons = [
    ...(holds(actor, "feed.commit", { program: "feeds" }) ? [] : ["反映の承認は決裁者が行います"]),
    ...(entry.preparedBy === actor.staffId ? ["取り込んだ本人は承認できません"] : []),
    ...(worldMoved ? ["確認のあとに別のファイルが反映されました"] : []),
    ...(earlierWaits ? ["これより前の番号のファイルが反映を待っています"] : []),
  ];
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
        <DisabledAction reasons={reasons}>反映を承認する</DisabledAction>
      ) : (
        <Form
          action={`/feeds/${entry.id}/approval`}
          class="form stacked"
          confirm="一覧の内容を住民の情報に反映します。よろしいですか。"
        >
          <input type="hidden" name="revision" value={entry.revision} />
          {missing && (
            <TextField name="gap-reason" label="欠番のまま反映する理由" required width={40} />
          )}
          <Button>反映を承認する</Button>
        </Form>
      )}
    </>
  );
}
