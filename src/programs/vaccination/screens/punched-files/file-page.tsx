import { holdsForAll } from "#src/platform/access/actor.ts";
import { type Sent, SentContext, SentNote, statusOf } from "#src/web/cases/sent.tsx";
import {
  Badge,
  DefinitionList,
  LiveRegion,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Progress,
  Table,
  Tabs,
} from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { followed, page, type Reply } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import {
  type DropReason,
  dropTitles,
  punchedFaults,
  readFault,
} from "#workflows/vaccination/punched-files/faults.ts";
import { doubtWords } from "#workflows/vaccination/records/doubts.ts";
import { punchedItemTitle } from "../../punched-files/items.ts";
import { figuresOf, listRows, type RowList, rowLists } from "../../punched-files/lists.ts";
import { type FileRow, fileActions, fileNumber, getFile } from "../../punched-files/move.ts";
import { accuracyOf } from "../../punched-files/rekeying.ts";
import type { PunchedRow } from "../../punched-files/rows.ts";
import { paths } from "../paths.ts";
import { rowsAPage } from "../records/parts.tsx";
import { AccuracyPanel } from "./accuracy-panel.tsx";
import { FileSteps } from "./file-steps.tsx";
import { FileBadge, fileStateTitle, guard, isMoving, rowsInWords } from "./parts.tsx";

const listNames = Object.keys(rowLists) as RowList[];
type Figures = Awaited<ReturnType<typeof figuresOf>>;

/** A file: what is in it, what would become of its rows, and what is to be done. */
export const filePageScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: "/vaccination/punched-files/:fileId",
    right: "case.read",
    audit: "punched-file.looked-at",
    handle: (request) => filePage(request),
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: "/vaccination/punched-files/:fileId/progress",
    right: "case.read",
    askedByPage: true,
    audit: "punched-file.progress-followed",
    handle: ({ params: { fileId }, work }) =>
      followed(
        () =>
          work(async (unit) => ({
            file: (await getFile(unit, fileId)).file,
            figures: await figuresOf(unit, fileId),
          })),
        { show: (seen) => <StepProgress {...seen} />, moves: ({ file }) => isMoving(file) },
      ),
  }),
];

