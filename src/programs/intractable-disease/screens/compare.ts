import { holds } from "#src/platform/access/index.ts";
import {
  type HouseholdView,
  incomesOf,
  neededAmong,
  welfareOf,
} from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { compareApplicant } from "#src/web/cases/index.ts";
import type { Difference } from "#src/web/components/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { nameRemark } from "#workflows/intractable-disease/diseases.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Entered, Tax } from "../entered.ts";
import { intractable } from "../index.ts";
import { taxAssessmentTitles } from "../titles.ts";

/** What was entered beside the register, the list of diseases, and what the tax and the welfare office tell. */
export async function compareWithRegister(
  work: Work,
  entered: Entered,
  register: HouseholdView,
): Promise<Difference[]> {
  const { subject } = register;
  const own = entered.applicant.relation === "self";
  return [
    ...(own
      ? await compareApplicant(work, { who: "本人", entered: entered.applicant, of: subject })
      : []),
    ...entered.records.flatMap(({ disease, nameOnPaper, writtenOn }) => {
      const remark = nameRemark(disease, nameOnPaper, writtenOn as IsoDate);
      return remark
        ? [{ label: `病名（${disease}）`, entered: nameOnPaper, register: remark, differs: true }]
        : [];
    }),
    ...(await taxRows(work, entered, subject.personNumber)),
    ...(await welfareRow(work, entered, subject.personNumber)),
  ];
}

const taxKnown = (tax: Pick<Tax, "assessment" | "incomeLevy"> | null) =>
  tax ? `${taxAssessmentTitles[tax.assessment]}・所得割 ${yen(tax.incomeLevy)}` : "未入力";

/** 市町村民税 as the tax office tells it, where this person may see it and the 事務 needs it. */
async function taxRows(
  work: Work,
  { tax, people }: Entered,
  subject: string,
): Promise<Difference[]> {
  if (!holds(work.actor, "person.read-tax")) return [];
  const rows = [
    { name: "本人", personNumber: subject, tax },
    ...people.map((one) => ({ name: one.name, personNumber: one.personNumber, tax: one.tax })),
  ].flatMap((one) => (one.tax ? [{ ...one, tax: one.tax }] : []));
  const needed = await neededAmong(
    work,
    "tax",
    rows.map(({ personNumber }) => personNumber),
    intractable.program,
  );
  const told: Difference[] = [];
  for (const year of new Set(rows.map((row) => row.tax.fiscalYear))) {
    const ofYear = rows.filter(
      (row) => row.tax.fiscalYear === year && needed.has(row.personNumber),
    );
    // The tax of a 賦課年度 is laid on the income of the year before.
    const known = await incomesOf(
      work,
      ofYear.map(({ personNumber }) => personNumber),
      year - 1,
    );
    for (const { name, personNumber, tax: typed } of ofYear) {
      const facts = known.get(personNumber)?.facts;
      if (!facts) continue;
      told.push({
        label: `${name}の市町村民税（${formatFiscalYear(year)}）`,
        entered: taxKnown(typed),
        register: taxKnown(facts),
        differs: typed.assessment !== facts.assessment || typed.incomeLevy !== facts.incomeLevy,
      });
    }
  }
  return told;
}

/** 生活保護, where this person may see it and a file of the welfare office has come since it was needed. */
async function welfareRow(
  work: Work,
  { welfare }: Entered,
  personNumber: string,
): Promise<Difference[]> {
  const needed = await neededAmong(work, "welfare", [personNumber], intractable.program);
  if (needed.size === 0 || !holds(work.actor, "person.read-welfare")) return [];
  const known = (await welfareOf(work, [personNumber], work.platform.clock.today())).get(
    personNumber,
  );
  const receives = known?.facts.some(({ benefit }) => benefit === "public-assistance") ?? false;
  const word = (is: boolean) => (is ? "受けている" : "受けていない");
  return known?.coveredOn || receives
    ? [
        {
          label: "生活保護（福祉情報）",
          entered: word(welfare),
          register: word(receives),
          differs: welfare !== receives,
        },
      ]
    : [];
}
