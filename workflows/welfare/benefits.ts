import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** Benefits and certificates of welfare that other 事務 ask for (生活保護・障害者手帳・手当). */
export const benefitTitles = {
  "public-assistance": "生活保護",
  "physical-disability": "身体障害者手帳",
  "intellectual-disability": "療育手帳",
  "mental-disability": "精神障害者保健福祉手帳",
  "special-child-allowance": "特別児童扶養手当",
  "child-rearing-allowance": "児童扶養手当",
} as const;
export type Benefit = keyof typeof benefitTitles;

/** What somebody receives or holds. */
export interface WelfareFact {
  readonly benefit: Benefit;
  /** 等級 as the office writes it, such as `2` or `B1`; none where the benefit has no grades. */
  readonly grade?: string | undefined;
  readonly from: IsoDate;
  /** The last day; without it, it goes on. The day before `from` means that it never was (取消). */
  readonly to?: IsoDate | undefined;
}

/** Whether it holds on a day. */
export const holdsOn = ({ from, to }: WelfareFact, on: IsoDate): boolean =>
  from <= on && (to === undefined || on <= to);
