import {
  type CopyQuery,
  copyStandingTitles,
  countCopies,
  type ListCopy,
  listCopies,
} from "#src/platform/documents/index.ts";
import {
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  FieldRow,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../../components/index.ts";
import { copyColumns } from "../../copies/columns.tsx";
import { copiesPath } from "../../copies/paths.ts";
import { readDate, showMoment } from "../../dates.ts";
import { moveOn, page } from "../../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import type { Values } from "../../values.ts";
import { logTitle } from "../audit/log-copies.tsx";

export const copiesTitle = "複製・外部への提出の記録";
const path = "/copies";
const perPage = 50;
/** As many as go on paper at once; whoever needs more narrows by day. */
const mostPrinted = 1000;

/** The register of all copies (USE-9): who asked, who allowed, what, when it went out, by when it is erased, and that it was. */
export function allCopies(programs: readonly ProgramScreens[]): AnyRoute[] {
  const titles = new Map([
    ...programs.map(({ id, title }) => [id, title] as const),
    ["audit", logTitle] as const,
  ]);
  const guard = { right: "copy.read", purpose: "audit" } as const;
  return [
    // Forms are sent; what was chosen is nothing personal and stands in the address.
    defineRoute({
      ...guard,
      method: "post",
      path,
      audit: "nothing-personal",
      because: "leads to the page that was chosen, which records the reading",
      async handle({ form, work }) {
        const { errors, address } = readFilter(form, titles);
        if (Object.keys(errors).length > 0) return registerPage({ values: form, work }, titles);
        return moveOn(address ? `${path}?${address}` : path);
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path,
      audit: "list-copy.all-listed",
      handle: ({ query, work }) => registerPage({ values: query, work }, titles),
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: `${path}/print` as const,
      audit: "list-copy.all-printed",
      async handle({ query: values, work, platform, actor }) {
        const { query } = readFilter(values, titles);
        const { rows, total } = await work(async (unit) => ({
          rows: await listCopies(unit, query, { from: 0, size: mostPrinted }),
          total: await countCopies(unit, query),
        }));
        const count = (n: number) => `${n.toLocaleString("ja-JP")}件`;
        return page({
          title: copiesTitle,
          breadcrumb: [{ title: copiesTitle, path }, { title: "印刷用" }],
          content: (
            <>
              <PageTitle>{copiesTitle}</PageTitle>
              <p class="lead">
                {wordsOf(query, titles)}　
                {total > rows.length
                  ? `${count(total)}のうち新しい${count(rows.length)}。残りは期間で絞り込んでください。`
                  : count(total)}
                　{showMoment(platform.clock.now())}　{actor.staffName}
              </p>
              <CopyTable rows={rows} titles={titles} />
            </>
          ),
        });
      },
    }),
  ];
}

type Titles = ReadonlyMap<string, string>;

async function registerPage(
  { values, work }: Pick<ScreenRequest, "work"> & { values: Values },
  titles: Titles,
) {
  const { query, errors, address } = readFilter(values, titles);
  const at = Math.max(1, values.integer("page") ?? 1);
  const { rows, total } = await work(async (unit) => ({
    rows: await listCopies(unit, query, { from: (at - 1) * perPage, size: perPage }),
    total: await countCopies(unit, query),
  }));
  return page({
    title: copiesTitle,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    breadcrumb: [{ title: copiesTitle }],
    content: (
      <>
        <PageTitle
          actions={<ButtonLink href={`${path}/print?${address}`}>印刷用に開く</ButtonLink>}
        >
          {copiesTitle}
        </PageTitle>
        <Filter values={values} errors={errors} titles={titles} />
        <Panel title={`記録 ${total.toLocaleString("ja-JP")}件`}>
          <CopyTable rows={rows} titles={titles} linked />
          <Pagination
            page={at}
            pages={Math.max(1, Math.ceil(total / perPage))}
            href={(next) => `${path}?${address}&page=${next}`}
          />
        </Panel>
        <p class="lead">
          委託先に渡したものは授受簿に、他の機関への提供は「提供・移転の記録」に、バックアップは「保存期間と消去」にあります。
        </p>
      </>
    ),
  });
}

function readFilter(values: Values, titles: Titles) {
  const errors: Record<string, string> = {};
  const day = (name: string) => {
    const text = values.text(name);
    const read = readDate(text);
    if (text && !read) errors[name] = "日付として読めません。例: R8.11.20";
    return read;
  };
  const program = values.text("program");
  const query: CopyQuery = {
    program: titles.has(program) ? program : undefined,
    standing: values.choice(
      "standing",
      Object.keys(copyStandingTitles) as (keyof typeof copyStandingTitles)[],
    ),
    from: day("from"),
    to: day("to"),
  };
  const address = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return { query, errors, address: address.toString() };
}

const wordsOf = ({ program, standing, from, to }: CopyQuery, titles: Titles) =>
  [
    program && titles.get(program),
    standing && copyStandingTitles[standing],
    from && `${from}から`,
    to && `${to}まで`,
  ]
    .filter(Boolean)
    .join("・") || "すべて";

function Filter(props: { values: Values; errors: Record<string, string>; titles: Titles }) {
  const { values, errors, titles } = props;
  return (
    <Panel title="絞り込み">
      <Form action={path} values={values} errors={errors} keys="search" class="form stacked">
        <FieldRow>
          <SelectField
            name="program"
            label="事務"
            empty="すべて"
            options={choicesOf(Object.fromEntries(titles))}
          />
          <SelectField
            name="standing"
            label="状態"
            empty="すべて"
            options={choicesOf(copyStandingTitles)}
          />
          <DateField name="from" label="申請日（から）" />
          <DateField name="to" label="申請日（まで）" />
          <div class="row-button">
            <Button>絞り込む</Button>
          </div>
        </FieldRow>
      </Form>
    </Panel>
  );
}

const CopyTable = (props: { rows: readonly ListCopy[]; titles: Titles; linked?: boolean }) => (
  <Table
    caption={copiesTitle}
    rows={props.rows}
    empty="条件に合う記録はありません。"
    columns={[
      {
        title: "事務",
        cell: ({ program }) => {
          const title = props.titles.get(program) ?? program;
          // Whoever reads the whole register holds no right to those of the 事務, but to that of the log.
          return props.linked && program === "audit" ? (
            <a href={copiesPath(program)}>{title}</a>
          ) : (
            title
          );
        },
        nowrap: true,
      },
      ...copyColumns<ListCopy>((copy) => copy),
    ]}
  />
);
