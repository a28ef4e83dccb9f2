import {
  listItems,
  mailingKind,
  readRun,
  releaseItem,
  runIdOf,
} from "#src/platform/mailings/index.ts";
import { notFound } from "#src/platform/problem.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DefinitionList,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
  ReasonField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { ProblemNote, type Sent, sentWith } from "../cases/sent.tsx";
import { runCrumbs, runTitle } from "./parts.tsx";
import type { Mailings } from "./set.ts";

/** A piece that waits for a release (保留), and its release by a supervisor with a reason. */
export const heldScreens = (of: Mailings): AnyRoute[] => [heldItem(of), releaseHeld(of)];

function placeOf(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw notFound("保留されたものが見つかりません。");
  return Number(text);
}

const heldItem = (of: Mailings) =>
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.runs}/:run/items/:place` as const,
    right: "mailing.approve",
    audit: "mailing.held-opened",
    handle: (request) => heldReply(of, request),
  });

async function heldReply(
  { paths }: Mailings,
  { params, work }: Pick<ScreenRequest<"/:run/:place">, "params" | "work">,
  sent?: Sent,
): Promise<Reply> {
  const place = placeOf(params.place);
  const { run, item } = await work(async (unit) => ({
    run: (await readRun(unit, runIdOf(params.run))).run,
    item: (await listItems(unit, params.run, { state: "held", place })).items[0],
  }));
  if (!item) throw notFound("保留されたものが見つかりません。");
  return page({
    title: `${runTitle(run)} 保留`,
    status: sent ? (sent.problem?.status ?? 422) : 200,
    breadcrumb: [...runCrumbs(paths, run), { title: "保留" }],
    content: (
      <>
        <PageTitle badge={<Badge tone="protected">保留</Badge>}>支援措置による保留</PageTitle>
        <ProtectedBanner>
          住所等の秘匿が必要な方です。届け先を本人に確かめてから、一件ずつ解除してください。
        </ProtectedBanner>
        <Panel title="対象">
          <DefinitionList
            items={[
              ["氏名", item.person?.name?.kanji],
              ["生年月日", showDateShort(item.person?.birthDate)],
              ["内容", mailingKind(run.kind).subjectTitle(item.subject)],
            ]}
          />
        </Panel>
        {sent?.problem && <ProblemNote problem={sent.problem} />}
        <Form
          action={`${paths.run(run.id)}/items/${place}/release`}
          values={sent?.form}
          errors={sent?.errors}
        >
          <input type="hidden" name="revision" value={run.revision} />
          <ReasonField
            name="reason"
            rows={3}
            label="解除する理由"
            required
            hint="だれに、どのように確かめたか。アクセス記録とともに保存されます。"
          />
          <Actions>
            <Button confirm="この方あてに送ります。届け先は確かめましたか。">
              保留を解除して送る
            </Button>
            <ButtonLink href={paths.items(run.id, { state: "held" })} look="quiet">
              保留のままにする
            </ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}

const releaseHeld = (of: Mailings) =>
  defineRoute({
    ...of.reading,
    method: "post",
    path: `${of.paths.runs}/:run/items/:place/release` as const,
    right: "mailing.approve",
    audit: "mailing.release-asked",
    async handle(request) {
      const { params, form, work } = request;
      try {
        await work((unit) =>
          releaseItem(unit, {
            runId: runIdOf(params.run),
            expectedRevision: form.integer("revision") ?? 0,
            place: placeOf(params.place),
            reason: form.text("reason"),
          }),
        );
      } catch (error) {
        return heldReply(of, request, sentWith("release", form, error));
      }
      return redirect(of.paths.items(params.run, { state: "held" }), "保留を解除しました。");
    },
  });
