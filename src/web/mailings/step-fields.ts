import { Problem } from "#src/platform/problem.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";

/** A date that a step needs. @throws Problem 422 */
export function dateOf(form: Values, name: string, label: string) {
  const date = readDate(form.text(name));
  if (!date)
    throw new Problem({ status: 422, message: `${label}を入力してください。例: R8.11.20` });
  return date;
}

/** A text that a step needs. @throws Problem 422 */
export function textOf(form: Values, name: string, label: string): string {
  const text = form.text(name);
  if (!text) throw new Problem({ status: 422, message: `${label}を入力してください。` });
  return text;
}
