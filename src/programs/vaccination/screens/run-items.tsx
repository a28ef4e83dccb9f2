import { holds } from "#src/platform/access/actor.ts";
import {
  type ItemReason,
  itemReasons,
  listItems,
  mailingKind,
  readRun,
  releaseItem,
  runIdOf,
} from "#src/platform/mailings/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { characterPath, codeWords } from "#src/web/characters.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DefinitionList,
  Form,
  PageTitle,
  Pagination,
  Panel,
  ProtectedBanner,
  Table,
  Tabs,
  TextArea,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { personPath } from "#src/web/person-path.ts";
import { page, redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { paths, RunBadge, runCrumbs, runTitle } from "./parts.tsx";

const size = 50;
const states = { ready: "送る", held: "保留", "left-out": "除外", made: "作成済" } as const;
const reasons = Object.keys(itemReasons) as ItemReason[];

const common = { program: "vaccination", purpose: "mailing" } as const;

/** The pieces of a run, by state and reason. */
export const runItems = defineRoute({
  ...common,
  method: "get",
  path: "/vaccination/mailings/:run/items",
  right: "mailing.read",
  audit: "mailing.pieces-listed",
  async handle({ params, query, work, platform, actor }) {
    const reason = query.choice("reason", reasons);
    const state = query.choice("state", ["ready", "held", "left-out", "made"]);
    const at = Math.max(1, query.integer("page") ?? 1);
    const { details, list } = await work(async (unit) => ({
      details: await readRun(unit, runIdOf(params.run)),
      list: await listItems(unit, params.run, { state, reason, page: at, size }),
    }));
    const { run, counts } = details;
    const kind = mailingKind(run.kind);
    const releases =
      holds(actor, "mailing.approve", { program: run.program }) &&
      (run.state === "extracted" || run.state === "awaiting-approval");
    const filter = { ...(state && { state }), ...(reason && { reason }) };
    const tab = (title: string, count: number, wanted?: keyof typeof states) => ({
      title,
      count,
      href: paths.items(run.id, wanted ? { state: wanted } : {}),
      current: reason === undefined && state === wanted,
    });
    return page({
      title: `${runTitle(run)} 一覧`,
      breadcrumb: [...runCrumbs(run), { title: "一覧" }],
      content: (
        <>
          <PageTitle
            badge={<RunBadge state={run.state} />}
            actions={
              reason === "no-glyph" && <ButtonLink href="/unprintable">外字一覧を開く</ButtonLink>
            }
          >
            {reason ? `${itemReasons[reason]}の一覧` : "対象者の一覧"}
          </PageTitle>
          <Tabs
            label="状態"
            tabs={[
              tab("すべて", counts.ready + counts.made + counts.held + counts.leftOut),
              tab("送る", counts.ready, "ready"),
              tab("作成済", counts.made, "made"),
              tab("保留", counts.held, "held"),
              tab("除外", counts.leftOut, "left-out"),
            ]}
          />
          <Panel title={`${list.total.toLocaleString("ja-JP")}件`}>
            <Table
              caption="一括発送の対象者"
              columns={[
                { title: "氏名", cell: ({ person }) => person?.name?.kanji ?? "（見られません）" },
                { title: "カナ", cell: ({ person }) => person?.name?.kana },
                {
                  title: "生年月日",
                  cell: ({ person }) => showDateShort(person?.birthDate),
                  nowrap: true,
                },
                { title: "内容", cell: ({ subject }) => kind.subjectTitle(subject) },
                { title: "状態", cell: (item) => states[item.state], nowrap: true },
                {
                  title: "理由",
                  cell: (item) =>
                    item.reason === "protected" ? (
                      <Badge tone="protected">{itemReasons.protected}</Badge>
                    ) : item.reason ? (
                      itemReasons[item.reason]
                    ) : item.releasedBy ? (
                      "保留を解除"
                    ) : (
                      "―"
                    ),
                },
                ...(reason === "no-glyph"
                  ? [
                      {
                        title: "文字",
                        cell: ({ characters }: (typeof list.items)[number]) =>
                          characters.map((one) => (
                            <div key={`${one.field} ${codeWords(one)}`}>
                              {one.field} <a href={characterPath(one)}>{codeWords(one)}</a>
                            </div>
                          )),
                      },
                    ]
                  : []),
                { title: "券番号", cell: ({ pieceNumber }) => pieceNumber ?? "―", nowrap: true },
                ...(releases
                  ? [
                      {
                        title: "操作",
                        cell: (item: (typeof list.items)[number]) =>
                          item.state === "held" ? (
                            <a href={`${paths.run(run.id)}/items/${item.place}`}>保留を確かめる</a>
                          ) : null,
                        nowrap: true,
                      },
                    ]
                  : []),
              ]}
              rows={list.items}
              href={({ personNumber }) => personPath(platform, personNumber)}
              tone={({ state }) =>
                state === "held" ? "warning" : state === "left-out" ? "muted" : undefined
              }
            />
            <Pagination
              page={at}
              pages={Math.ceil(list.total / size)}
              href={(next) => paths.items(run.id, { ...filter, page: String(next) })}
            />
          </Panel>
        </>
      ),
    });
  },
});

function placeOf(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw notFound("保留されたものが見つかりません。");
  return Number(text);
}

/** A held piece, to be released by a supervisor with a reason. */
export const heldItem = defineRoute({
  ...common,
  method: "get",
  path: "/vaccination/mailings/:run/items/:place",
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
      breadcrumb: [...runCrumbs(run), { title: "保留" }],
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

export const releaseHeld = defineRoute({
  ...common,
  method: "post",
  path: "/vaccination/mailings/:run/items/:place/release",
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
