import { z } from "zod";
import { figures } from "#workflows/text/widths.ts";
import { addressOf, type EntryPart, optionalText, postalCode, requiredText } from "./part.ts";
import { plain } from "./read-text.ts";

const schema = z.strictObject({
  name: requiredText("送付先の宛名"),
  postalCode,
  address: requiredText("送付先の住所"),
  building: optionalText,
});

/** 送付先, where letters do not go to the applicant's address. */
export type MailingAddress = z.infer<typeof schema>;

export const mailingPart: EntryPart<MailingAddress> = {
  name: "mailing",
  schema,
  readers: { name: plain, postalCode: figures, address: plain, building: plain },
  items: (mailing) => [
    { label: "送付先の住所", value: addressOf(mailing), purpose: "address" },
    { label: "送付先の宛名", value: mailing.name, purpose: "name" },
  ],
};
