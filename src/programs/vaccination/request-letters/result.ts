import { z } from "zod";
import { isoDate, optionalText } from "#src/platform/entry-parts/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { outcomes } from "#workflows/vaccination/request-letters/reasons.ts";

/** What came back of a dose. */
export const resultSchema = z
  .strictObject({
    line: z.number("接種を選んでください。").int("接種を選んでください。"),
    outcome: z.enum(codesOf(outcomes), "結果を選んでください。"),
    on: (isoDate("接種日") as unknown as z.ZodType<IsoDate>).optional(),
    product: z.string().trim().max(60, "製品名は60文字までです。").optional(),
    lot: z.string().trim().max(60, "ロット番号は60文字までです。").optional(),
    /** 接種量, hundredths of a millilitre. */
    amount: z
      .number("接種量は、0.01mLから10mLまでで入力してください。例: 0.5")
      .int("接種量は、0.01mLから10mLまでで入力してください。例: 0.5")
      .min(1, "接種量は、0.01mLから10mLまでで入力してください。例: 0.5")
      .max(1000, "接種量は、0.01mLから10mLまでで入力してください。例: 0.5")
      .optional(),
    clinic: optionalText.optional(),
    doctor: optionalText.optional(),
    remark: z.string().trim().max(500, "備考は500文字までです。").optional(),
  })
  .superRefine(({ outcome, on, doctor }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (outcome !== "not-given" && on === undefined)
      issue("on", "接種日（予診の日）を入力してください。例: R8.12.3");
    // 予防接種法施行規則3条: the name of the doctor belongs to the record of a shot.
    if (outcome === "given" && !doctor) issue("doctor", "医師の氏名を入力してください。");
  });
export type ResultEntry = z.output<typeof resultSchema>;

/** What of a result lies sealed. */
export type SealedResult = Pick<ResultEntry, "clinic" | "doctor" | "remark">;
