import type { CopayPlan } from "#workflows/medical/copay-plan.ts";
import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { copayOfPosted, type PostedReceipt } from "#workflows/receipts/expected.ts";
import { findPreset } from "../city/index.ts";
import type { ParameterTrial } from "../parameters/index.ts";
import { lookAtPeople } from "../people/index.ts";
import type { Work } from "../work.ts";

const CASES_A_ROUND = 200;
const careTitles: Readonly<Record<PostedReceipt["care"], string>> = {
  outpatient: "外来",
  inpatient: "入院",
  pharmacy: "調剤",
  "home-nursing": "訪問看護",
  "long-term-care": "介護サービス",
};

interface CaseWithReceipts {
  case_id: string;
  receipts: (PostedReceipt & { person: string })[];
}

/**
 * Tries another plan of 一部負担金 on the receipts of the month claimed last: which recipients would pay another amount, and
 * for what kind of care. Plans begin in the future, where nobody was treated yet; the last month shows what they would do.
 */
export const copayTrial = (
  program: string,
  parameter: CityParameter<CopayPlan>,
  area: PresetArea<SubsidyScheme>,
): ParameterTrial => ({
  key: parameter.key,
  async round(work, { after }, row) {
    const plan: CopayPlan = (row as { value: CopayPlan }).value;
    const cases = await casesOfLastMonth(work, program, after);
    const receipts = cases.flatMap((one) => one.receipts);
    const [month] = receipts.map((one) => one.month);
    const now = month && (await findPreset(work, area, `${month}-01`))?.copayPlan;
    const numbers = [...new Set(receipts.map(({ person }) => person))];
    const people = await lookAtPeople(work, numbers, ["facts"]);
    const births = new Map(people.map(({ personNumber, bornOn }) => [personNumber, bornOn]));
    const changed = (one: CaseWithReceipts["receipts"][number]) => {
      const birth = births.get(one.person);
      return copayOfPosted(one, birth, planOn(now, one)) !== copayOfPosted(one, birth, plan);
    };
    const differing = cases.flatMap(({ case_id: caseId, receipts }) => {
      const kinds = receipts.filter(changed).map(({ care }) => `${careTitles[care]}の一部負担金`);
      return kinds.length === 0 ? [] : [{ caseId, parts: [...new Set(kinds)].toSorted() }];
    });
    return { tried: cases.length, last: cases.at(-1)?.case_id ?? after, differing };
  },
});

const planOn = (plans: DatedParameter<CopayPlan> | undefined | "", { month }: PostedReceipt) =>
  (plans || undefined)?.rows.find(
    ({ from, to }) => from <= `${month}-01` && (to === undefined || `${month}-01` <= to),
  )?.value;

/** Recipients, by the case of their entitlement, with the receipts of the month claimed last; those behind a case. */
async function casesOfLastMonth(
  work: Work,
  program: string,
  after: string,
): Promise<CaseWithReceipts[]> {
  return work.sql<CaseWithReceipts[]>`
    select e.case_id, jsonb_agg(jsonb_build_object('person', b.person_number,
        'month', b.treatment_month, 'institution', b.institution, 'care', b.care, 'insurer', b.insurer_number, 'points', b.points,
        'days', b.days, 'totalCost', b.total_cost, 'insured', b.insured, 'highCost', b.high_cost,
        'additionalBenefit', b.additional_benefit, 'otherPublic', b.other_public)) as receipts
      from receipts.benefit b join entitlements.entitlement e on e.id = b.entitlement_id
     where b.kind = 'original' and b.program = ${program}
       and b.claim_month = (select max(x.claim_month) from receipts.benefit x where x.program = ${program} and x.kind = 'original')
       and e.case_id > coalesce(nullif(${after}, ''), '00000000-0000-0000-0000-000000000000')::uuid
     group by e.case_id order by e.case_id limit ${CASES_A_ROUND}`;
}
