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
  TextArea,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import { runCrumbs, runTitle } from "./parts.tsx";
import type { Mailings } from "./set.ts";

/** A piece that waits for a release (保留), and its release by a supervisor with a reason. */
export const heldScreens = (of: Mailings): AnyRoute[] => [heldItem(of), releaseHeld(of)];

function placeOf(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw notFound("保留されたものが見つかりません。");
  return Number(text);
}

const heldItem = ({ paths, reading }: Mailings) =>
  defineRoute({
    ...reading,
    method: "get",
    path: `${paths.runs}/:run/items/:place` as const,
    right: "mailing.approve",
    audit: "mailing.held-opened",
    async handle({ params, work }) {
      const place = placeOf(params.place);
      const { run, item } = await work(async (unit) => ({
        run: (await readRun(unit, runIdOf(params.run))).run,
        item: (await listItems(unit, params.run, { state: "held", place })).items[0],
      }));
      if (!item) throw notFound("保留されたものが見つかりません。");
      return page({
        title: `${runTitle(run)} 保留`,
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
            <Form action={`${paths.run(run.id)}/items/${place}/release`}>
              <input type="hidden" name="revision" value={run.revision} />
              <TextArea
                name="reason"
                label="解除する理由"
                required
                hint="だれに、どのように確かめたか。アクセス記録とともに保存されます。"
              />
              <Actions>
                <Button>保留を解除して送る</Button>
                <ButtonLink href={paths.items(run.id, { state: "held" })} look="quiet">
                  保留のままにする
                </ButtonLink>
              </Actions>
            </Form>
          </>
        ),
      });
    },
  });

const releaseHeld = ({ paths, reading }: Mailings) =>
  defineRoute({
    ...reading,
    method: "post",
    path: `${paths.runs}/:run/items/:place/release` as const,
    right: "mailing.approve",
    audit: "mailing.release-asked",
    async handle({ params, form, work }) {
      await work((unit) =>
        releaseItem(unit, {
          runId: runIdOf(params.run),
          expectedRevision: form.integer("revision") ?? 0,
          place: placeOf(params.place),
          reason: form.text("reason"),
        }),
      );
      return redirect(paths.items(params.run, { state: "held" }), "保留を解除しました。");
    },
  });
