import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import type { InsuranceKind } from "#workflows/medical/insurers.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import type { Assessment } from "#workflows/taxes/income.ts";
import { yen } from "#workflows/text/yen.ts";
import { apportion, capTable, type Tier, tierOfIncome } from "./caps.ts";
import type { IntractablePlan } from "./plan.ts";

/** 市町村民税 of a person of a 賦課年度; amounts in yen. */
export interface MemberTax {
  /** 賦課年度. */
  readonly fiscalYear: number;
  readonly assessment: Assessment;
  /** 所得割額. */
  readonly incomeLevy: number;
  /** 均等割額. */
  readonly perCapitaLevy: number;
  /** 合計所得金額, without the income from 公的年金等. */
  readonly totalIncome: number;
  /** 公的年金等の収入金額. */
  readonly pensionReceipts: number;
  /** その他厚生労働省令で定める給付. */
  readonly otherBenefits: number;
}

/** A person of the 支給認定基準世帯. */
export interface CapMember {
  readonly name: string;
  /** 被保険者 or the patient: of 被用者保険 and its like only these count. */
  readonly insuredOrPatient: boolean;
  readonly tax: MemberTax | null;
  /** Receives 特定医療費 or 小児慢性特定疾病医療費 too; the cap is that before 按分, yen. */
  readonly patient: { readonly of: "intractable" | "pediatric"; readonly cap: number } | null;
}

export interface HouseholdCapFacts {
  /** The day on which the tier is decided: that of the application. */
  readonly on: IsoDate;
  readonly insurance: InsuranceKind;
  readonly welfare: boolean;
  readonly longHighCost: boolean;
  readonly ventilator: boolean;
  /** 所得状況の確認不能. */
  readonly incomeUnconfirmed: boolean;
  /** 生活保護への移行防止: the tier to which it is lowered, as the welfare office told. */
  readonly welfarePrevention: { readonly tier: Tier; readonly mealExempt: boolean } | null;
  /** 小慢 of the patient: for the same disease it comes before 54, and nothing is shared with it. */
  readonly ownPediatric: { readonly sameDisease: boolean; readonly cap: number } | null;
  /** The patient first. For a minor `incomeOf` is the guardian. */
  readonly members: readonly CapMember[];
  /** Whose income 低所得Ⅰ and Ⅱ are told apart by: the place of the patient, or of a minor's guardian. */
  readonly incomeOf: number;
}

export interface CapStep {
  readonly label: string;
  readonly value: string;
}

/** 階層 and 自己負担上限月額, or why they don't follow from what is known. */
export type HouseholdCap = {
  readonly steps: readonly CapStep[];
  readonly basis: readonly string[];
} & (
  | {
      readonly known: true;
      readonly tier: Tier;
      /** Tier without 生活保護への移行防止. */
      readonly tierBefore: Tier;
      /** Yen a month, before and after 按分. */
      readonly fullCap: number;
      readonly cap: number;
      readonly apportioned: boolean;
      readonly taxYear: number;
    }
  | { readonly known: false; readonly reason: string }
);

/** 賦課年度 whose tax counts on a day: until the month of the switch that of the year before. */
export const taxYearOn = (on: IsoDate, firstMonth: number): number =>
  Number(on.slice(0, 4)) - (Number(on.slice(5, 7)) < firstMonth ? 1 : 0);

const householdInsurances: ReadonlySet<InsuranceKind> = new Set(["national", "union", "elderly"]);

/** Who of the household counts: of 国保, 国保組合 and 後期 all who have the same insurance; of others the 被保険者 and the patient. */
const counting = ({ insurance, members }: HouseholdCapFacts): readonly CapMember[] =>
  householdInsurances.has(insurance) ? members : members.filter((one) => one.insuredOrPatient);

/** 階層, 自己負担上限月額 and 按分 of a patient, step by step (難病法施行令第1条). */
export function householdCap(
  facts: HouseholdCapFacts,
  plan: DatedParameter<IntractablePlan>,
): HouseholdCap {
  const settled = rowOn(plan, facts.on);
  const caps = rowOn(capTable, facts.on);
  const basis = ["難病の患者に対する医療等に関する法律施行令第1条", citeRow(capTable, caps)];
  const taxYear = taxYearOn(facts.on, settled.value.taxYearMonth);
  const found = tierOfHousehold(facts, settled.value, taxYear);
  if ("reason" in found) return { known: false, steps: found.steps, reason: found.reason, basis };
  basis.push(citeRow(plan, settled));
  const { welfarePrevention, ventilator, longHighCost } = facts;
  const tier = welfarePrevention?.tier ?? found.tier;
  const row = caps.value[tier];
  const unventilated = longHighCost ? row.longHighCost : row.ordinary;
  const fullCap = ventilator ? row.ventilator : unventilated;
  const marks = [
    ...(ventilator ? ["人工呼吸器等装着"] : longHighCost ? ["高額かつ長期"] : []),
  ].join("、");
  const shared = share(facts, fullCap, settled.value.roundingUnit);
  return {
    known: true,
    tier,
    tierBefore: found.tier,
    fullCap,
    cap: shared.cap,
    apportioned: shared.apportioned,
    taxYear,
    basis,
    steps: [
      ...found.steps,
      { label: "階層", value: found.tier },
      ...(welfarePrevention
        ? [
            {
              label: "生活保護への移行防止",
              value: `${found.tier}を${tier}に下げる${welfarePrevention.mealExempt ? "（食費も免除）" : ""}`,
            },
          ]
        : []),
      { label: "上限月額", value: `${yen(fullCap)}${marks ? `（${marks}）` : ""}` },
      ...shared.steps,
      { label: "自己負担上限月額", value: yen(shared.cap) },
    ],
  };
}

