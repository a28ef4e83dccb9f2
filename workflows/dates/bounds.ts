import { type BirthDate, birthRange } from "./birth-date.ts";
import type { IsoDate } from "./iso-date.ts";

/** The first or last day that a field takes, and what day that is: 出生日. */
export interface DateBound {
  readonly on: IsoDate;
  readonly word: string;
}

export interface DateBounds {
  readonly notBefore?: DateBound | undefined;
  readonly notAfter?: DateBound | undefined;
}

/** Why a date cannot be, in a sentence that holds no date; `undefined` where it can. */
export function boundFault(date: IsoDate, { notBefore, notAfter }: DateBounds): string | undefined {
  if (notBefore && date < notBefore.on) return `${notBefore.word}より前の日付は入力できません。`;
  if (notAfter && date > notAfter.on) return `${notAfter.word}より後の日付は入力できません。`;
  return undefined;
}

/** What cannot be before somebody was born (of a birth known in part, certainly before), and has happened by now. */
export const bornBounds = (birth: BirthDate | undefined, today: IsoDate): DateBounds => ({
  ...(birth ? { notBefore: { on: birthRange(birth).from, word: "出生日" } } : {}),
  notAfter: { on: today, word: "今日" },
});
