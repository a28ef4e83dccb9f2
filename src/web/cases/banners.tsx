import { stateMeta } from "#workflows/flows/answer.ts";
import { Button, Form, Notification, ProtectedBanner } from "../components/index.ts";
import { HeadLine } from "./head-line.tsx";
import { paperTitle } from "./paper-title.ts";
import { casePath } from "./paths.ts";
import { SentNote } from "./sent.tsx";
import type { Shown } from "./shown.ts";

/** Whose case it is; above all else where it applies: 支援措置 of anybody of the case, what was refused, provisional data. */
export function Banners(shown: Shown) {
  const { entry, isProtected, staffNames, head } = shown.view;
  return (
    <>
      <HeadLine head={head} />
      {isProtected && <ProtectedBanner />}
      <SentNote />
      <RemandNote {...shown} />
      <PendingNote {...shown} />
      {entry && entry.confirmedBy === null && (
        <Notification tone="warning" title="仮の入力です">
          {staffNames.get(entry.enteredBy)}
          が入力しました。入力した職員とは別の職員が「入力内容を確認する」を押すまで確定しません。
        </Notification>
      )}
    </>
  );
}

/** With which words the case came back, while it waits where it came back to. */
function RemandNote({ view }: Shown) {
  const { approvals, history, found, prepared } = view;
  const last = approvals.at(-1);
  const line = history.find(({ revision }) => revision === (last?.seenRevision ?? 0) + 1);
  if (last?.decision !== "remanded" || !line || line.toState !== found.state) return null;
  if (!stateMeta(prepared.definition, found.state).waits) return null;
  return (
    <Notification tone="warning" title={`差戻し（${line.staffName}）`}>
      {line.comment}
    </Notification>
  );
}

/** Papers that could not be made: why, and a button to try again once somebody has seen to it. */
function PendingNote({ screens, view }: Shown) {
  const failed = view.pending.filter((one) => one.failure);
  if (failed.length === 0) return null;
  return (
    <Notification tone="error" title="作成できていない文書があります">
      <ul>
        {failed.map((one) => (
          <li key={String(one.params.kind)}>
            {paperTitle(screens.application, { kind: String(one.params.kind) })}: {one.failure}
          </li>
        ))}
      </ul>
      {failed.some(({ failure }) => failure?.includes("外字一覧")) && (
        <p>
          <a href="/unprintable">外字一覧を開く</a>
        </p>
      )}
      <Form action={`${casePath(view.found)}/papers`} class="inline-form">
        <Button look="secondary">もう一度作成する</Button>
      </Form>
    </Notification>
  );
}
