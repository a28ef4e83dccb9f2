import type { ComponentChildren } from "preact";
import type { z } from "zod";
import type { Right } from "#src/platform/access/index.ts";
import type { CaseHead } from "#src/platform/applications/index.ts";
import { type CaseAction, CaseConflict, type CaseRow } from "#src/platform/cases/index.ts";
import type { Purpose, Work } from "#src/platform/work.ts";
import type { CasePage } from "#workflows/cases/definition.ts";
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
import type { CaseMoment } from "./find-case.ts";
import { StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { revisionAgain } from "./read-step.ts";
import { type SentStep, stepPage } from "./step-page.tsx";

/** What every page of a step has looked at. */
export interface Looked {
  found: CaseRow;
  head: CaseHead;
  /** The step that may be made in the same go. */
  follow?: CaseAction | undefined;
}

/** A page with one form that asks for what one step needs. */
export interface StepForm<Seen extends Looked> {
  /** Ends its address, and names the event in the machine. */
  page: CasePage;
  right: Right;
  purpose: Purpose;
  audit: { opened: `${string}.${string}`; sent: `${string}.${string}` };
  /** What the page shows, or showed at a revision of the case; every look is logged. */
  look(work: Work, moment: CaseMoment): Promise<Seen>;
  title(seen: Seen): string;
  Fields(props: { seen: Seen }): ComponentChildren;
  read(form: Values, seen: Seen): z.ZodSafeParseResult<unknown>;
  /** 保存する. */
  button: string;
  said: string;
}

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
