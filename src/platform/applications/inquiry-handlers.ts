import { z } from "zod";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Handler } from "../cases/index.ts";
import { postalCode, requiredText } from "../entry-parts/index.ts";
import {
  ask,
  closeInquiries,
  codesOf,
  inquiryRows,
  parse,
  recordAnswer,
  remind,
} from "../intake/index.ts";
import type { ApplicationKind } from "./kind.ts";

/** What is asked, and to whom the 照会書 goes. */
export const askedSchema = (subjects: object) =>
  z.strictObject({
    subject: z.enum(codesOf(subjects), "照会する事項を選んでください。"),
    addressee: requiredText("照会先"),
    postalCode,
    address: requiredText("照会先の住所"),
  });
const answerSchema = z.strictObject({ inquiryId: z.uuid(), answer: z.string().max(2000) });

/** Handlers of the events of workflows/cases/inquiries.ts. */
export function inquiryHandlers<Entered>({
  inquiries = {},
}: ApplicationKind<Entered>): Readonly<Record<string, Handler>> {
  return {
    async inquire(work, { found, event, input }) {
      const { subject, addressee, ...letterTo } = parse(askedSchema(inquiries), input);
      const dueOn = String(event.until) as IsoDate;
      await ask(work, found.id, { subject, addressee, dueOn, letterTo });
      return { subject, until: dueOn };
    },
    async recordAnswer(work, { found, input }) {
      await recordAnswer(work, found.id, parse(answerSchema, input));
      return {};
    },
    async closeInquiry(work, { found }) {
      await closeInquiries(work, found.id);
      return {};
    },
    async remind(work, { found }) {
      const today = work.platform.clock.today();
      const overdue = (await inquiryRows(work, found.id)).filter(
        (one) => !one.answeredOn && !one.closedOn && one.dueOn < today,
      );
      // Each is reminded by the clock once: what is due later does not remind of the earlier ones again.
      const first = overdue.filter(({ remindedOn, dueOn }) => !remindedOn || remindedOn <= dueOn);
      const reminded = first.length > 0 ? first : overdue;
      for (const { id } of reminded) await remind(work, found.id, id);
      return { reminded: reminded.length };
    },
  };
}