function tierOfHousehold(
  facts: HouseholdCapFacts,
  plan: IntractablePlan,
  taxYear: number,
): { tier: Tier; steps: CapStep[] } | { reason: string; steps: CapStep[] } {
  if (facts.welfare)
    return { tier: "生活保護", steps: [{ label: "生活保護", value: "受けている" }] };
  if (facts.incomeUnconfirmed)
    return {
      tier: plan.unconfirmedTier,
      steps: [{ label: "所得の確認", value: `確認できないため、${plan.unconfirmedTier}とする` }],
    };
  const people = counting(facts);
  const year: CapStep = { label: "税の年度", value: `${formatFiscalYear(taxYear)}の市町村民税` };
  const unknown = people.filter(({ tax }) => tax?.fiscalYear !== taxYear);
  const undeclared = people.filter(({ tax }) => tax?.assessment === "undeclared");
  const missing = unknown[0] ?? undeclared[0];
  if (missing)
    return {
      steps: [year],
      reason:
        missing.tax && missing.tax.fiscalYear !== taxYear
          ? `${missing.name}の市町村民税は${formatFiscalYear(missing.tax.fiscalYear)}のものです。${formatFiscalYear(taxYear)}の税を確かめて入力してください。`
          : missing.tax
            ? `${missing.name}は未申告です。申告を案内するか、所得を確認できないものとして入力してください。`
            : `${missing.name}の${formatFiscalYear(taxYear)}の市町村民税が入力されていません。照会するか、所得を確認できないものとして入力してください。`,
    };
  const taxed = people.some(
    ({ tax }) => tax?.assessment === "taxed" || tax?.assessment === "per-capita",
  );
  const levy = people.reduce((sum, { tax }) => sum + (tax?.incomeLevy ?? 0), 0);
  const counted: CapStep = {
    label: "支給認定基準世帯",
    value: `${people.length}人（${people.map(({ name }) => name).join("、")}）`,
  };
  if (taxed)
    return {
      tier: tierOfIncome(levy),
      steps: [year, counted, { label: "所得割の合計", value: yen(levy) }],
    };
  const own = facts.members[facts.incomeOf]?.tax;
  if (!own || own.fiscalYear !== taxYear)
    return {
      steps: [year, counted],
      reason: "非課税の世帯です。本人（18歳未満は保護者）の収入を入力してください。",
    };
  const income = Math.max(0, own.totalIncome) + own.pensionReceipts + own.otherBenefits;
  return {
    tier: income <= plan.lowIncomeLimit ? "低所得Ⅰ" : "低所得Ⅱ",
    steps: [
      year,
      counted,
      { label: "市町村民税", value: "世帯の全員が非課税" },
      {
        label: "本人（保護者）の収入",
        value: `${yen(income)}（基準 ${yen(plan.lowIncomeLimit)}以下）`,
      },
    ],
  };
}

/** 按分 with everybody of the household who receives 特定医療費 or 小慢 (同条第2項). */
function share(facts: HouseholdCapFacts, fullCap: number, unit: number) {
  const { ownPediatric, members } = facts;
  const others = [
    ...members.flatMap(({ name, patient }) => (patient ? [{ name, cap: patient.cap }] : [])),
    ...(ownPediatric && !ownPediatric.sameDisease
      ? [{ name: "本人の小児慢性特定疾病", cap: ownPediatric.cap }]
      : []),
  ];
  const steps: CapStep[] = ownPediatric?.sameDisease
    ? [{ label: "小児慢性特定疾病", value: "同じ疾病のため、小慢を先に使い、按分しない" }]
    : [];
  if (others.length === 0) return { cap: fullCap, apportioned: false, steps };
  const [cap = fullCap] = apportion([fullCap, ...others.map((one) => one.cap)], unit);
  const total = others.reduce((sum, one) => sum + one.cap, fullCap);
  const highest = Math.max(fullCap, ...others.map((one) => one.cap));
  steps.push({
    label: "按分",
    value: `${yen(fullCap)} × ${yen(highest)} ÷ ${yen(total)}（${others.map((one) => `${one.name} ${yen(one.cap)}`).join("、")}）`,
  });
  return { cap, apportioned: true, steps };
}
