import { holds } from "#src/platform/access/actor.ts";
import { notFound } from "#src/platform/problem.ts";
import {
  type FileFigures,
  type FileRow,
  faultsOf,
  figuresOf,
  fileActions,
  getFile,
  linesAPage,
  listReceipts,
  type ReceiptList,
  receiptLists,
} from "#src/platform/receipts/index.ts";
import { faultTitle } from "#workflows/receipts/faults.ts";
import { receiptFileStates } from "#workflows/receipts/machine.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  Badge,
  ButtonLink,
  DefinitionList,
  FilterLinks,
  LiveRegion,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Progress,
  Tabs,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { followed, page } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";
import { BulkForm } from "./bulk.tsx";
import { FileSteps } from "./file-steps.tsx";
import { ReceiptTable } from "./receipt-table.tsx";
import { faultWords, fileTitle, showMonth, stateTones } from "./words.ts";

const shared = { method: "get", right: "receipt.read", purpose: "feed" } as const;
const listNames = Object.keys(receiptLists) as ReceiptList[];

/** A file of receipts: what it holds by outcome, what is against it, and what is to be done. */
export const fileScreens = [
  defineRoute({
    ...shared,
    path: "/receipts/files/:fileId",
    audit: "receipt-file.opened",
    handle: (request) => filePage(request),
  }),
  defineRoute({
    ...shared,
    path: "/receipts/files/:fileId/progress",
    askedByPage: true,
    audit: "receipt-file.progress-followed",
    handle: ({ params: { fileId }, work }) =>
      followed(
        () =>
          work(async (unit) => ({
            file: await getFile(unit, fileId),
            figures: await figuresOf(unit, fileId),
          })),
        { show: (seen) => <StepProgress {...seen} />, moves: ({ file }) => isMoving(file) },
      ),
  }),
];

const isMoving = ({ state, problem }: FileRow) =>
  (state === "judging" || state === "committing") && !problem;

/** The page of a file; `sent` is a form that was not taken, which comes back filled in. */
export async function filePage(
  request: ScreenRequest<"/receipts/files/:fileId">,
  sent?: { form: ScreenRequest["form"]; errors: Record<string, string> },
) {
  const { params, query, work, form } = request;
  const asked = sent ? form : query;
  const found = await work(async (unit) => {
    const file = await getFile(unit, params.fileId);
    const figures = await figuresOf(unit, file.id);
    const list =
      asked.choice("list", listNames) ??
      (["asked", "open", "blocked", "clear"] as const).find((name) => figures.lists[name] > 0) ??
      "clear";
    const fault = asked.text("fault") || undefined;
    if (fault && faultTitle(fault) === fault) throw notFound();
    const at = Math.max(1, asked.integer("page") ?? 1);
    return {
      file,
      figures,
      list,
      fault,
      at,
      steps: await fileActions(unit, file),
      ofFile: await faultsOf(unit, file.id, [0]),
      receipts: await listReceipts(unit, file.id, { list, fault, page: at }),
    };
  });
  const { file, figures, list, fault, at, receipts, ofFile } = found;
  const title = fileTitle(file);
  const path = `/receipts/files/${file.id}`;
  const href = (to: { list: ReceiptList; fault?: string | undefined; page?: number }) =>
    `${path}?${new URLSearchParams({ list: to.list, ...(to.fault && { fault: to.fault }), ...(to.page && { page: `${to.page}` }) })}`;
  return page({
    status: sent ? 422 : 200,
    title: `${title} ${receiptFileStates[file.state]}`,
    breadcrumb: [{ title: "レセプト", path: "/receipts" }, { title }],
    content: (
      <>
        <PageTitle
          badge={<Badge tone={stateTones[file.state]}>{receiptFileStates[file.state]}</Badge>}
        >
          {title}
        </PageTitle>
        {file.problem && (
          <Notification tone={file.state === "cancelled" ? "info" : "warning"}>
            <p>{file.problem}</p>
          </Notification>
        )}
        {isMoving(file) && (
          <Panel title={file.state === "judging" ? "点検" : "反映"}>
            <LiveRegion source={`${path}/progress`}>
              <StepProgress file={file} figures={figures} />
            </LiveRegion>
          </Panel>
        )}
        {ofFile.length > 0 && (
          <Notification tone="warning" title="ファイル全体で合わないところがあります">
            <ul>
              {ofFile.slice(0, 10).map((one) => (
                <li key={`${one.code}${one.line}${one.field}`}>{faultWords(one)}</li>
              ))}
            </ul>
          </Notification>
        )}
        <Panel title="ファイル">
          <DefinitionList columns={3} items={factsOf(file, figures)} />
        </Panel>
        <FileSteps file={file} steps={found.steps} />
        <Panel
          title="レセプト"
          actions={
            list === "returned" &&
            receipts.total > 0 &&
            holds(request.actor, "copy.request") && (
              <ButtonLink href={`/receipts/copies/new?of=returns&file=${file.id}`} look="quiet">
                返戻一覧の写しを申請する
              </ButtonLink>
            )
          }
        >
          <Tabs
            label="レセプトの一覧"
            tabs={listNames.map((name) => ({
              title: receiptLists[name],
              href: href({ list: name }),
              current: name === list,
              count: figures.lists[name],
            }))}
          />
          {figures.faults.length > 0 && (
            <FilterLinks
              label="点検の結果"
              present={fault}
              choices={figures.faults.map(({ code, count }) => ({
                value: code,
                label: `${faultTitle(code).replace(/。$/, "")} ${count}`,
              }))}
              href={(value) => href({ list, fault: value })}
            />
          )}
          <ReceiptTable fileId={file.id} receipts={receipts.rows} ticks={isDecided(file, list)} />
          <Pagination
            page={at}
            pages={Math.ceil(receipts.total / linesAPage)}
            href={(next) => href({ list, fault, page: next })}
          />
          {receipts.total > 0 && isDecided(file, list) && (
            <BulkForm file={file} list={list} actor={request.actor} sent={sent} />
          )}
        </Panel>
      </>
    ),
  });
}

/** Whether something can be decided about receipts of a list now. */
const isDecided = ({ state }: FileRow, list: ReceiptList) =>
  (state === "judged" || state === "committed") &&
  ["open", "blocked", "asked", "queried"].includes(list);

function StepProgress({ file, figures }: { file: FileRow; figures: FileFigures }) {
  const { all, judged, posted } = figures.lots;
  const done = file.state === "committing" ? posted : judged;
  return <Progress done={done} total={all} label="進み具合" unit="区切り" />;
}

function factsOf(file: FileRow, { lists, subsidy }: FileFigures) {
  const number = (value: number) => `${value.toLocaleString("ja-JP")}件`;
  return [
    ["ファイル名", file.fileName],
    ["請求年月", showMonth(file.claimMonth)],
    ["支払年月", showMonth(file.paymentMonth)],
    ["件数", number(file.receiptCount)],
    ["支払えるもの", number(lists.clear + lists.accepted)],
    ["助成額", yen(subsidy)],
    ["決めるもの", number(lists.open + lists.blocked + lists.asked + lists.queried)],
    ["返戻", number(lists.returned)],
    ["受取", showMoment(file.preparedAt)],
    ["反映", file.committedAt ? showMoment(file.committedAt) : "―"],
  ] as const;
}
