import type { Work } from "#src/platform/work.ts";
import { showMonth } from "#src/web/claims/receipt-fields.tsx";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { type ReliefBenefit, reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { benefitRefusals } from "#workflows/vaccination/relief/faults.ts";
import {
  answerOutcomes,
  committeeOpinions,
  type HarmClass,
  harmClasses,
} from "#workflows/vaccination/relief/harm.ts";
import { visitWays } from "#workflows/vaccination/relief/visits.ts";
import { benefitNames, vaccineName } from "../../relief/names.ts";

interface HeldClaim {
  number: string;
  class: HarmClass;
  vaccine: string;
  shotOn: IsoDate;
  diedOn: IsoDate | null;
  claimedOn: IsoDate;
  benefits: string[];
  opinions: { on: IsoDate; opinion: keyof typeof committeeOpinions }[];
  answers: { on: IsoDate; reference: string; outcome: keyof typeof answerOutcomes }[];
  visits: { month: IsoMonth; way: keyof typeof visitWays; days: number; paid: number }[];
  claimed: {
    benefit: ReliefBenefit;
    month: IsoMonth | null;
    refusal: keyof typeof benefitRefusals | null;
  }[];
  awards: { benefit: ReliefBenefit; month: IsoMonth | null; amount: number; on: IsoDate }[];
  pensions: {
    serial: number;
    benefit: ReliefBenefit;
    from: IsoDate;
    last: IsoDate | null;
  }[];
}

const yen = (amount: number) => `${amount.toLocaleString("ja-JP")}円`;
const of = (month: IsoMonth | null) => (month ? `　${showMonth(month)}分` : "");

/** Claims for relief about the person of a request about their own data, with what was answered and decided: a line each. */
export async function heldOfRelief(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<{ held: HeldClaim[] }[]>`select relief.held_of(${request}) as held`;
  if (!row) throw new Error("no answer");
  return row.held.flatMap((claim) => linesOf(claim).map((line) => `${claim.number}　${line}`));
}

const linesOf = (claim: HeldClaim): string[] => [
  `健康被害救済の請求（${showDate(claim.claimedOn)}）　${harmClasses[claim.class]}　${vaccineName(claim.vaccine)}　${showDate(claim.shotOn)}接種${claim.diedOn ? `　${showDate(claim.diedOn)}死亡` : ""}　${benefitNames(claim.benefits).join("、")}`,
  ...claim.opinions.map(
    ({ on, opinion }) => `調査委員会　${showDate(on)}　${committeeOpinions[opinion]}`,
  ),
  ...claim.answers.map(
    ({ on, reference, outcome }) =>
      `国の審査の結果　${showDate(on)}　${reference}　${answerOutcomes[outcome]}`,
  ),
  ...claim.visits.map(
    ({ month, way, days, paid }) =>
      `受診　${showMonth(month)}　${visitWays[way]}　${days}日　自己負担額 ${yen(paid)}`,
  ),
  ...claim.claimed.map(
    ({ benefit, month, refusal }) =>
      `請求された給付　${reliefBenefits[benefit]}${of(month)}${refusal ? `　支給しない理由 ${benefitRefusals[refusal]}` : ""}`,
  ),
  ...claim.awards.map(
    ({ benefit, month, amount, on }) =>
      `支給決定　${showDate(on)}　${reliefBenefits[benefit]}${of(month)}　${yen(amount)}`,
  ),
  ...claim.pensions.map(
    ({ serial, benefit, from, last }) =>
      `年金 K${String(serial).padStart(6, "0")}　${reliefBenefits[benefit]}　${showDate(from)}から${last ? `${showDate(last)}の月まで` : ""}`,
  ),
];
