import { EntryFaults } from "#src/platform/problem.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import { outcomeTitles, routeTitles } from "#workflows/vaccination/records/channels.ts";
import { type PunchedItem, punchedItems } from "../../punched-files/items.ts";
import type { askLayout, ColumnEntry, LayoutRow } from "../../punched-files/layouts.ts";
import { vaccineChoices } from "../records/parts.tsx";

type Asked = Parameters<typeof askLayout>[1];

/** What the codes of an item mean, in words. */
export const codeWords: Partial<Record<PunchedItem, Readonly<Record<string, string>>>> = {
  outcome: outcomeTitles,
  sex: { female: "女", male: "男" },
  route: routeTitles,
};
const itemOfTitle = new Map(
  Object.entries(punchedItems).map(([item, { title }]) => [title as string, item as PunchedItem]),
);
const vaccineOfTitle = new Map(vaccineChoices.map(({ value, label }) => [label, value]));

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
/** `a=b` in two. */
function pairOf(line: string): [string, string] | undefined {
  const at = line.search(/[=＝]/);
  return at > 0 ? [line.slice(0, at).trim(), line.slice(at + 1).trim()] : undefined;
}

/** A layout as it was typed. @throws EntryProblem with the lines that cannot be read */
export function readLayoutForm(form: Values): Asked {
  const faults = new EntryFaults();
  const contractorId = faults.need(
    "contractor",
    form.integer("contractor"),
    "委託先を選んでください。",
  );
  const validFrom = faults.need(
    "validFrom",
    readDate(form.text("validFrom")),
    "いつからの並びかを入力してください。例: R8.12.1",
  );
  const columns = linesOf(form.text("columns")).map((line): ColumnEntry | string => {
    const [heading, title = ""] = pairOf(line) ?? [line, line];
    const item = itemOfTitle.get(title);
    return item ? { heading, item } : line;
  });
  const unread = columns.find((column) => typeof column === "string");
  faults.need(
    "columns",
    columns.length > 0 && unread === undefined ? "read" : undefined,
    unread === undefined
      ? "列を、届く順に1行に1つずつ書いてください。"
      : `「${unread}」が読めません。「委託先の見出し=項目」と書いてください。`,
  );
  const codes: Record<string, Record<string, string>> = {};
  const wrongCode = linesOf(form.text("codes")).find((line) => {
    const [title = "", rest = ""] = line.split(/[ 　]+/, 2);
    const item = itemOfTitle.get(title);
    const [code, word] = pairOf(rest) ?? [];
    const value = Object.entries(codeWords[item ?? "name"] ?? {}).find(([, one]) => one === word);
    if (!item || !code || !value) return true;
    codes[item] = { ...codes[item], [code]: value[0] };
    return false;
  });
  faults.need(
    "codes",
    wrongCode === undefined ? "read" : undefined,
    `「${wrongCode}」が読めません。「区分 1=接種」のように書いてください。`,
  );
  const vaccines: Record<string, string> = {};
  const wrongVaccine = linesOf(form.text("vaccines")).find((line) => {
    const [code, title = ""] = pairOf(line) ?? [];
    const id = vaccineOfTitle.get(title);
    if (!code || !id) return true;
    vaccines[code] = id;
    return false;
  });
  faults.need(
    "vaccines",
    wrongVaccine === undefined ? "read" : undefined,
    `「${wrongVaccine}」が読めません。「委託先のコード=予防接種」と、一覧の名前で書いてください。`,
  );
  faults.end();
  return {
    contractorId,
    validFrom,
    header: form.text("header") !== "none",
    headings: form.text("headings") !== "none",
    delimiter: form.text("delimiter") === "tab" ? "\t" : ",",
    encoding: form.text("encoding") === "shift_jis" ? "shift_jis" : "utf-8",
    dates: form.choice("dates", ["YYYYMMDD", "YYYY-MM-DD", "YYYY/MM/DD", "GYYMMDD"]) ?? "YYYYMMDD",
    columns: columns.filter((column) => typeof column !== "string"),
    codes,
    vaccines,
  };
}

/** Our own columns, as they are typed. */
export const ownColumns = Object.values(punchedItems)
  .map(({ title }) => title)
  .join("\n");

/** A setting in words: its columns, codes and names of vaccines. */
export function layoutInWords({ map }: Pick<LayoutRow, "map">): string[] {
  const { layout, vaccines, header } = map as unknown as {
    header: boolean;
    vaccines: Record<string, string>;
    layout: { columns: (ColumnEntry & { codes?: Record<string, string> })[] };
  };
  const title = (item: string) => punchedItems[item as PunchedItem]?.title ?? item;
  return [
    header ? "先頭の行あり" : "先頭の行なし",
    `列: ${layout.columns.map(({ heading, item }) => (heading === title(item) ? heading : `${heading}→${title(item)}`)).join("、")}`,
    ...layout.columns.flatMap(({ item, codes }) =>
      codes
        ? [
            `${title(item)}: ${Object.entries(codes)
              .map(([code, value]) => `${code}=${codeWords[item as PunchedItem]?.[value] ?? value}`)
              .join("、")}`,
          ]
        : [],
    ),
    ...(Object.keys(vaccines).length > 0
      ? [
          `予防接種: ${Object.entries(vaccines)
            .map(
              ([code, id]) =>
                `${code}=${vaccineChoices.find(({ value }) => value === id)?.label ?? id}`,
            )
            .join("、")}`,
        ]
      : []),
  ];
}
