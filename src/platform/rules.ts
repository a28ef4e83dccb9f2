import type { Rule } from "#workflows/rules/rule.ts";
import { modulesNamed } from "./found-by-folder.ts";

/** Every rule: what each `workflows/<folder>/rules.ts` (or `rules-<part>.ts`) exports as `rules`, by folder. */
export const rules: readonly Rule[] = (
  await modulesNamed<{ rules: readonly Rule[] }>("rules")
).flatMap((one) => one.rules);

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule of an id, if there is one. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
