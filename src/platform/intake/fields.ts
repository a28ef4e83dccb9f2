import { z } from "zod";
import { type IsoDate, type IsoMonth, isIsoDate } from "#workflows/dates/iso-date.ts";

/** More than any receipt: beyond it a digit too many was typed. */
const most = 100_000_000;

/** An amount in whole yen, from 0. */
export const yenField = (name: string) =>
  z
    .number({ error: `${name}は、円の整数で入力してください。` })
    .int({ error: `${name}は、円の整数で入力してください。` })
    .min(0, { error: `${name}は、0円以上です。` })
    .max(most, { error: `${name}が大きすぎます。` });

/** A day of the calendar. */
export const dayField = (error: string) =>
  z.custom<IsoDate>((text) => typeof text === "string" && isIsoDate(text), { error });

/** A month of the calendar. */
export const monthField = (error: string) =>
  z.custom<IsoMonth>((text) => typeof text === "string" && isIsoDate(`${text}-01`), { error });

/** 医療機関: its name, and its code of ten digits where it is known. */
export const institutionFields = {
  institutionCode: z
    .string()
    .regex(/^\d{10}$/, { error: "医療機関コードは10桁の数字です。" })
    .optional(),
  institutionName: z
    .string()
    .trim()
    .min(1, { error: "医療機関の名前か、10桁のコードを入力してください。" })
    .max(60, { error: "医療機関の名前は60文字までです。" }),
} as const;
