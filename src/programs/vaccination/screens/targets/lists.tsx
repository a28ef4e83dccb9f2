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
  FieldRow,
  FileField,
  Form,
  PageTitle,
  Panel,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { keepPersonList, listPersonLists } from "../../targets/person-lists.ts";
import { paths } from "../paths.ts";
import { figure } from "./parts.tsx";

const common = {
  path: paths.targetLists,
  right: "mailing.prepare",
  program: "vaccination",
  purpose: "mailing",
} as const;

/** 人の名簿: numbers that are handed in as a file, to be looked among. */
export const personListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...common,
    method: "get",
    audit: "nothing-personal",
    because: "titles and counts of lists",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...common,
    method: "post",
    takesFiles: "5mb",
    audit: "targets.list-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const title = form.text("title");
        if (title === "" || title.length > 60)
          throw new EntryProblem("title", "名簿の名前を60字までで入力してください。");
        const file = form.file("file");
        if (!file) throw new EntryProblem("file", "ファイルを選んでください。");
        const text = new TextDecoder().decode(await file.arrayBuffer());
        await work((unit) => keepPersonList(unit, title, text));
      } catch (error) {
        return listPage(request, sentWith("list", form, error));
      }
      return redirect(paths.targetLists, "名簿を登録しました。");
    },
  }),
];

async function listPage({ work }: Pick<ScreenRequest, "work">, sent?: Sent): Promise<Reply> {
  const rows = await work(listPersonLists);
  return page({
    title: "予防接種 人の名簿",
    breadcrumb: [{ title: "対象者抽出", path: paths.targets }, { title: "人の名簿" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>人の名簿</PageTitle>
        <SentNote />
        <Panel title="登録する">
          <ListForm />
        </Panel>
        <Panel title={`登録した名簿 ${figure(rows.length)}件`}>
          <Table
            caption="人の名簿"
            columns={[
              { title: "名前", cell: ({ title }) => title },
              { title: "人数", cell: ({ people }) => figure(people), align: "end", nowrap: true },
              { title: "登録", cell: ({ madeAt }) => showMoment(madeAt), nowrap: true },
            ]}
            rows={rows}
            empty="登録した名簿はありません。"
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function ListForm() {
  const { values, errors } = useSent("list");
  return (
    <Form
      action={paths.targetLists}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
      files
    >
      <FieldRow>
        <TextField name="title" label="名簿の名前" required width={30} />
        <FileField
          name="file"
          label="ファイル"
          required
          accept=".csv,.txt"
          hint="1行に1人、先頭の項目を統合宛名番号（10桁）にしたCSVかテキスト。個人番号は入れません。"
        />
      </FieldRow>
      <Actions>
        <Button>登録する</Button>
      </Actions>
    </Form>
  );
}
