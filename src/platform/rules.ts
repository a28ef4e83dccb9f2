import { readdir } from "node:fs/promises";
import type { Rule } from "#workflows/rules/rule.ts";

const workflows = new URL("../../workflows/", import.meta.url);

/** Every rule: what each `workflows/<folder>/rules.ts` (or `rules-<part>.ts`) exports as `rules`, by folder. */
export const rules: readonly Rule[] = await rulesOfAllFolders();

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule of an id, if there is one. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}

async function rulesOfAllFolders(): Promise<Rule[]> {
  const names = await readdir(workflows, { recursive: true });
  const files = names.filter((name) => /^[^/]+\/rules(-[^/]+)?\.ts$/.test(name)).sort();
  const modules: { rules: readonly Rule[] }[] = await Promise.all(
    files.map((name) => import(new URL(name, workflows).href)),
  );
  return modules.flatMap((one) => one.rules);
}
