import { type ComponentChildren, Fragment } from "preact";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import type { ResultWords } from "#workflows/rules/rule.ts";
import { DefinitionList, Table } from "../../components/index.ts";
import { showDate } from "../../dates.ts";

/** Titles of parts that several rules have; their own stand in the words of a rule. */
const common: Record<string, string> = {
  date: "日",
  years: "年",
  months: "か月",
  long: "和暦",
  short: "和暦（略記）",
  valid: "正しい",
  normalized: "登録する形",
  label: "呼び名",
  from: "開始",
  to: "終了",
  code: "記号",
  message: "内容",
  characters: "文字",
  check: "検査数字",
  bars: "バー",
  none: "印字しない理由",
  until: "終了",
};

const titleOf = (key: string, { parts = {} }: ResultWords) => parts[key] ?? common[key] ?? key;

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Shown<Value> {
  value: Value;
  words: ResultWords;
}

/** Shows what a rule answered: pairs, tables, dates as 和暦 with the western date. */
export function ResultValue({ value, words }: Shown<unknown>): ComponentChildren {
  if (value === null || value === undefined) return "―";
  if (typeof value === "boolean") return value ? "はい" : "いいえ";
  if (typeof value === "number") return value.toLocaleString("ja-JP");
  if (typeof value === "string") {
    return isIsoDate(value) ? `${showDate(value)}（${value.replaceAll("-", "/")}）` : value;
  }
  if (Array.isArray(value)) return <List value={value} words={words} />;
  const parts = Object.entries(value);
  const lists = parts.filter(([, part]) => Array.isArray(part) && part.some(isRow));
  const plain = parts.filter((part) => !lists.includes(part));
  return (
    <>
      {plain.length > 0 && (
        <DefinitionList
          items={plain.map(([key, part]) => [
            titleOf(key, words),
            <ResultValue key={key} value={part} words={words} />,
          ])}
        />
      )}
      {lists.map(([key, part]) => (
        <Fragment key={key}>
          <h3 class="result-title">{titleOf(key, words)}</h3>
          <ResultValue value={part} words={words} />
        </Fragment>
      ))}
    </>
  );
}

function List({ value: list, words }: Shown<readonly unknown[]>): ComponentChildren {
  if (list.length === 0) return "なし";
  if (!list.every(isRow)) return list.map((item) => String(item)).join(" ");
  const keys = [...new Set(list.flatMap((row) => Object.keys(row)))];
  return (
    <Table
      caption="結果の一覧"
      columns={keys.map((key) => ({
        title: titleOf(key, words),
        cell: (row: Row) => (
          <ShortValue value={row[key]} words={words} titles={words.values?.[key] ?? {}} />
        ),
        nowrap: key !== "message",
      }))}
      rows={list}
    />
  );
}

function ShortValue({
  value,
  words,
  titles,
}: Shown<unknown> & { titles: Readonly<Record<string, string>> }): ComponentChildren {
  if (typeof value === "string" && Object.hasOwn(titles, value)) return titles[value];
  if (typeof value === "string" && isIsoDate(value)) return showDate(value);
  return <ResultValue value={value} words={words} />;
}
