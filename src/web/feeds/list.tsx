import { holds } from "#src/platform/access/actor.ts";
import {
  allFeeds,
  continueImport,
  feedKind,
  feedKinds,
  feedsForFile,
  type ImportRow,
  listImports,
  pageSize,
  receiveFile,
  stoppedFeeds,
} from "#src/platform/feeds/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { importStateTitles } from "#workflows/feeds/machine.ts";
import {
  Badge,
  Button,
  FileField,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../components/index.ts";
import { showDateShort, showMoment } from "../dates.ts";
import { page, redirect } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";
import { RequestPanel, readRequests } from "./requests.tsx";
import { extentTitles, stateTones } from "./words.ts";

const title = "連携取込";
const shared = { path: "/feeds", purpose: "feed", program: "feeds" } as const;

/** The list of files, and taking one in. */
export const feedListScreens = [
  defineRoute({
    ...shared,
    method: "get",
    right: "feed.read",
    audit: "feeds.listed",
    handle: (request) => listPage(request, {}),
  }),
  defineRoute({
    ...shared,
    method: "post",
    takesFiles: "128mb",
    right: "feed.import",
    audit: "feed.sent",
    async handle(request) {
      const { form, platform, actor, work } = request;
      const file = form.file("file");
      if (!file) return listPage(request, { file: "ファイルを選んでください。" });
      const chosen = form.text("layout");
      const fitting = feedsForFile(await allFeeds(platform), file.name).filter(
        ({ layout }) => chosen === "" || layout.id === chosen,
      );
      const [feed, another] = fitting;
      if (!feed || another) {
        const file =
          "ファイル名が取り決めと違います。正しい名前かどうか、ファイルの種類とあわせて確かめてください。";
        const layout = "ファイルの種類を選んでください。";
        return listPage(request, another ? { layout } : { file });
      }
      try {
        const importId = await receiveFile(platform, actor, feed, {
          name: file.name,
          source: [new Uint8Array(await file.arrayBuffer())],
        });
        await work((unit) => continueImport(unit, importId));
        return redirect(`/feeds/${importId}`, "ファイルを受け取りました。内容を確認しています。");
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
  const { imports, stopped, requests } = await work(async (unit) => ({
    requests: await readRequests(unit),
    imports: await listImports(unit, at),
    stopped: await stoppedFeeds(unit, feedKinds()),
  }));
  const mayImport = holds(actor, "feed.import", { program: "feeds" });
  const layouts = mayImport ? (await allFeeds(platform)).map(({ layout }) => layout) : [];
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {stopped.map(({ kind, since }) => (
          <Notification key={kind.id} tone="warning" title={`${kind.title}が届いていません`}>
            <p>
              最後に反映したファイルの基準日は {showDateShort(since)}{" "}
              です。送付元へ確認してください。
            </p>
          </Notification>
        ))}
        {mayImport && (
          <Panel title="ファイルを取り込む">
            <Form
              action="/feeds"
              files
              class="form stacked"
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
            >
              <FileField
                name="file"
                label="ファイル"
                required
                accept=".csv,.txt,.tsv,.dat"
                hint="受け取ったあと内容を確認します。住民の情報は、別の職員が反映を承認するまで変わりません。"
              />
              <SelectField
                name="layout"
                label="ファイルの種類"
                empty="ファイル名から判断する"
                options={layouts.map((layout) => ({ value: layout.id, label: layout.title }))}
              />
              <Button>取り込む</Button>
            </Form>
          </Panel>
        )}
        <Panel title={`取り込んだファイル ${imports.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="取り込んだファイル"
            columns={columns}
            rows={imports.rows}
            href={({ id }) => `/feeds/${id}`}
            tone={({ state }) => (state === "cancelled" ? "muted" : undefined)}
            empty="まだファイルを取り込んでいません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(imports.total / pageSize)}
            href={(next) => `/feeds?page=${next}`}
          />
        </Panel>
        <RequestPanel counts={requests} />
      </>
    ),
  });
}

const columns = [
  {
    title: "ファイル",
    cell: (entry: ImportRow) => `${feedKind(entry.kind).title} 第${entry.sequence}号`,
    nowrap: true,
  },
  { title: "区分", cell: (entry: ImportRow) => extentTitles[entry.extent], nowrap: true },
  {
    title: "基準日",
    cell: (entry: ImportRow) => showDateShort(entry.fileDate as IsoDate),
    nowrap: true,
  },
  {
    title: "行数",
    cell: (entry: ImportRow) => entry.rowCount.toLocaleString("ja-JP"),
    align: "end" as const,
  },
  {
    title: "状態",
    cell: (entry: ImportRow) => (
      <Badge tone={stateTones[entry.state]}>{importStateTitles[entry.state]}</Badge>
    ),
    nowrap: true,
  },
  { title: "受取", cell: (entry: ImportRow) => showMoment(entry.preparedAt), nowrap: true },
  {
    title: "反映",
    cell: (entry: ImportRow) => (entry.committedAt ? showMoment(entry.committedAt) : "―"),
    nowrap: true,
  },
  { title: "備考", cell: (entry: ImportRow) => entry.problem ?? "" },
];
