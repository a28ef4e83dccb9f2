import { lookAtPerson } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { Badge } from "#src/web/components/index.ts";
import { idOf } from "#src/web/params.ts";
import type { Values } from "#src/web/values.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import {
  type MistakeCategory,
  mistakeCategories,
} from "#workflows/vaccination/mistakes/categories.ts";
import type { MistakeState } from "#workflows/vaccination/mistakes/machine.ts";
import { mistakeStateMeta } from "../../mistakes/incidents.ts";
import { readRecord } from "../../records/revisions.ts";

export const MistakeBadge = ({ state }: { state: MistakeState }) => {
  const { title, tone } = mistakeStateMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

/** An event as it stands in the name of an audit record: `ask-report`. */
export const auditName = (event: string): string =>
  event.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `4 接種間隔を間違えた`. */
export const categoryTitle = (category: MistakeCategory | null): string =>
  category === null ? "―" : `${category} ${mistakeCategories[category]}`;

export const categoryChoices = Object.entries(mistakeCategories).map(([value, label]) => ({
  value,
  label: `${value} ${label}`,
}));

/** The record that an address or a form names; nothing where it names none. @throws Problem 404 */
export async function recordOfForm(unit: Work, form: Values) {
  const id = form.text("record");
  return id === "" ? undefined : (await readRecord(unit, idOf(id))).record;
}

/** Whom a form is about: the person of the record, or a number that was typed. @throws EntryProblem of `personNumber` */
export async function personOfForm(
  unit: Work,
  form: Values,
  record: { personNumber: string } | undefined,
): Promise<string> {
  const number = record?.personNumber ?? figures(form.text("personNumber"));
  if (!isPersonNumber(number) || !(await lookAtPerson(unit, number, [])))
    throw new EntryProblem(
      "personNumber",
      "統合宛名番号を入力してください。その番号の人が見つかりません。",
    );
  return number;
}

/** An id of another part, as it is copied from its page; nothing where none is typed. @throws EntryProblem */
export function linkOf(form: Values, name: string): string | undefined {
  const text = form.text(name).toLowerCase();
  if (text === "") return undefined;
  const found = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text);
  if (!found) throw new EntryProblem(name, "その画面のアドレスを貼り付けてください。");
  return found[0];
}
