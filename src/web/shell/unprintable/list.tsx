import { stringify } from "csv-stringify/sync";
import {
  type CharacterLine,
  formsInList,
  formTitle,
  listCharacters,
} from "#src/platform/printing/index.ts";
import {
  characterPath,
  codeWords,
  kindWords,
  plainOf,
  readCodePoint,
  tableCode,
} from "../../characters.ts";
import {
  Button,
  ButtonLink,
  Disclosure,
  Form,
  PageTitle,
  Pagination,
  SelectField,
  Table,
  Tabs,
  TextField,
} from "../../components/index.ts";
import { dayOf, showDateShort } from "../../dates.ts";
import { download, moveOn, page } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import type { Values } from "../../values.ts";
import { type ProgramTitles, programTitles } from "../staff/duty-words.tsx";

export const title = "外字一覧";
export const guard = { right: "person.read", purpose: "inquiry" } as const;
const pageSize = 50;

/** The 外字一覧 by character, its filter, and the table for whoever makes the font. */
export function unprintableList(programs: readonly ProgramScreens[]) {
  const titles = programTitles(programs);
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: "/unprintable",
      audit: "unprintable.listed",
      handle: (request) => listPage(request, request.query, titles),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: "/unprintable",
      audit: "unprintable.listed",
      async handle(request) {
        const wrong = readQuery(request.form).error;
        return wrong
          ? listPage(request, request.form, titles)
          : moveOn(addressOf(request.form, {}));
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: "/unprintable/characters.csv",
      audit: "unprintable.exported",
      async handle({ query, work }) {
        const lines = await work((unit) => listCharacters(unit, readQuery(query).query));
        return download("gaiji.csv", "text/csv; charset=utf-8", csvOf(lines));
      },
    }),
  ];
}

const names = ["state", "program", "form", "code"] as const;

/** The filter as it stands in the address: it names nothing of a person. */
function addressOf(values: Values, other: Record<string, string>): `/unprintable${string}` {
  const kept = names.map((name) => [name, values.text(name)] as const);
  const all = Object.entries({ ...Object.fromEntries(kept), ...other }).filter(([, text]) => text);
  return all.length > 0 ? `/unprintable?${new URLSearchParams(all)}` : "/unprintable";
}

function readQuery(values: Values) {
  const code = values.text("code");
  const codePoint = readCodePoint(code);
  return {
    query: {
      state: values.choice("state", ["open", "settled"]) ?? ("open" as const),
      program: values.text("program") || undefined,
      form: values.text("form") || undefined,
      codePoint,
    },
    error: code && codePoint === undefined,
  };
}

async function listPage({ work, query }: ScreenRequest, values: Values, titles: ProgramTitles) {
  const { query: wanted, error } = readQuery(values);
  const { lines, kept } = await work(async (unit) => ({
    lines: error ? [] : await listCharacters(unit, wanted),
    kept: await formsInList(unit),
  }));
  const at = Math.max(1, query.integer("page") ?? 1);
  const programOf = (id: string) => titles.get(id) ?? id;
  const tab = (name: string, state: "open" | "settled") => ({
    title: name,
    href: addressOf(values, { state: state === "open" ? "" : state }),
    current: wanted.state === state,
  });
  return page({
    title,
    breadcrumb: [{ title }],
    status: error ? 422 : 200,
    content: (
      <>
        <PageTitle
          actions={
            lines.length > 0 && (
              <ButtonLink
                href={addressOf(values, {}).replace("/unprintable", "/unprintable/characters.csv")}
              >
                フォント作成用のCSV（{lines.length.toLocaleString("ja-JP")}文字）
              </ButtonLink>
            )
          }
        >
          {title}
        </PageTitle>
        <p class="lead">
          どのフォントでも登録どおりに印字できず、帳票を止めた文字です。文字を開くと、止まった人と帳票が分かります。
        </p>
        <Tabs label="処理" tabs={[tab("未処理", "open"), tab("処理済み", "settled")]} />
        <Form
          action="/unprintable"
          values={values}
          errors={error ? { code: "「U+9089」のような番号か、1文字を入力してください。" } : {}}
          keys="search"
          class="search-bar search-form"
        >
          <input type="hidden" name="state" value={wanted.state === "open" ? "" : wanted.state} />
          <TextField name="code" label="文字・番号" width={12} />
          <SelectField
            name="program"
            label="事務"
            empty="すべて"
            options={[...new Set(kept.map(({ program }) => program))].map((value) => ({
              value,
              label: programOf(value),
            }))}
          />
          <SelectField
            name="form"
            label="帳票"
            empty="すべて"
            options={[...new Set(kept.map(({ form }) => form))].map((value) => ({
              value,
              label: formTitle(value),
            }))}
          />
          <Button>絞り込む</Button>
        </Form>
        <Table
          caption={wanted.state === "open" ? "まだ処理していない文字" : "処理した文字"}
          rows={lines.slice((at - 1) * pageSize, at * pageSize)}
          href={characterPath}
          empty={
            wanted.state === "open"
              ? "印字できない文字で止まった帳票はありません。"
              : "処理した文字はありません。"
          }
          columns={[
            { title: "文字番号", cell: codeWords, nowrap: true },
            { title: "基本の字", cell: (line) => plainOf(line) ?? "―", align: "center" },
            { title: "種類", cell: kindWords, nowrap: true },
            {
              title: "人数",
              cell: ({ people }) => `${people.toLocaleString("ja-JP")}人`,
              align: "end",
              nowrap: true,
            },
            { title: "事務", cell: ({ programs }) => programs.map(programOf).join("、") },
            { title: "帳票", cell: ({ forms }) => forms.map(formTitle).join("、") },
            { title: "欄", cell: ({ fields }) => fields.join("、") },
            {
              title: "最初に止まった日",
              cell: ({ since }) => showDateShort(dayOf(since)),
              nowrap: true,
            },
          ]}
        />
        <Pagination
          page={at}
          pages={Math.ceil(lines.length / pageSize)}
          href={(next) => addressOf(values, { page: String(next) })}
        />
        <Disclosure title="処理のしかた">
          <ol class="steps">
            <li>
              CSVをフォントの担当（委託先）に渡します。番号と人数だけで、住民の情報は入りません。
            </li>
            <li>
              外字フォントを置いてもらうか、帳票の設定で縮退（ふつうの字での印字）を認めるか、台帳の文字を確かめます。
            </li>
            <li>
              文字を開いて、どうしたかを記録します。印字できるようになったかは、その場で確かめます。
            </li>
            <li>止まっていた申請の通知書は申請の画面から、一括発送の分は次の回で出します。</li>
          </ol>
        </Disclosure>
      </>
    ),
  });
}

/** For whoever makes the font: numbers of characters and of people, nobody's name. */
const csvOf = (lines: readonly CharacterLine[]): string =>
  stringify(
    [
      ["文字番号", "異体字セレクタ", "文字情報基盤での表記", "種類", "人数", "止まった欄の数"],
      ...lines.map((line) => {
        const [base, selector = ""] = codeWords(line).split(" ");
        return [base, selector, tableCode(line), kindWords(line), line.people, line.entries];
      }),
    ],
    { bom: true, escape_formulas: true },
  );
