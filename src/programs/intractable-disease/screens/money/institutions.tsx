import { holdsForAll } from "#src/platform/access/actor.ts";
import {
  Button,
  FileField,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { institutionsOn, keepInstitutions, readInstitutions } from "../../institutions.ts";

const program = "intractable-disease";
const title = "指定医療機関";
export const institutionsPath = `/${program}/institutions` as const;
const guard = { program, purpose: "administration" } as const;
/** More say no more. */
const faultsShown = 20;

/** 指定医療機関 as they are published: looked through, and taken over from a list. */
export const institutionScreens: AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: institutionsPath,
    right: "case.read",
    audit: "institutions.listed",
    handle: (request) => listPage(request, []),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: institutionsPath,
    right: "case.propose",
    takesFiles: "20mb",
    audit: "institutions.sent",
    async handle(request) {
      const file = request.form.file("file");
      if (!file) return listPage(request, ["CSVファイルを選んでください。"]);
      const rows = readInstitutions(await file.text());
      const faults = rows.flatMap((row) =>
        "fault" in row ? [`${row.line}行目: ${row.fault}`] : [],
      );
      if (rows.length === 0) return listPage(request, ["1行も読めません。"]);
      if (faults.length > 0) return listPage(request, faults);
      const kept = await request.work((unit) =>
        keepInstitutions(
          unit,
          rows.flatMap((row) => ("fault" in row ? [] : [row])),
        ),
      );
      return redirect(
        institutionsPath,
        `${rows.length.toLocaleString("ja-JP")}行を読み、${kept.toLocaleString("ja-JP")}行を登録しました。`,
      );
    },
  }),
];

async function listPage(
  { actor, work, query, platform }: ScreenRequest,
  faults: readonly string[],
): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const words = query.text("words");
  const { rows, total, pages } = await work((unit) =>
    institutionsOn(unit, platform.clock.today(), { words, page: at }),
  );
  const shown = faults.slice(0, faultsShown);
  return page({
    title,
    breadcrumb: [{ title }],
    status: faults.length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {holdsForAll(actor, "case.propose", program) && (
          <Panel title="一覧を取り込む">
            {faults.length > 0 && (
              <Notification tone="error" title="取り込めません。何も登録していません。">
                <ul>
                  {shown.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
                {faults.length > shown.length && `ほか${faults.length - shown.length}行`}
              </Notification>
            )}
            <Form action={institutionsPath} class="form stacked" files>
              <FileField
                name="file"
                label="CSVファイル"
                required
                accept=".csv,text/csv"
                hint="医療機関コード（10桁）, 名称, 指定日, 最後の日（空欄でもよい）の順。文字コードはユニコード。同じコードと指定日の行は改まります。"
              />
              <Button>取り込む</Button>
            </Form>
          </Panel>
        )}
        <Panel title={`今日指定されているもの ${total.toLocaleString("ja-JP")}件`}>
          <form action={institutionsPath} method="get" class="form stacked">
            <TextField name="words" label="コードの始まり、または名称の一部" value={words} />
            <Button look="secondary">探す</Button>
          </form>
          <Table
            caption="指定医療機関"
            rows={rows}
            empty="当てはまる指定医療機関はありません。"
            columns={[
              { title: "コード", cell: ({ code }) => code, nowrap: true },
              { title: "名称", cell: ({ name }) => name },
              {
                title: "指定日",
                cell: ({ validFrom }) => showDateShort(validFrom as IsoDate),
                nowrap: true,
              },
              {
                title: "最後の日",
                cell: ({ validTo }) => (validTo ? showDateShort(validTo as IsoDate) : "―"),
                nowrap: true,
              },
            ]}
          />
          <Pagination
            page={at}
            pages={pages}
            href={(next) =>
              `${institutionsPath}?${new URLSearchParams({ words, page: String(next) })}`
            }
          />
        </Panel>
      </>
    ),
  });
}
