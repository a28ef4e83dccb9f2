import { z } from "zod";
import { figures, fullWidthKatakana } from "#workflows/text/widths.ts";
import { codesOf } from "../intake/index.ts";
import {
  addressOf,
  type EntryPart,
  kanaText,
  optionalText,
  postalCode,
  requiredText,
} from "./part.ts";
import { halfWidth, plain } from "./read-text.ts";

/** Who applies, with where letters go to: the guardian of a child, the parent of a household. */
export interface Applicant<Relation extends string = string> {
  name: string;
  kana: string;
  relation: Relation;
  postalCode: string;
  address: string;
  building: string;
  telephone: string;
}

/** The part of the applicant, called 保護者 or 申請者, with the relations that the 事務 knows. */
export function applicantPart<const Titles extends Readonly<Record<string, string>>>(
  name: string,
  who: string,
  relations: Titles,
): EntryPart<Applicant<keyof Titles & string>> {
  return {
    name,
    schema: z.strictObject({
      name: requiredText(`${who}の氏名`),
      kana: kanaText(`${who}のフリガナ`),
      relation: z.enum(codesOf(relations), "続柄を選んでください。"),
      postalCode,
      address: requiredText(`${who}の住所`),
      building: optionalText,
      telephone: z
        .string()
        .regex(/^[\d-]{10,14}$/, "電話番号は数字とハイフンで入力してください。例: 096-328-0000"),
    }),
    readers: {
      name: plain,
      kana: fullWidthKatakana,
      relation: plain,
      postalCode: figures,
      address: plain,
      building: plain,
      telephone: halfWidth,
    },
    items: (applicant) => [
      {
        label: who,
        value: `${applicant.name}（${relations[applicant.relation]}）`,
        purpose: "name",
      },
      { label: "住所", value: addressOf(applicant), purpose: "address" },
      { label: "電話番号", value: applicant.telephone },
    ],
  };
}
