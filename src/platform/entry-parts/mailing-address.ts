import { z } from "zod";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { figures } from "#workflows/text/widths.ts";
import { codesOf } from "../intake/index.ts";
import {
  addressOf,
  type EntryPart,
  isoDate,
  optionalText,
  postalCode,
  requiredText,
} from "./part.ts";
import { date, plain } from "./read-text.ts";

/** Why letters go elsewhere. */
export const mailingReasonTitles = {
  hospital: "入院・入所",
  apart: "住所と居所が異なる",
  representative: "代理人・後見人が受け取る",
  work: "単身赴任・出張",
  other: "その他",
} as const;

const schema = z.strictObject({
  name: requiredText("送付先の宛名"),
  postalCode,
  address: requiredText("送付先の住所"),
  building: optionalText,
  reason: z
    .literal("")
    .or(z.enum(codesOf(mailingReasonTitles), "理由を選んでください。"))
    .optional(),
  /** The last day on which letters go there; empty until another one is told. */
  until: z.literal("").or(isoDate("送付先の終わりの日")).optional(),
});

/** 送付先, where letters do not go to the applicant's address. */
export type MailingAddress = z.infer<typeof schema>;

export const mailingPart: EntryPart<MailingAddress> = {
  name: "mailing",
  schema,
  readers: {
    name: plain,
    postalCode: figures,
    address: plain,
    building: plain,
    reason: plain,
    // What is no date comes back as it was typed, to be refused at its field.
    until: (text) => (text.trim() === "" ? "" : date(text) || text),
  },
  items: (mailing) => [
    { label: "送付先の住所", value: addressOf(mailing), purpose: "address" },
    { label: "送付先の宛名", value: mailing.name, purpose: "name" },
    ...(mailing.reason
      ? [{ label: "送付先の理由", value: mailingReasonTitles[mailing.reason] }]
      : []),
    ...(mailing.until
      ? [{ label: "送付先の終わりの日", value: formatWareki(mailing.until as IsoDate) }]
      : []),
  ],
};

/** The 送付先 as long as it has not ended before a day; nothing after. */
export const mailingOn = (
  mailing: MailingAddress | null | undefined,
  on: IsoDate,
): MailingAddress | null => (mailing && (!mailing.until || mailing.until >= on) ? mailing : null);
