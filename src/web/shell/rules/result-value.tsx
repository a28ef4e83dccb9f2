import { type ComponentChildren, Fragment } from "preact";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { schedule } from "#workflows/vaccination/schedule.ts";
import { DefinitionList, Table } from "../../components/index.ts";
import { showDate } from "../../dates.ts";

/** Names of results in Japanese; a name that is not here is shown as it is. */
const names: Record<string, string> = {
  date: "日",
  years: "年",
  months: "か月",
  long: "和暦",
  short: "和暦（略記）",
  valid: "正しい",
  normalized: "登録する形",
  windows: "接種できる期間",
  due: "次に受けるもの",
  problems: "問題",
  vaccine: "ワクチン",
  dose: "回",
  label: "呼び名",
  from: "開始",
  to: "終了",
  standardFrom: "標準の開始",
  standardTo: "標準の終了",
  earliest: "最も早い日",
  latest: "最も遅い日",
  code: "記号",
  message: "内容",
  characters: "文字",
  check: "検査数字",
  bars: "バー",
  none: "印字しない理由",
  until: "終了",
};

const vaccineTitles = new Map<string, string>(schedule.map(({ id, label }) => [id, label]));

const nameOf = (key: string) => names[key] ?? key;

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Shows what a rule answered: pairs, tables, dates as 和暦 with the western date. */
export function ResultValue({ value }: { value: unknown }): ComponentChildren {
  if (value === null || value === undefined) return "―";
  if (typeof value === "boolean") return value ? "はい" : "いいえ";
  if (typeof value === "number") return value.toLocaleString("ja-JP");
  if (typeof value === "string") {
    return isIsoDate(value) ? `${showDate(value)}（${value.replaceAll("-", "/")}）` : value;
  }
  if (Array.isArray(value)) return <List list={value} />;
  const parts = Object.entries(value);
  const lists = parts.filter(([, part]) => Array.isArray(part) && part.some(isRow));
  const plain = parts.filter((part) => !lists.includes(part));
  return (
    <>
      {plain.length > 0 && (
        <DefinitionList
          items={plain.map(([key, part]) => [nameOf(key), <ResultValue key={key} value={part} />])}
        />
      )}
      {lists.map(([key, part]) => (
        <Fragment key={key}>
          <h3 class="result-title">{nameOf(key)}</h3>
          <ResultValue value={part} />
        </Fragment>
      ))}
    </>
  );
}

function List({ list }: { list: readonly unknown[] }): ComponentChildren {
  if (list.length === 0) return "なし";
  if (!list.every(isRow)) return list.map((item) => String(item)).join(" ");
  const keys = [...new Set(list.flatMap((row) => Object.keys(row)))];
  return (
    <Table
      caption="結果の一覧"
      columns={keys.map((key) => ({
        title: nameOf(key),
        cell: (row: Row) => <ShortValue value={row[key]} vaccine={key === "vaccine"} />,
        nowrap: key !== "message",
      }))}
      rows={list}
    />
  );
}

function ShortValue({ value, vaccine }: { value: unknown; vaccine: boolean }): ComponentChildren {
  if (vaccine) return vaccineTitles.get(String(value)) ?? String(value);
  if (typeof value === "string" && isIsoDate(value)) return showDate(value);
  return <ResultValue value={value} />;
}
