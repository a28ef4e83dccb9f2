import type { Right } from "#src/platform/access/index.ts";
import { dropDraft, keepDraft } from "#src/platform/intake/index.ts";
import type { Purpose } from "#src/platform/work.ts";
import { Actions, Button, ButtonLink, Form, Notification } from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { fragment, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { MovedOn, type OfferedDraft } from "./draft-offer.tsx";
import { findCase } from "./find-case.ts";
import { typedFields } from "./form-drafts.ts";
import { casePath } from "./paths.ts";
import type { Looked, StepForm } from "./step-kind.ts";
import { stepPage } from "./step-page.tsx";

/** Keeps and gives up the draft of the form of a step. */
export function draftScreens(
  screens: AnyCaseScreens,
  { page, right, purpose }: { page: string; right: Right; purpose: Purpose },
): AnyRoute[] {
  const { program } = screens.application;
  const shared = { method: "post", program, right, purpose } as const;
  return [
    defineRoute({
      ...shared,
      path: `/${program}/cases/:caseId/${page}/draft` as const,
      audit: "nothing-personal",
      because: "the database records that a draft is begun, opened and dropped",
      async handle({ params: { caseId }, form, work, platform }) {
        const revision = form.integer("revision") ?? 0;
        await work(
          async (unit) => {
            await findCase(unit, screens, caseId);
            await keepDraft(unit, { caseId, page }, { revision, fields: typedFields(form) });
          },
          { caseId },
        );
        return fragment(`${showMoment(platform.clock.now())} 下書きを保存しました。`);
      },
    }),
    defineRoute({
      ...shared,
      path: `/${program}/cases/:caseId/${page}/draft/discard` as const,
      audit: "draft.discarded",
      async handle({ params: { caseId }, work }) {
        await work(
          async (unit) => {
            await findCase(unit, screens, caseId);
            await dropDraft(unit, { caseId, page });
          },
          { caseId },
        );
        return redirect(`/${program}/cases/${caseId}/${page}`, "下書きを破棄しました。");
      },
    }),
  ];
}

/** What somebody left unsaved is gone on with or given up, before anything else is typed into the page. */
export function draftReply<Seen extends Looked>(
  own: StepForm<Seen>,
  seen: Seen,
  { keptAt, since }: OfferedDraft,
): Reply {
  const back = casePath(seen.found);
  const path = `${back}/${own.page}`;
  return stepPage(seen.found, {
    title: own.title(seen),
    head: seen.head,
    sent: {},
    content: (
      <>
        <Notification
          tone="info"
          title={`保存していない下書きがあります（${showMoment(keptAt)}）。`}
        >
          <p>
            続きから入力するか、破棄するかを選んでください。下書きは、入力した本人にしか見えません。
          </p>
        </Notification>
        <MovedOn since={since} />
        <Form action={`${path}/draft/discard`} keys="search">
          <Actions>
            <ButtonLink look="primary" href={`${path}?draft=open`} autofocus>
              続きから入力する
            </ButtonLink>
            <Button look="danger" confirm="下書きを破棄します。元に戻せません。よろしいですか。">
              下書きを破棄する
            </Button>
            <ButtonLink href={back}>戻る</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}
