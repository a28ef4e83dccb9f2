import { type Actor, holds } from "#src/platform/access/actor.ts";
import type { FileRow, ReceiptList } from "#src/platform/receipts/index.ts";
import {
  decisionReasons,
  decisionTitles,
  type ReceiptAction,
} from "#workflows/receipts/decisions.ts";
import {
  Actions,
  Button,
  type Choice,
  DisabledAction,
  Form,
  SelectField,
} from "../components/index.ts";
import type { Values } from "../values.ts";
import { bulkFormId } from "./receipt-table.tsx";

/** What can be decided about what is ticked in a list, with its reason. */
export function BulkForm({
  file,
  list,
  actor,
  sent,
}: {
  file: FileRow;
  list: ReceiptList;
  actor: Actor;
  sent: { form: Values; errors: Record<string, string> } | undefined;
}) {
  const path = `/receipts/files/${file.id}`;
  if (list === "asked")
    return holds(actor, "case.approve") ? (
      <Form
        action={`${path}/settlements`}
        id={bulkFormId}
        class="form stacked"
        errors={sent?.errors}
      >
        <input type="hidden" name="list" value={list} />
        <Actions>
          <Button
            name="event"
            value="approve"
            confirm="選んだレセプトを支払うことを承認します。よろしいですか。"
          >
            選んだものを承認する
          </Button>
          <Button name="event" value="refuse" look="secondary">
            選んだものを差し戻す
          </Button>
        </Actions>
      </Form>
    ) : (
      <DisabledAction reasons={["承認は決裁者が行います。"]}>選んだものを承認する</DisabledAction>
    );
  if (!holds(actor, "case.examine"))
    return (
      <DisabledAction reasons={["決定は審査の担当者が行います。"]}>
        選んだものを決める
      </DisabledAction>
    );
  return (
    <Form
      action={`${path}/decisions`}
      id={bulkFormId}
      class="form stacked"
      values={sent?.form}
      errors={sent?.errors}
    >
      <input type="hidden" name="list" value={list} />
      <SelectField
        name="choice"
        label="選んだレセプトの扱いと理由"
        required
        empty="選んでください"
        options={choicesFor(list)}
        hint="額や受給者が違うものを支払うには、別の職員の承認が要ります。"
      />
      <Actions>
        <Button
          name="event"
          value="decide"
          confirm="選んだレセプトの扱いを決めます。よろしいですか。"
        >
          選んだものを決める
        </Button>
        <Button name="event" value="judge" look="secondary">
          選んだものをもう一度点検する
        </Button>
      </Actions>
    </Form>
  );
}

const choicesFor = (list: ReceiptList): Choice[] =>
  (Object.keys(decisionReasons) as ReceiptAction[])
    .filter((action) => action !== "accept" || list !== "blocked")
    .flatMap((action) =>
      Object.entries(decisionReasons[action]).map(([code, label]) => ({
        value: `${action}/${code}`,
        label,
        group: decisionTitles[action],
      })),
    );
