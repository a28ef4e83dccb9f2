import { holds } from "#src/platform/access/index.ts";
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
  Checkbox,
  FileField,
  Form,
  PageTitle,
  Pagination,
  Panel,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { moveOn, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  doctorColumns,
  doctorsPerPage,
  keepDoctors,
  listDoctors,
  readDoctors,
} from "../doctors.ts";
import { intractable } from "../index.ts";
import { doctorKindTitles } from "../titles.ts";

const { program, title } = intractable;
export const doctorsPath = "/intractable-disease/doctors";
const most = 20;

/** 指定医の一覧, and taking over the list that the prefecture publishes. */
export const doctorScreens: readonly AnyRoute[] = [
  defineRoute({
    path: doctorsPath,
    program,
    method: "get",
    right: "case.read",
    purpose: "case",
    audit: "nothing-personal",
    because: "the published list of 指定医",
    handle: (request) => doctorsPage(request),
  }),
  defineRoute({
    path: `${doctorsPath}/filter` as const,
    program,
    method: "post",
    right: "case.read",
    purpose: "case",
    audit: "nothing-personal",
    because: "words to look for in the published list of 指定医",
    handle: async ({ form }) =>
      moveOn(`${doctorsPath}?${new URLSearchParams({ q: form.text("q") })}`),
  }),
  defineRoute({
    path: doctorsPath,
    program,
    method: "post",
    right: "case.propose",
    purpose: "case",
    takesFiles: "5mb",
    audit: "doctors.import-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const file = form.file("file");
        if (!file) throw new EntryProblem("file", "ファイルを選んでください。");
        const { rows, faults } = readDoctors(new TextDecoder().decode(await file.arrayBuffer()));
        const dry = form.has("dry");
        if (faults.length > 0 || dry) {
          const words = [
            `取り込める行 ${rows.length}件、誤りのある行 ${faults.length}件です。${dry ? "まだ取り込んでいません。" : "すべての行が正しくなるまで、取り込みません。"}`,
            ...faults.slice(0, most),
            ...(faults.length > most ? [`ほか${faults.length - most}件`] : []),
          ];
          return doctorsPage(
            request,
            { event: "list", form, errors: {} },
            {
              words,
              refused: faults.length > 0,
            },
          );
        }
        const changed = await work((unit) => keepDoctors(unit, rows));
        return redirect(doctorsPath, `${rows.length}件を読み、${changed}件を登録・更新しました。`);
      } catch (error) {
        return doctorsPage(request, sentWith("list", form, error));
      }
    },
  }),
];

async function doctorsPage(
  { work, query, actor }: Pick<ScreenRequest, "work" | "query" | "actor">,
  sent?: Sent,
  told?: { words: readonly string[]; refused: boolean },
): Promise<Reply> {
  const words = query.text("q");
  const at = Math.max(1, query.integer("page") ?? 1);
  const { rows, total } = await work((unit) => listDoctors(unit, { words, page: at }));
  return page({
    title: `${title} 指定医の一覧`,
    breadcrumb: [{ title: "指定医の一覧" }],
    // A file that was only tried, and is right, was not refused.
    status: told && !told.refused ? 200 : statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>指定医の一覧</PageTitle>
        <SentNote />
        {told && (
          <Panel title="ファイルの確認">
            <ul>
              {told.words.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Panel>
        )}
        <Panel title={`指定医 ${total.toLocaleString("ja-JP")}件`}>
          <Form action={`${doctorsPath}/filter`} keys="search" class="form search-form">
            <TextField name="q" label="番号・氏名・医療機関" width={20} value={words} />
            <Button look="secondary">さがす</Button>
          </Form>
          <Table
            caption="指定医の一覧"
            rows={rows}
            empty={words === "" ? "登録がありません。" : "当てはまる指定医はいません。"}
            columns={[
              { title: "指定医番号", cell: ({ number }) => number, nowrap: true },
              { title: "氏名", cell: ({ name }) => name, nowrap: true },
              { title: "診療科", cell: ({ specialty }) => specialty },
              { title: "医療機関", cell: ({ institution }) => institution },
              { title: "種別", cell: ({ kind }) => doctorKindTitles[kind], nowrap: true },
              {
                title: "有効期間",
                cell: ({ validFrom, validTo }) =>
                  `${showDateShort(validFrom as IsoDate)}から${showDateShort(validTo as IsoDate)}まで`,
              },
            ]}
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / doctorsPerPage)}
            href={(next) =>
              `${doctorsPath}?${new URLSearchParams({ q: words, page: String(next) })}`
            }
          />
        </Panel>
        {holds(actor, "case.propose", { program }) && (
          <Panel title="一覧を取り込む">
            <ImportForm />
          </Panel>
        )}
      </SentContext.Provider>
    ),
  });
}

function ImportForm() {
  const { values, errors } = useSent("list");
  return (
    <Form action={doctorsPath} class="form stacked" values={values} errors={errors ?? {}} files>
      <FileField
        name="file"
        label="ファイル（CSV。文字コードはユニコード）"
        required
        accept=".csv,text/csv"
        hint={`見出しは ${doctorColumns.join("、")}。同じ番号と始まりの行は、新しい内容に直します。`}
      />
      <Checkbox name="dry" label="試すだけで、取り込まない" checked={false} />
      <Actions>
        <Button>読み込む</Button>
      </Actions>
    </Form>
  );
}
