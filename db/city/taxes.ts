import { type IsoDate, isoDate, partsOf } from "#workflows/dates/iso-date.ts";
import type { Random } from "./random.ts";
import { csvLine, livesHere, type Resident } from "./resident.ts";
import { deductionsOf, incomeOf, type Livelihood, livelihoodOf } from "./tax-incomes.ts";

/** The columns of the tax file, in order, as `docs/feeds.md` describes them. */
export const taxHeader = csvLine([
  "住民番号",
  "所得年",
  "更正日",
  "市町村民税課税区分",
  "合計所得金額",
  "給与所得",
  "公的年金等に係る雑所得",
  "事業所得",
  "その他の所得",
  "障害者控除",
  "特別障害者控除",
  "勤労学生控除",
  "雑損控除",
  "医療費控除",
  "小規模企業共済等掛金控除",
  "配偶者特別控除",
  "寡婦控除",
  "ひとり親控除",
  "同一生計配偶者",
  "年少扶養親族数",
  "一般扶養親族数",
  "うち16歳から18歳",
  "特定扶養親族数",
  "老人扶養親族数",
  "市町村民税所得割額",
]);

/** The two income years that offices ask for, the later first; a year is determined on June 1 of the next. */
export function incomeYears(asOf: IsoDate): [number, number] {
  const { year, month } = partsOf(asOf);
  const last = month >= 6 ? year - 1 : year - 2;
  return [last, last - 1];
}

const adult = 18;
const ageAtEnd = (resident: Resident, year: number) => year - partsOf(resident.born).year;
/** Up to this total somebody counts as a dependant (令和6年分まで48万円、令和7年分から58万円). */
const dependantUntil = (year: number) => (year >= 2025 ? 580_000 : 480_000);

interface Taxed {
  resident: Resident;
  livelihood: Livelihood;
  income: ReturnType<typeof incomeOf>;
  undeclared: boolean;
}

/** Lines of the tax file for the adults of a household: invented figures, the same for the same household. */
export function taxLines(random: Random, household: Resident[], asOf: IsoDate): string[] {
  const present = household.filter(livesHere);
  const [last] = incomeYears(asOf);
  const adults = present.filter((resident) => ageAtEnd(resident, last) >= adult);
  const livelihoods = adults.map((resident) => ({
    resident,
    livelihood: livelihoodOf(
      random,
      resident,
      ageAtEnd(resident, last),
      isSingleParent(present, resident),
    ),
    undeclared: random.chance(0.03),
  }));
  return incomeYears(asOf).flatMap((year) => {
    const taxed = livelihoods
      .filter(({ resident }) => ageAtEnd(resident, year) >= adult)
      .map((each) => ({
        ...each,
        income: incomeOf(random, each.livelihood, year, each.undeclared),
      }));
    return taxed.map((each) => lineOf(random, each, taxed, present, year, asOf));
  });
}

/** One adult at the head with children at home and no spouse. */
export function isSingleParent(present: readonly Resident[], resident: Resident): boolean {
  return (
    resident.relation === "02" &&
    present.some(({ relation }) => relation === "20") &&
    !present.some(({ relation }) => ["11", "12", "14"].includes(relation))
  );
}

function lineOf(
  random: Random,
  each: Taxed,
  taxed: readonly Taxed[],
  present: readonly Resident[],
  year: number,
  asOf: IsoDate,
): string {
  const { resident, livelihood, income } = each;
  const { total } = income;
  const dependants = each.undeclared ? noDependants : dependantsOf(each, taxed, present, year);
  const deductions = each.undeclared
    ? {}
    : deductionsOf(random, livelihood, isSingleParent(present, resident), total);
  const relatives =
    dependants.under16 +
    dependants.general +
    dependants.specific +
    dependants.elderly +
    (dependants.spouse === "0" ? 0 : 1);
  // As in a city of the first class (1級地): without a levy up to 35万円 a head + 10万円 + 21万円.
  const perHead = 350_000 * (relatives + 1) + 100_000;
  const isExempt =
    total <= perHead + (relatives > 0 ? 210_000 : 0) ||
    (total <= 1_350_000 && Object.keys(deductions).some((name) => exempting.includes(name)));
  const perCapita = total <= perHead + (relatives > 0 ? 320_000 : 0);
  const deducted = Object.values(deductions).reduce((sum, amount) => sum + amount, 0);
  const levied = Math.max(0, total * 0.85 - 430_000 - relatives * 330_000 - deducted);
  const assessment = each.undeclared ? "9" : isExempt ? "3" : perCapita ? "2" : "1";
  const levy = assessment === "1" ? Math.floor((levied * 0.08) / 100) * 100 : 0;
  const revised = isoDate(year + 1, random.between(7, 10), random.between(1, 28));
  const determined = random.chance(0.02) && revised <= asOf ? revised : isoDate(year + 1, 6, 1);
  return csvLine([
    resident.id,
    String(year),
    determined.replaceAll("-", ""),
    assessment,
    ...[total, income.salary, income.pension, income.business, income.other].map(String),
    ...deductionOrder.map((name) => String(deductions[name] ?? 0)),
    dependants.spouse,
    String(dependants.under16),
    String(dependants.general),
    String(dependants.aged16To18),
    String(dependants.specific),
    String(dependants.elderly),
    String(levy),
  ]);
}

const deductionOrder = [
  "disability",
  "specialDisability",
  "workingStudent",
  "casualtyLoss",
  "medicalExpenses",
  "smallBusinessMutualAid",
  "spouseSpecial",
  "widow",
  "singleParent",
] as const;
const exempting = ["disability", "specialDisability", "widow", "singleParent"];

const noDependants = {
  spouse: "0",
  under16: 0,
  general: 0,
  aged16To18: 0,
  specific: 0,
  elderly: 0,
};

/** The one who earns most in a household supports those who earn little. */
function dependantsOf(
  { resident }: Taxed,
  taxed: readonly Taxed[],
  present: readonly Resident[],
  year: number,
): typeof noDependants {
  const [earner] = taxed.toSorted((one, other) => other.income.total - one.income.total);
  if (earner?.resident !== resident) return noDependants;
  const poor = present.filter((other) => {
    const own = taxed.find((each) => each.resident === other);
    return other !== resident && (!own || own.income.total <= dependantUntil(year));
  });
  const isSpouse = ({ relation }: Resident) =>
    ["02", "11", "12"].includes(relation) && ["02", "11", "12"].includes(resident.relation);
  const spouse = poor.find(isSpouse);
  const ages = poor.filter((other) => !isSpouse(other)).map((other) => ageAtEnd(other, year));
  const between = (from: number, to: number) =>
    ages.filter((age) => age >= from && age <= to).length;
  return {
    spouse: spouse ? (ageAtEnd(spouse, year) >= 70 ? "2" : "1") : "0",
    under16: between(0, 15),
    general: between(16, 18) + between(23, 69),
    aged16To18: between(16, 18),
    specific: between(19, 22),
    elderly: between(70, 120),
  };
}
