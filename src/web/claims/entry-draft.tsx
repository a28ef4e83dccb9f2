import type { ClaimKind } from "#src/platform/claims/index.ts";
import {
  dropPersonDraft,
  keepPersonDraft,
  type PersonDraftPlace,
} from "#src/platform/intake/index.ts";
import { lookAtPerson, shownName } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { typedFields } from "../cases/form-drafts.ts";
import { Actions, Button, ButtonLink, Form, Notification, PageTitle } from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { personOfPath } from "../person-path.ts";
import { fragment, page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { claimPaths } from "./words.ts";

/** Where what is typed of a claim for a person is kept until it is sent. */
export const draftOf = ({ program }: ClaimKind, personNumber: string): PersonDraftPlace => ({
  program,
  personNumber,
  page: "claim",
});

/** The draft of an entry, kept while somebody types and given up. */
export function entryDraftScreens(kind: ClaimKind): AnyRoute[] {
  const { program } = kind;
  const paths = claimPaths(program);
  const guard = { right: "case.enter", program, purpose: "counter" } as const;
  return [
    defineRoute({
      ...guard,
      method: "post",
      path: `/${program}/claims/people/:person/draft` as const,
      audit: "nothing-personal",
      because: "the database records that a draft is begun, opened and dropped",
      async handle({ params, form, work, platform }) {
        const place = draftOf(kind, personOfPath(platform, params.person));
        await work((unit) => keepPersonDraft(unit, place, typedFields(form)));
        return fragment(`${showMoment(platform.clock.now())} 下書きを保存しました。`);
      },
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `/${program}/claims/people/:person/draft/discard` as const,
      audit: "draft.discarded",
      async handle({ params, work, platform }) {
        const place = draftOf(kind, personOfPath(platform, params.person));
        await work((unit) => dropPersonDraft(unit, place));
        return redirect(paths.person(params.person), "下書きを破棄しました。");
      },
    }),
  ];
}

/** What somebody left unsaved of a person is gone on with or given up before anything else is typed. */
export async function draftPage(
  kind: ClaimKind,
  { work, platform }: Pick<ScreenRequest, "work" | "platform">,
  token: string,
  keptAt: Date,
): Promise<Reply> {
  const paths = claimPaths(kind.program);
  const personNumber = personOfPath(platform, token);
  const person = await work((unit) => lookAtPerson(unit, personNumber, ["facts", "name"]));
  if (!person) throw notFound("住民が見つかりません。");
  const heading = `${kind.title} 支給申請の入力`;
  return page({
    title: heading,
    breadcrumb: [
      { title: "償還払いの受付", path: paths.intake as `/${string}` },
      { title: "領収書の入力" },
    ],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <Notification
          tone="info"
          title={`${shownName(person)}の、保存していない下書きがあります（${showMoment(keptAt)}）。`}
        >
          <p>
            続きから入力するか、破棄するかを選んでください。下書きは、入力した本人にしか見えません。
          </p>
        </Notification>
        <Form action={`${paths.person(token)}/draft/discard`} keys="search">
          <Actions>
            <ButtonLink look="primary" href={`${paths.person(token)}?draft=open`} autofocus>
              続きから入力する
            </ButtonLink>
            <Button look="danger" confirm="下書きを破棄します。元に戻せません。よろしいですか。">
              下書きを破棄する
            </Button>
            <ButtonLink href={paths.intake}>戻る</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}
