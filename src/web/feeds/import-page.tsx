import { stringify } from "csv-stringify/sync";
import {
  feedKind,
  getImport,
  handlersOf,
  type ImportRow,
  type ImportSummary,
  listBadRows,
  nextSteps,
  summarize,
} from "#src/platform/feeds/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { importStateTitles } from "#workflows/feeds/machine.ts";
import {
  Badge,
  ButtonLink,
  DefinitionList,
  LiveRegion,
  Notification,
  PageTitle,
  Panel,
  Progress,
  Tabs,
} from "../components/index.ts";
import { showDateShort, showMoment } from "../dates.ts";
import { download, followed, page } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";
import { readList } from "./lists.tsx";
import { NextStep, type SentApproval } from "./next-step.tsx";
import { extentTitles, faultWords, importTitle, listsOf, stateTones } from "./words.ts";

const shared = { method: "get", right: "feed.read", purpose: "feed", program: "feeds" } as const;

/** A file: what it holds, what it would change, and what is to be done with it. */
export const importScreens = [
  defineRoute({
    ...shared,
    path: "/feeds/:importId",
    audit: "feed.opened",
    handle: (request) => importPage(request),
  }),
  defineRoute({
    ...shared,
    path: "/feeds/:importId/lists/:list",
    audit: "feed.list-opened",
    handle: (request) => importPage(request, request.params.list),
  }),
  defineRoute({
    ...shared,
    path: "/feeds/:importId/progress",
    askedByPage: true,
    audit: "feed.progress-followed",
    handle: ({ params: { importId }, work }) =>
      followed(
        () =>
          work(async (unit) => {
            const entry = await getImport(unit, importId);
            return { entry, summary: await summarize(unit, entry) };
          }),
        {
          show: (seen) => <StepProgress {...seen} />,
          moves: ({ entry }) => isMoving(entry),
        },
      ),
  }),
  defineRoute({
    ...shared,
    path: "/feeds/:importId/faults",
    audit: "feed.faults-taken-out",
    async handle({ params: { importId }, work }) {
      const { entry, faults } = await work(async (unit) => ({
        entry: await getImport(unit, importId),
        faults: (await listBadRows(unit, importId)).rows,
      }));
      const kind = feedKind(entry.kind);
      const rows = faults.map((fault) => {
        const { item, reason } = faultWords(kind, fault);
        return [fault.row, item, reason];
      });
      const name = `errors-${entry.kind}-${String(entry.sequence).padStart(4, "0")}.csv`;
      const text = stringify([["行", "項目", "理由"], ...rows], {
        bom: true,
        escape_formulas: true,
      });
      return download(name, "text/csv; charset=utf-8", text);
    },
  }),
];

const isMoving = ({ state, problem }: ImportRow) =>
  (state === "reviewing" || state === "committing") && !problem;

/** The page of a file; with an approval whose reason was none, its form comes back filled in. */
export async function importPage(
  request: ScreenRequest<"/feeds/:importId">,
  chosen?: string,
  sent?: SentApproval,
) {
  const { platform, query, work } = request;
  const { importId } = request.params;
  const found = await work(async (unit) => {
    const entry = await getImport(unit, importId);
    const summary = await summarize(unit, entry);
    const lists = listsOf(feedKind(entry.kind), entry, summary);
    const list = chosen
      ? lists.find(({ name }) => name === chosen)
      : (lists.find(({ count }) => count > 0) ?? lists[0]);
    if (!list) throw notFound();
    const at = Math.max(1, query.integer("page") ?? 1);
    const settled = entry.state !== "receiving" && entry.state !== "reviewing";
    return {
      entry,
      summary,
      lists,
      list,
      steps: await nextSteps(unit, entry),
      content: settled
        ? await readList({ work: unit, platform, entry, list, page: at })
        : undefined,
      names: await handlersOf(unit, entry),
    };
  });
  const { entry, summary, lists, list, names } = found;
  const title = importTitle(feedKind(entry.kind), entry);
  return page({
    status: sent ? 422 : 200,
    title: `${title} ${importStateTitles[entry.state]}`,
    breadcrumb: [{ title: "連携取込", path: "/feeds" }, { title }],
    content: (
      <>
        <PageTitle
          badge={<Badge tone={stateTones[entry.state]}>{importStateTitles[entry.state]}</Badge>}
        >
          {title}
        </PageTitle>
        {entry.problem && (
          <Notification tone={entry.state === "cancelled" ? "info" : "warning"}>
            <p>{entry.problem}</p>
          </Notification>
        )}
        {isMoving(entry) && (
          <Panel title={entry.state === "reviewing" ? "内容の確認" : "反映"}>
            <LiveRegion source={`/feeds/${entry.id}/progress`}>
              <StepProgress entry={entry} summary={summary} />
            </LiveRegion>
          </Panel>
        )}
        <Panel title="ファイル">
          <DefinitionList columns={3} items={factsOf(entry, summary, names)} />
        </Panel>
        <NextStep entry={entry} steps={found.steps} {...(sent ? { sent } : {})} />
        {found.content && (
          <Panel
            title="内容"
            actions={
              summary.bad > 0 && (
                <ButtonLink href={`/feeds/${entry.id}/faults`} look="quiet" download>
                  取り込めない行の一覧（CSV）
                </ButtonLink>
              )
            }
          >
            <Tabs
              label="内容の一覧"
              tabs={lists.map(({ name, title, count }) => ({
                title,
                href: `/feeds/${entry.id}/lists/${name}`,
                current: name === list.name,
                count,
              }))}
            />
            {found.content}
          </Panel>
        )}
      </>
    ),
  });
}

function StepProgress({ entry, summary }: { entry: ImportRow; summary: ImportSummary }) {
  const { all, reviewed, committed } = summary.lots;
  const done = entry.state === "committing" ? committed : reviewed;
  return <Progress done={done} total={all} label="進み具合" unit="区切り" />;
}

function factsOf(entry: ImportRow, summary: ImportSummary, names: ReadonlyMap<number, string>) {
  const number = (value: number) => value.toLocaleString("ja-JP");
  const { unchanged = 0 } = summary.byVerdict;
  return [
    ["区分", extentTitles[entry.extent]],
    ["基準日", showDateShort(entry.fileDate as IsoDate)],
    ["ファイル名", entry.fileName],
    ["行数", `${number(summary.rows)}行`],
    ["変更なし", `${number(unchanged)}行`],
    ["同じ人の前の行", `${number(summary.superseded)}行`],
    ...(feedKind(entry.kind).needed
      ? [["対象外（保存しない）", `${number(summary.notNeeded)}行`] as const]
      : []),
    ["受取", `${names.get(entry.preparedBy) ?? ""} ${showMoment(entry.preparedAt)}`],
    [
      "反映",
      entry.committedBy && entry.committedAt
        ? `${names.get(entry.committedBy) ?? ""} ${showMoment(entry.committedAt)}`
        : "―",
    ],
    ["反映した行", `${number(summary.written)}行`],
    ...(entry.gapReason ? [["欠番の理由", entry.gapReason] as const] : []),
  ] as const;
}
