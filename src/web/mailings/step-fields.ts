import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";

/** A date that a step needs. @throws EntryProblem */
export function dateOf(form: Values, name: string, label: string) {
  const date = readDate(form.text(name));
  if (!date) throw new EntryProblem(name, `${label}を入力してください。例: R8.11.20`);
  return date;
}

/** A day on which something was done: not ahead. @throws EntryProblem */
export function pastDateOf(work: Work, form: Values, name: string, label: string) {
  const date = dateOf(form, name, label);
  if (date > work.platform.clock.today())
    throw new EntryProblem(name, `${label}に、今日より後の日付は入力できません。`);
  return date;
}

/** A text that a step needs. @throws EntryProblem */
export function textOf(form: Values, name: string, label: string): string {
  const text = form.text(name);
  if (!text) throw new EntryProblem(name, `${label}を入力してください。`);
  return text;
}
