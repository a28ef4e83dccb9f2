import type { Certainty, DatedParameter } from "#workflows/parameters/dated.ts";
import { isOptional, type Rule } from "./rule.ts";

const certainties: Readonly<Record<Certainty, string>> = {
  established: "確認済み",
  probable: "おおむね確か(要確認)",
  assumed: "仮設定(市が確かめる)",
};

/** The rules as a chapter for the people who look after the schemes: fields, basis, parameters, examples. */
export function documentRules(rules: readonly Rule[]): string {
  const head = [
    "# 制度の計算",
    "",
    "すべての計算の入力、根拠、日付つきの設定値(パラメータ)、計算例と、確かめられていない事項の一覧です。",
    "このファイルは `npm run -s rules -- document > docs/rules.md` で作ります。",
    "",
  ];
  return `${[...head, ...rules.map(documentRule)].join("\n").trimEnd()}\n`;
}

function documentRule(rule: Rule): string {
  const fields = Object.entries(rule.fields).map(
    ([name, field]) =>
      `| \`${name}\` | ${field.label} | ${isOptional(field) ? "" : "必須"} | ${code(field.example)} |`,
  );
  const runs = rule.examples.map(({ input }) => rule.run(input));
  const basis = new Set(runs.flatMap((output) => (output.ok ? output.basis : [])));
  return [
    `## \`${rule.id}\` ${rule.title}`,
    "",
    `${rule.summary}。`,
    "",
    "| 項目 | 名前 | | 例 |",
    "|---|---|---|---|",
    ...fields,
    "",
    "根拠(計算例のもの):",
    "",
    ...[...basis].map((text) => `- ${text}`),
    "",
    ...documentParameters(rule.parameters),
    ...section("確かめられていない事項:", rule.notEstablished),
    "計算例:",
    "",
    ...rule.examples.map(
      ({ title, input, expected }) =>
        `- ${title}\n  - 入力 ${code(input)}\n  - 結果 ${code(expected)}`,
    ),
    "",
  ].join("\n");
}

function documentParameters(parameters: readonly DatedParameter<unknown>[]): string[] {
  if (parameters.length === 0) return [];
  const named = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const rows = [...named.values()].flatMap(({ name, rows }) =>
    rows.map(
      ({ from, to, source, certainty }) =>
        `| ${name} | ${from} | ${to ?? ""} | ${source} | ${certainties[certainty]} |`,
    ),
  );
  return ["| 設定値 | から | まで | 出典 | 確かさ |", "|---|---|---|---|---|", ...rows, ""];
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, "", ...items.map((item) => `- ${item}`), ""];
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}
