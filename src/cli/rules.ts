import { once } from "node:events";
import { createInterface } from "node:readline";
import { findRule, rules } from "#src/platform/rules.ts";
import { documentRules } from "#workflows/rules/document.ts";
import type { Rule, RuleOutput } from "#workflows/rules/rule.ts";

const USAGE = "使い方: npm run -s rules -- list | npm run -s rules -- RULE < 入力.jsonl";

/** Runs a rule on one line; a line that is no JSON is an error of its own. */
function runLine(rule: Rule, line: string): RuleOutput {
  let input: unknown;
  try {
    input = JSON.parse(line);
  } catch {
    return { ok: false, error: { field: "", message: "JSONとして読めない行です。" } };
  }
  return rule.run(input);
}

async function main(id: string | undefined): Promise<number> {
  if (id === "list") {
    for (const { id, title, summary } of rules) console.log(`${id}\t${title}: ${summary}`);
    return 0;
  }
  if (id === "document") {
    process.stdout.write(documentRules(rules));
    return 0;
  }
  const rule = id === undefined ? undefined : findRule(id);
  if (!rule) {
    console.error(id === undefined ? USAGE : `「${id}」という計算はありません。\n${USAGE}`);
    return 2;
  }
  for await (const line of createInterface({
    input: process.stdin,
    crlfDelay: Number.POSITIVE_INFINITY,
  }))
    if (!process.stdout.write(`${JSON.stringify(runLine(rule, line))}\n`))
      await once(process.stdout, "drain");
  return 0;
}

process.exitCode = await main(process.argv[2]);
