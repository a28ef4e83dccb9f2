import { parseJapaneseDate } from "#workflows/dates/wareki.ts";
import type { Rule, RuleOutput } from "./rule.ts";

/**
 * Runs a rule on what a form sends: texts, empty where nothing was entered. Dates may be written the
 * Japanese way, numbers in full width and with commas, lists as JSON.
 */
export function runRuleForm(rule: Rule, values: Readonly<Record<string, string>>): RuleOutput {
  const input: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(rule.fields)) {
    const text = values[name]?.trim();
    if (text === undefined || text === "") continue;
    switch (field.kind) {
      case "date":
        input[name] = parseJapaneseDate(text) ?? text;
        break;
      case "number":
        input[name] = Number(text.normalize("NFKC").replaceAll(",", ""));
        break;
      case "flag":
        input[name] = text === "true" || text === "on";
        break;
      case "json":
        try {
          input[name] = JSON.parse(text);
        } catch {
          return {
            ok: false,
            error: { field: name, message: `${field.label}をJSONの形で入力してください。` },
          };
        }
        break;
      default:
        input[name] = text;
    }
  }
  return rule.run(input);
}
