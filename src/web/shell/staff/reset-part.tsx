import {
  type CredentialReset,
  type resetActions,
  resetReasons,
} from "#src/platform/access/index.ts";
import { Button, choicesOf, DisabledAction, Form, SelectField } from "../../components/index.ts";
import { standingWords } from "./reset-screens.tsx";

/** On the page of one id: apply for a new password and code, see how the application stands, carry it out. */
export function ResetPart(props: {
  staffId: number;
  reset: (CredentialReset & { actions: ReturnType<typeof resetActions> }) | undefined;
}) {
  const { reset, staffId } = props;
  if (!reset) {
    return (
      <Form action={`/staff/${staffId}/reset`}>
        <p>
          本人に渡す新しいパスワードと確認コードは、ほかの職員の承認の後に出ます。再設定の後1週間は、照会・入力・承認ができません。
        </p>
        <SelectField name="why" label="理由" required options={choicesOf(resetReasons)} />
        <Button look="secondary">再設定を申請する</Button>
      </Form>
    );
  }
  const issue = reset.actions.find(({ type }) => type === "issue");
  return (
    <>
      <p>
        {resetReasons[reset.why]}。{standingWords(reset)}
      </p>
      {issue &&
        (issue.reasons.length > 0 ? (
          <DisabledAction reasons={issue.reasons}>{issue.title}</DisabledAction>
        ) : (
          <Form action={`/credential-resets/${reset.id}/issue`}>
            <Button
              look="secondary"
              confirm="パスワードと認証アプリの登録を新しくします。いまの利用は終了し、1週間は照会・入力・承認ができません。"
            >
              {issue.title}
            </Button>
          </Form>
        ))}
    </>
  );
}
