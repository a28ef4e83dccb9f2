import {
  feedKind,
  type RequestCounts,
  requestCounts,
  takeRequestList,
} from "#src/platform/feeds/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { Button, Form, Panel, Table } from "../components/index.ts";
import { download } from "../reply.ts";
import { defineRoute } from "../route.ts";

/** Kinds of feed that take only people whom a 事務 needs. */
const kinds = ["tax", "welfare"] as const;

/** Takes the 照会対象者リスト of a kind, for the office that sends it. */
export const requestTaken = defineRoute({
  method: "post",
  path: "/feeds/requests/:kind",
  right: "feed.read",
  program: "feeds",
  purpose: "feed",
  audit: "need.request-asked",
  async handle({ params, form, work }) {
    const kind = kinds.find((one) => one === params.kind);
    if (!kind) throw notFound();
    const extent = form.choice("extent", ["full", "diff"]) ?? "diff";
    const { name, csv } = await work((unit) => takeRequestList(unit, kind, extent));
    return download(name, "text/csv; charset=utf-8", csv);
  },
});

/** What the panel shows; read in the unit of work of the page. */
export const readRequests = (work: Work): Promise<RequestCounts[]> =>
  Promise.all(kinds.map((kind) => requestCounts(work, kind)));

/** 照会対象者リスト: whom the offices that send tax and welfare data are to send. */
export function RequestPanel({ counts }: { counts: RequestCounts[] }) {
  return (
    <Panel title="照会対象者リスト">
      <p>
        税情報と福祉情報は、事務が必要とする方の分だけを受け取ります。リストを担当課へ渡すと、次のファイルにその方の行が入ります。
      </p>
      <Table
        caption="照会対象者リスト"
        rows={counts}
        columns={[
          { title: "種類", cell: ({ kind }) => feedKind(kind).title, nowrap: true },
          { title: "必要な方", cell: ({ needed }) => `${needed.toLocaleString("ja-JP")}人` },
          { title: "前回から追加", cell: ({ added }) => `${added.toLocaleString("ja-JP")}人` },
          { title: "前回から取消", cell: ({ ended }) => `${ended.toLocaleString("ja-JP")}人` },
          {
            title: "取り出す",
            cell: ({ kind }) => (
              <Form action={`/feeds/requests/${kind}`} class="inline-form">
                <Button look="quiet" name="extent" value="diff">
                  差分（CSV）
                </Button>
                <Button look="quiet" name="extent" value="full">
                  全件（CSV）
                </Button>
              </Form>
            ),
          },
        ]}
      />
    </Panel>
  );
}
