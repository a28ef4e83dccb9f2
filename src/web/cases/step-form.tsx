import { CaseConflict } from "#src/platform/cases/index.ts";
import {
  Actions,
  Button,
  ButtonLink,
  Form,
  Notification,
  type ShownField,
  shownFields,
} from "../components/index.ts";
import type { Reply } from "../reply.ts";
import { Values } from "../values.ts";
import { MovedOn, type OfferedDraft } from "./draft-offer.tsx";
import { StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { revisionAgain } from "./read-step.ts";
import type { Looked, StepForm } from "./step-kind.ts";
import { type SentStep, stepPage } from "./step-page.tsx";

/** The fields of the form, with what they show before anybody types. */
export const fieldsOf = <Seen extends Looked>(own: StepForm<Seen>, seen: Seen): ShownField[] =>
  shownFields(<own.Fields seen={seen} />);

/** A form as it was sent; or filled from a choice between two people's values (`taken`), or from a draft. */
interface Filled extends SentStep {
  taken?: true;
  draft?: OfferedDraft & { fields: Iterable<readonly [string, string]> };
}

/** The form with what is known, or with what a person typed before. */
export function formReply<Seen extends Looked>(
  own: StepForm<Seen>,
  seen: Seen,
  { draft, ...given }: Filled,
): Reply {
  const { found, head, follow } = seen;
  const sent = draft
    ? { form: new Values([...draft.fields, ["revision", String(draft.revision)]]) }
    : given;
  const { form, errors = {}, problem, taken }: Filled = sent;
  const path = casePath(found);
  return stepPage(found, {
    title: own.title(seen),
    head,
    sent: taken || draft ? {} : sent,
    content: (
      <>
        {taken && (
          <Notification tone="info" title="選んだ内容を入力欄に移しました。">
            <p>まだ保存していません。確かめてから「{own.button}」を押してください。</p>
          </Notification>
        )}
        {problem instanceof CaseConflict && (
          <p>入力した内容は下に残っています。ほかの職員は、この画面の項目を変えていません。</p>
        )}
        {draft && <MovedOn since={draft.since} />}
        <Form
          action={`${path}/${own.page}`}
          values={form}
          errors={errors}
          draft={`${path}/${own.page}/draft`}
          unsaved={form !== undefined && !draft}
          focusFirst
        >
          <StepFields found={{ revision: revisionAgain(found, sent) }} />
          <own.Fields seen={seen} />
          <Actions>
            {follow && (
              <Button name="then" value={follow.type} shortcut="Ctrl+Enter">
                {own.button.replace(/する$/, "し")}、{follow.title}
              </Button>
            )}
            {follow ? (
              <Button look="secondary">{own.button}</Button>
            ) : (
              <Button shortcut="Ctrl+Enter">{own.button}</Button>
            )}
            <ButtonLink href={path}>戻る</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}
