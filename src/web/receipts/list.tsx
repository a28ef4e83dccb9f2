import { holds } from "#src/platform/access/actor.ts";
import { Problem } from "#src/platform/problem.ts";
import {
  continueFile,
  type FileRow,
  linesAPage,
  listFiles,
  receiptLayouts,
  receiptProgramShortTitle,
  receiveReceipts,
} from "#src/platform/receipts/index.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { channelTitles, type ReceiptChannel } from "#workflows/receipts/decisions.ts";
import { receiptFileStates } from "#workflows/receipts/machine.ts";
import {
  Badge,
  Button,
  choicesOf,
  FieldRow,
  FileField,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { page, redirect } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";
import { fileTitle, monthChoices, showMonth, stateTones } from "./words.ts";

const title = "レセプト";
const channels = Object.keys(channelTitles) as ReceiptChannel[];
const isMonth = (text: string): text is IsoMonth => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** The files of receipts, and taking one in. */
export const listScreens = [
  defineRoute({
    method: "get",
    path: "/receipts",
    right: "receipt.read",
    purpose: "feed",
    audit: "receipt-files.listed",
    handle: (request) => listPage(request, {}),
  }),
  defineRoute({
    method: "post",
    path: "/receipts",
    takesFiles: "128mb",
    right: "feed.import",
    program: "receipts",
    purpose: "feed",
    audit: "receipt-file.sent",
    async handle(request) {
      const { form, platform, actor, work } = request;
      const file = form.file("file");
      const channel = form.choice("channel", channels);
      const [claimMonth, paymentMonth] = [form.text("claim-month"), form.text("payment-month")];
      const errors: Record<string, string> = {};
      if (!file) errors.file = "ファイルを選んでください。";
      if (!channel) errors.channel = "どこから届いたかを選んでください。";
      if (!isMonth(claimMonth)) errors["claim-month"] = "請求年月を選んでください。";
      if (!isMonth(paymentMonth)) errors["payment-month"] = "支払年月を選んでください。";
      else if (paymentMonth < claimMonth)
        errors["payment-month"] = "支払年月が、請求年月より前です。";
      if (
        !file ||
        !channel ||
        !isMonth(claimMonth) ||
        !isMonth(paymentMonth) ||
        errors["payment-month"]
      )
        return listPage(request, errors);
      try {
        const fileId = await receiveReceipts(platform, actor, {
          name: file.name,
          source: [new Uint8Array(await file.arrayBuffer())],
          channel,
          claimMonth,
          paymentMonth,
          layout: form.text("layout") || undefined,
        });
        await work((unit) => continueFile(unit, fileId));
        return redirect(
          `/receipts/files/${fileId}`,
          "ファイルを受け取りました。内容を点検しています。",
        );
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return listPage(request, { file: error.message });
      }
    },
  }),
];

async function listPage(
  { actor, work, platform, form, query }: ScreenRequest,
  errors: Record<string, string>,
) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const files = await work((unit) => listFiles(unit, at));
  const mayImport = holds(actor, "feed.import", { program: "receipts" });
  const layouts = mayImport ? await receiptLayouts(platform) : [];
  const thisMonth = platform.clock.today().slice(0, 7);
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {mayImport && (
          <Panel title="ファイルを取り込む">
            <Form
              action="/receipts"
              files
              class="form stacked"
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
            >
              <FileField
                name="file"
                label="ファイル"
                required
                accept=".uke,.csv,.txt"
                hint="受け取ったあと1件ずつ点検します。別の職員が反映を承認するまで、給付台帳には載りません。"
              />
              <FieldRow>
                <SelectField
                  name="channel"
                  label="届いたところ"
                  required
                  empty="選んでください"
                  options={choicesOf(channelTitles)}
                />
                <SelectField
                  name="claim-month"
                  label="請求年月"
                  required
                  value={thisMonth}
                  options={monthChoices(thisMonth, { before: 24, after: 0 })}
                />
                <SelectField
                  name="payment-month"
                  label="支払年月"
                  required
                  value={monthChoices(thisMonth, { before: 0, after: 1 })[0]?.value ?? ""}
                  options={monthChoices(thisMonth, { before: 24, after: 3 })}
                />
                <SelectField
                  name="layout"
                  label="ファイルの種類"
                  empty="レセプト電算処理システムの記録"
                  options={layouts.map((layout) => ({ value: layout.id, label: layout.title }))}
                />
              </FieldRow>
              <Button>取り込む</Button>
            </Form>
          </Panel>
        )}
        <Panel title={`取り込んだファイル ${files.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="取り込んだファイル"
            columns={columns}
            rows={files.rows}
            href={({ id }) => `/receipts/files/${id}`}
            tone={({ state }) =>
              state === "cancelled" || state === "withdrawn" ? "muted" : undefined
            }
            empty="まだファイルを取り込んでいません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(files.total / linesAPage)}
            href={(next) => `/receipts?page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}

/** Files of a month and channel may be of different 事務; known once a file was judged. */
const programsOf = ({ programs }: FileRow): string =>
  programs.map(receiptProgramShortTitle).join("、") || "―";

const columns = [
  { title: "ファイル", cell: fileTitle, nowrap: true },
  { title: "事務", cell: (file: FileRow) => programsOf(file) },
  { title: "支払年月", cell: (file: FileRow) => showMonth(file.paymentMonth), nowrap: true },
  {
    title: "件数",
    cell: (file: FileRow) => file.receiptCount.toLocaleString("ja-JP"),
    align: "end" as const,
  },
  {
    title: "状態",
    cell: (file: FileRow) => (
      <Badge tone={stateTones[file.state]}>{receiptFileStates[file.state]}</Badge>
    ),
    nowrap: true,
  },
  { title: "受取", cell: (file: FileRow) => showMoment(file.preparedAt), nowrap: true },
  {
    title: "反映",
    cell: (file: FileRow) => (file.committedAt ? showMoment(file.committedAt) : "―"),
    nowrap: true,
  },
  { title: "備考", cell: (file: FileRow) => file.problem ?? "" },
];
