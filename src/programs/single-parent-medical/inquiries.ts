import { z } from "zod";
import type { InquirySubject } from "#src/platform/applications/index.ts";
import type { EventDetail, Step } from "#src/platform/cases/index.ts";
import { postalCode, requiredText } from "#src/platform/entry-parts/index.ts";
import {
  ask,
  closeInquiries,
  inquiryRows,
  parse,
  recordAnswer,
  remind,
} from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { countedNumbers, incomeRows, ordinanceOf } from "./incomes.ts";

/** The taxes of who moved in are asked of the municipality of January 1. */
export const taxInquiry: InquirySubject = {
  title: "課税状況",
  async matter(work, found) {
    const { year } = await ordinanceOf(work, found);
    return `${year}年分の所得と扶養親族等の数`;
  },
  answers: ["給与所得", "公的年金等", "その他の所得", "控除の内訳", "扶養親族等の数"],
  async people(work, found) {
    const { year } = await ordinanceOf(work, found);
    const known = await incomeRows(work, found.id, year);
    return [...(await countedNumbers(work, found.id))].filter((number) => !known.has(number));
  },
};

/** To whom the 照会書 goes. */
export const authoritySchema = z.strictObject({
  addressee: requiredText("照会先"),
  postalCode,
  address: requiredText("照会先の住所"),
});
export const answerSchema = z.strictObject({ inquiryId: z.uuid(), answer: z.string() });

export async function askTaxes(work: Work, { found, event, input }: Step): Promise<EventDetail> {
  const { addressee, ...letterTo } = parse(authoritySchema, input);
  const dueOn = String(event.until) as IsoDate;
  await ask(work, found.id, { subject: "tax", addressee, dueOn, letterTo });
  return { until: dueOn };
}

export async function takeAnswer(work: Work, { found, input }: Step): Promise<EventDetail> {
  await recordAnswer(work, found.id, parse(answerSchema, input));
  return {};
}

/** Once the day has passed: every authority that has not answered. */
export async function remindAll(work: Work, { found }: Step): Promise<EventDetail> {
  const today = work.platform.clock.today();
  const overdue = (await inquiryRows(work, found.id)).filter(
    (one) => !one.answeredOn && !one.closedOn && one.dueOn < today,
  );
  for (const { id } of overdue) await remind(work, found.id, id);
  return { reminded: String(overdue.length) };
}

export async function giveUp(work: Work, { found }: Step): Promise<EventDetail> {
  await closeInquiries(work, found.id);
  return {};
}
