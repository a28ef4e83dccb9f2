import {
  type Entered,
  inputOf,
  readEntered,
  type SentValues,
  withoutEmptyRows,
} from "./entered.ts";
import type { Rule, RuleOutput } from "./rule.ts";

/** Runs a rule on what a form sends; `entered` is what it was run on, without rows in which nothing was typed. */
export function runRuleForm(
  rule: Rule,
  sent: SentValues,
): { readonly entered: { readonly [name: string]: Entered }; readonly output: RuleOutput } {
  const entered = withoutEmptyRows(readEntered(rule.fields, sent)) as {
    readonly [name: string]: Entered;
  };
  return { entered, output: rule.run(inputOf(rule.fields, entered)) };
}
