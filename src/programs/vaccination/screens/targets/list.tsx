import { holds } from "#src/platform/access/actor.ts";
import { mistakesOf } from "#src/web/cases/sent.tsx";
import {
  Button,
  ButtonLink,
  Form,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDateShort, showMoment } from "#src/web/dates.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { outputs } from "#workflows/vaccination/targets/outputs.ts";
import { endDefinition, listDefinitions } from "../../targets/definitions.ts";
import { extractionNumber, listExtractions } from "../../targets/extractions.ts";
import { paths } from "../paths.ts";
import { ExtractionBadge, figure, rowsAPage } from "./parts.tsx";

const guard = { program: "vaccination", purpose: "mailing" } as const;

/** 対象者抽出: what was extracted, and the definitions that are kept. */
export const targetListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: paths.targets,
    right: "mailing.read",
    audit: "nothing-personal",
    because: "counts by extraction, nobody in particular",
    async handle({ work, query, actor }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const { list, definitions } = await work(async (unit) => ({
        list: await listExtractions(unit, { from: (at - 1) * rowsAPage, size: rowsAPage }),
        definitions: await listDefinitions(unit),
      }));
      const prepares = holds(actor, "mailing.prepare", { program: "vaccination" });
      return page({
        title: "予防接種 対象者抽出",
        breadcrumb: [{ title: "対象者抽出" }],
        content: (
          <>
            <PageTitle
              actions={
                prepares && (
                  <>
                    <ButtonLink href={paths.targetNew} look="primary">
                      新しい抽出
                    </ButtonLink>
                    <ButtonLink href={paths.targetLists}>人の名簿</ButtonLink>
                    <ButtonLink href={paths.pieceResults}>委託先の結果</ButtonLink>
                  </>
                )
              }
            >
              対象者抽出
            </PageTitle>
            <Panel title={`抽出条件 ${figure(definitions.length)}件`}>
              <Table
                caption="抽出条件"
                columns={[
                  { title: "名前", cell: ({ entry }) => entry.title },
                  { title: "作るもの", cell: ({ entry }) => outputs[entry.output] },
                  {
                    title: "毎月",
                    cell: ({ entry }) => (entry.monthly ? "毎月" : "―"),
                    nowrap: true,
                  },
                  {
                    title: "前回の抽出",
                    cell: ({ lastOn }) => (lastOn ? showDateShort(lastOn) : "―"),
                    nowrap: true,
                  },
                  {
                    title: "操作",
                    cell: ({ entry }) =>
                      prepares && (
                        <Form action={`${paths.targets}/definitions/end`} class="inline-buttons">
                          <input type="hidden" name="id" value={String(entry.id)} />
                          <input type="hidden" name="revision" value={String(entry.revision)} />
                          <ButtonLink href={`${paths.targetNew}?definition=${entry.id}`}>
                            この条件で抽出する
                          </ButtonLink>
                          <Button
                            look="quiet"
                            confirm={`抽出条件「${entry.title}」をなくしますか。`}
                          >
                            なくす
                          </Button>
                        </Form>
                      ),
                  },
                ]}
                rows={definitions}
                empty="保存した抽出条件はありません。"
              />
            </Panel>
            <Panel title={`抽出 ${figure(list.total)}件`}>
              <Table
                caption="抽出"
                columns={[
                  { title: "番号", cell: extractionNumber, nowrap: true },
                  { title: "名前", cell: ({ title }) => title },
                  { title: "作るもの", cell: ({ output }) => outputs[output] },
                  {
                    title: "抽出日",
                    cell: ({ asOf }) => showDateShort(asOf as IsoDate),
                    nowrap: true,
                  },
                  {
                    title: "対象",
                    cell: ({ counts }) => figure((counts.included ?? 0) + (counts.protected ?? 0)),
                    align: "end",
                    nowrap: true,
                  },
                  {
                    title: "状態",
                    cell: ({ state }) => <ExtractionBadge state={state} />,
                    nowrap: true,
                  },
                  { title: "実行", cell: ({ madeAt }) => showMoment(madeAt), nowrap: true },
                ]}
                rows={list.rows}
                href={({ id }) => paths.target(id)}
                empty="抽出はまだありません。"
              />
              <Pagination
                page={at}
                pages={Math.ceil(list.total / rowsAPage)}
                href={(next) => `${paths.targets}?page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${paths.targets}/definitions/end` as const,
    right: "mailing.prepare",
    audit: "targets.definition-end-asked",
    async handle({ form, work }) {
      try {
        await work((unit) =>
          endDefinition(unit, form.integer("id") ?? 0, form.integer("revision") ?? 0),
        );
      } catch (error) {
        const message = mistakesOf(error).problem?.message ?? "なくせませんでした。";
        return redirect(paths.targets, { tone: "error", text: message });
      }
      return redirect(paths.targets, "抽出条件をなくしました。");
    },
  }),
];