/** The page of a file; `sent` is a form of it that was not taken. */
export async function filePage(
  request: ScreenRequest<"/vaccination/punched-files/:fileId">,
  sent?: Sent,
): Promise<Reply> {
  const { params, query, work, actor } = request;
  const at = Math.max(1, query.integer("page") ?? 1);
  const found = await work(async (unit) => {
    const known = await getFile(unit, params.fileId);
    const figures = await figuresOf(unit, known.file.id);
    const list =
      query.choice("list", listNames) ??
      listNames.find((name) => figures.lists[name] > 0) ??
      "recorded";
    return {
      ...known,
      figures,
      list,
      steps: await fileActions(unit, known.file),
      accuracy: await accuracyOf(unit, known.file.id),
      rows: await listRows(unit, known.file.id, {
        list,
        from: (at - 1) * rowsAPage,
        size: rowsAPage,
      }),
    };
  });
  const { file, handover, contractor, figures, list, rows } = found;
  const title = `パンチデータ ${fileNumber(file)}`;
  const path = paths.punchedFile(file.id);
  const whole = file.toldRows === file.rowCount && file.sumFits !== false;
  return page({
    title: `${title} ${fileStateTitle(file.state)}`,
    status: statusOf(sent),
    breadcrumb: [{ title: "パンチデータ", path: paths.punchedFiles }, { title: fileNumber(file) }],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<FileBadge state={file.state} />}>{title}</PageTitle>
        <SentNote />
        {file.problem && (
          <Notification tone={file.state === "cancelled" ? "info" : "warning"}>
            <p>{file.problem}</p>
          </Notification>
        )}
        {file.state !== "receiving" && file.state !== "cancelled" && !whole && (
          <Notification tone="error" title="このファイルは壊れているおそれがあり、取り込めません。">
            <ul>
              {file.toldRows !== file.rowCount && (
                <li>
                  件数が合いません（ファイルの表示 {rowsInWords(file.toldRows ?? 0)}、中の行{" "}
                  {rowsInWords(file.rowCount)}）。
                </li>
              )}
              {file.sumFits === false && <li>検査値が合いません。途中で内容が変わっています。</li>}
            </ul>
          </Notification>
        )}
        {isMoving(file) && (
          <Panel title={file.state === "judging" ? "点検" : "取込"}>
            <LiveRegion source={`${path}/progress`}>
              <StepProgress file={file} figures={figures} />
            </LiveRegion>
          </Panel>
        )}
        <Panel title="ファイル">
          <DefinitionList
            columns={3}
            items={[
              ["委託先", contractor.name],
              [
                "注文番号",
                <a key="order" href={paths.handover(handover.id)}>
                  {handover.orderNumber}
                </a>,
              ],
              ["引き渡した枚数", `${handover.slipsSent.toLocaleString("ja-JP")}枚`],
              ["ファイル名", file.fileName],
              ["件数", rowsInWords(file.rowCount)],
              ["文字コード", file.encoding === "utf-8" ? "ユニコード" : "シフトジス"],
              ["受取", showMoment(file.receivedAt)],
              ["承認", file.approvedAt ? showMoment(file.approvedAt) : "―"],
              ["取込", file.takenAt ? showMoment(file.takenAt) : "―"],
            ]}
          />
        </Panel>
        <FileSteps
          file={file}
          steps={found.steps}
          faulty={figures.lists.faulty}
          returned={figures.lists.returned}
          enters={holdsForAll(actor, "case.enter", "vaccination")}
        />
        <Panel title="内容">
          <Tabs
            label="行の一覧"
            tabs={listNames.map((name) => ({
              title: rowLists[name],
              href: `${path}?list=${name}`,
              current: name === list,
              count: figures.lists[name],
            }))}
          />
          <Codes figures={figures} list={list} />
          <Table
            caption={rowLists[list]}
            columns={rowColumns}
            rows={rows}
            href={({ row }) => paths.punchedRow(file.id, row)}
            empty="この一覧に行はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(figures.lists[list] / rowsAPage)}
            href={(next) => `${path}?list=${list}&page=${next}`}
          />
        </Panel>
        <AccuracyPanel
          file={file}
          accuracy={found.accuracy}
          enters={holdsForAll(actor, "case.enter", "vaccination")}
        />
      </SentContext.Provider>
    ),
  });
}

/** What is wrong how often, above the list it concerns. */
function Codes({ figures, list }: { figures: Figures; list: RowList }) {
  const kind = list === "faulty" || list === "returned" ? "fault" : "doubt";
  const found = figures.codes.filter((one) => one.kind === kind).slice(0, 12);
  if (found.length === 0 || !["faulty", "returned", "doubtful", "unmatched"].includes(list))
    return null;
  return (
    <p class="lead">
      {found.map(({ code, count }) => (
        <Badge key={code} tone="neutral">
          {`${kind === "fault" ? faultInWords(code) : doubtWords([code]).join("")} ${count}`}
        </Badge>
      ))}
    </p>
  );
}

/** `接種日: 日付として読めないか、存在しない日です。` */
export function faultInWords(text: string): string {
  const { item, code } = readFault(text);
  return `${punchedItemTitle(item)}: ${punchedFaults[code] ?? code}`;
}

const rowStates: Record<PunchedRow["state"], string> = {
  ready: "取込待ち",
  faulty: "エラー",
  taken: "取込済み",
  returned: "委託先へ戻した",
  dropped: "取り込まない",
};

const rowColumns = [
  {
    title: "行",
    cell: ({ row }: PunchedRow) => row.toLocaleString("ja-JP"),
    align: "end" as const,
  },
  { title: "状態", cell: ({ state }: PunchedRow) => rowStates[state], nowrap: true },
  {
    title: "理由",
    cell: ({ faults, doubts, reason, state }: PunchedRow) =>
      state === "dropped"
        ? dropTitles[reason as DropReason]
        : [...faults.map(faultInWords), ...doubtWords(doubts)].join(" ") || "―",
  },
  {
    title: "手で直した",
    cell: ({ correctedBy }: PunchedRow) => (correctedBy === null ? "" : "はい"),
    nowrap: true,
  },
];

function StepProgress({ file, figures }: { file: FileRow; figures: Figures }) {
  const { all, judged, taken } = figures.lots;
  return (
    <Progress
      done={file.state === "taking" ? taken : judged}
      total={all}
      label="進み具合"
      unit="区切り"
    />
  );
}
