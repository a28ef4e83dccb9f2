import { type Actor, holdsForAll } from "#src/platform/access/actor.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  FieldRow,
  FileField,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { openHandovers } from "../../punched-files/handovers.ts";
import { listFiles } from "../../punched-files/lists.ts";
import { continueFile } from "../../punched-files/lots.ts";
import { fileNumber } from "../../punched-files/move.ts";
import { receivePunched } from "../../punched-files/receive.ts";
import { CityWide } from "../city-wide.tsx";
import { paths } from "../paths.ts";
import { rowsAPage } from "../records/parts.tsx";
import { FileBadge, guard, rowsInWords } from "./parts.tsx";

/** パンチデータ: the files of contractors, and receiving one. */
export const fileListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: paths.punchedFiles,
    right: "case.read",
    audit: "punched-files.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: paths.punchedFiles,
    takesFiles: "128mb",
    right: "case.enter",
    audit: "punched-file.sent",
    async handle(request) {
      const { form, platform, actor, work } = request;
      try {
        const file = form.file("file");
        const handoverId = form.text("handover");
        if (!file) throw new EntryProblem("file", "ファイルを選んでください。");
        if (!/^[0-9a-f-]{36}$/.test(handoverId))
          throw new EntryProblem("handover", "どの引渡しのファイルかを選んでください。");
        const fileId = await receivePunched(platform, actor, {
          handoverId,
          name: file.name,
          source: file.stream() as unknown as AsyncIterable<Uint8Array>,
          toldRows: form.integer("toldRows"),
        });
        await work((unit) => continueFile(unit, fileId));
        return redirect(
          paths.punchedFile(fileId),
          "ファイルを受け取りました。内容を点検しています。",
        );
      } catch (error) {
        return listPage(request, sentWith("receive", form, error));
      }
    },
  }),
];

async function listPage({ work, query, actor }: ScreenRequest, sent?: Sent): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const receives = holdsForAll(actor, "case.enter", "vaccination");
  const { files, orders } = await work(async (unit) => ({
    files: await listFiles(unit, { from: (at - 1) * rowsAPage, size: rowsAPage }),
    orders: receives ? await openHandovers(unit) : [],
  }));
  return page({
    title: "予防接種 パンチデータ",
    breadcrumb: [{ title: "パンチデータ" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          actions={
            <>
              <ButtonLink href={paths.handovers}>予診票の授受簿</ButtonLink>
              <ButtonLink href={paths.punchedSettings}>並びと公開鍵</ButtonLink>
            </>
          }
        >
          パンチデータ
        </PageTitle>
        <CityWide actor={actor} />
        <SentNote />
        {receives && <ReceiveForm orders={orders} />}
        <Panel title={`受け取ったファイル ${rowsInWords(files.total)}`}>
          <Table
            caption="受け取ったファイル"
            columns={[
              { title: "番号", cell: ({ file }) => fileNumber(file), nowrap: true },
              { title: "委託先", cell: ({ contractorName }) => contractorName },
              { title: "注文番号", cell: ({ orderNumber }) => orderNumber, nowrap: true },
              { title: "ファイル名", cell: ({ file }) => file.fileName },
              {
                title: "件数",
                cell: ({ file }) => file.rowCount.toLocaleString("ja-JP"),
                align: "end",
              },
              { title: "状態", cell: ({ file }) => <FileBadge state={file.state} />, nowrap: true },
              { title: "受取", cell: ({ file }) => showMoment(file.receivedAt), nowrap: true },
              { title: "備考", cell: ({ file }) => remarkOn(file, actor) },
            ]}
            rows={files.rows}
            href={({ file }) => paths.punchedFile(file.id)}
            tone={({ file }) => (file.state === "cancelled" ? "muted" : undefined)}
            empty="まだファイルを受け取っていません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(files.total / rowsAPage)}
            href={(next) => `${paths.punchedFiles}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

/** What went wrong, or who is waited for. */
function remarkOn(
  { problem, state, receivedBy }: { problem: string | null; state: string; receivedBy: number },
  actor: Actor,
): string {
  if (problem) return problem;
  if (state !== "judged") return "";
  return receivedBy === actor.staffId
    ? "受け取った本人のほかの職員の承認を待っています。"
    : "受け取った職員と修正した職員のほかの、承認できる職員を待っています。";
}

type Orders = Awaited<ReturnType<typeof openHandovers>>;

function ReceiveForm({ orders }: { orders: Orders }) {
  const { values, errors } = useSent("receive");
  return (
    <Panel title="ファイルを受け取る">
      <Form
        action={paths.punchedFiles}
        files
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <FieldRow>
          <SelectField
            name="handover"
            label="引渡し"
            required
            empty={orders.length > 0 ? "選んでください" : "先に授受簿に引渡しを入力してください"}
            options={orders.map(({ handover, contractorName }) => ({
              value: handover.id,
              label: `${handover.orderNumber} ${contractorName} ${handover.slipsSent.toLocaleString("ja-JP")}枚`,
            }))}
          />
          <NumberField
            name="toldRows"
            label="納品書の件数"
            width={8}
            hint="ファイルに件数が入っていない委託先のとき"
          />
        </FieldRow>
        <FileField
          name="file"
          label="ファイル"
          required
          accept=".age"
          hint="市の公開鍵で暗号化されたファイルです。受け取ったあと1件ずつ点検し、別の職員が承認するまで、接種記録には入りません。"
        />
        <Actions>
          <Button>受け取る</Button>
        </Actions>
      </Form>
    </Panel>
  );
}
