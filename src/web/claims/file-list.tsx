import { holdsForAll } from "#src/platform/access/actor.ts";
import {
  type ClaimFile,
  type ClaimKind,
  claimLayouts,
  listClaimFiles,
  receiveClaimFile,
  rowsAPage,
} from "#src/platform/claims/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { type FileState, fileStates } from "#workflows/claims/file-row.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import {
  Badge,
  Button,
  DateField,
  FieldRow,
  FileField,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  type Tone,
} from "../components/index.ts";
import { readDate, showDateShort, showMoment } from "../dates.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { claimPaths } from "./words.ts";

export const fileTones: Readonly<Record<FileState, Tone>> = {
  taking: "info",
  taken: "success",
  "taking-back": "warning",
  "taken-back": "warning",
};

/** What guards the screens of files of claims. */
export const fileGuard = ({ program }: ClaimKind) =>
  ({ right: "case.enter", program, purpose: "counter" }) as const;

/** The files of claims of a 事務, and receiving one. */
export function fileListScreens(kind: ClaimKind): AnyRoute[] {
  const paths = claimPaths(kind.program);
  const shared = { ...fileGuard(kind), path: paths.files as `/${string}` };
  return [
    defineRoute({
      ...shared,
      method: "get",
      audit: "claims-files.listed",
      handle: (request) => listPage(kind, request, {}),
    }),
    defineRoute({
      ...shared,
      method: "post",
      takesFiles: "20mb",
      audit: "claims-file.sent",
      async handle(request) {
        const { form, work, platform } = request;
        const file = form.file("file");
        const receivedOn = readDate(form.text("receivedOn"));
        const errors: Record<string, string> = {};
        if (!file) errors.file = "ファイルを選んでください。";
        if (!receivedOn) errors.receivedOn = "受付日を入力してください。例: R8.11.20";
        else if (receivedOn > platform.clock.today())
          errors.receivedOn = "受付日に、今日より後の日付は入力できません。";
        if (!file || !receivedOn || errors.receivedOn) return listPage(kind, request, errors);
        try {
          const bytes = new Uint8Array(await file.arrayBuffer());
          const { name } = file;
          const layout = form.text("layout");
          const fileId = await work((unit) =>
            receiveClaimFile(unit, kind, { name, layout, bytes, receivedOn }),
          );
          return redirect(paths.file(fileId), "ファイルを受け取りました。1行ずつ取り込みます。");
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          return listPage(kind, request, { file: error.message });
        }
      },
    }),
  ];
}

async function listPage(
  kind: ClaimKind,
  { work, platform, form, query, actor }: ScreenRequest,
  errors: Record<string, string>,
) {
  const paths = claimPaths(kind.program);
  const at = Math.max(1, query.integer("page") ?? 1);
  const { total, files } = await work((unit) => listClaimFiles(unit, kind, at));
  const layouts = await claimLayouts(platform);
  const heading = `${kind.title} 支給申請のファイル`;
  return page({
    title: heading,
    breadcrumb: [
      { title: "償還払いの受付", path: paths.intake as `/${string}` },
      { title: "支給申請のファイル" },
    ],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        {!holdsForAll(actor, "case.enter", kind.program) && (
          <p class="lead">
            ファイルにはすべての区の方の行があります。すべての区の受付を担当する職員が取り込みます。
          </p>
        )}
        {holdsForAll(actor, "case.enter", kind.program) && (
          <Panel title="ファイルを取り込む">
            <Form
              action={paths.files}
              files
              class="form stacked"
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
            >
              <FileField
                name="file"
                label="ファイル"
                required
                accept=".csv,.txt"
                hint="1行が領収書1枚、申請1件になります。読めない行は誤りの一覧に残り、直して取り込み直せます。"
              />
              <FieldRow>
                <SelectField
                  name="layout"
                  label="ファイルの並び"
                  required
                  value={layouts[0]?.id ?? ""}
                  options={layouts.map(({ id, title }) => ({ value: id, label: title }))}
                />
                <DateField
                  name="receivedOn"
                  label="受付日（行に書かれていないとき）"
                  required
                  value={formatWarekiShort(platform.clock.today())}
                  notAfter={{ on: platform.clock.today(), word: "今日" }}
                />
              </FieldRow>
              <Button>取り込む</Button>
            </Form>
          </Panel>
        )}
        <Panel title={`取り込んだファイル ${total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="取り込んだファイル"
            rows={files}
            href={({ id }) => paths.file(id)}
            tone={({ state }) => (state === "taken-back" ? "muted" : undefined)}
            empty="まだファイルを取り込んでいません。"
            columns={columns}
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / rowsAPage)}
            href={(next) => `${paths.files}?page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}

const many = (count: number) => count.toLocaleString("ja-JP");

const columns = [
  { title: "ファイル", cell: ({ name }: ClaimFile) => name },
  { title: "受取", cell: ({ receivedAt }: ClaimFile) => showMoment(receivedAt), nowrap: true },
  {
    title: "受付日",
    cell: ({ receivedOn }: ClaimFile) => showDateShort(receivedOn as IsoDate),
    nowrap: true,
  },
  { title: "行", cell: ({ rows }: ClaimFile) => many(rows), align: "end" as const },
  {
    title: "受付済み",
    cell: ({ counts }: ClaimFile) => many(counts.claimed + counts.incomplete),
    align: "end" as const,
  },
  { title: "誤り", cell: ({ counts }: ClaimFile) => many(counts.faulty), align: "end" as const },
  {
    title: "状態",
    cell: ({ state }: ClaimFile) => <Badge tone={fileTones[state]}>{fileStates[state]}</Badge>,
    nowrap: true,
  },
];
