import { z } from "zod";
import { childMedicalCertificate } from "#forms/child-medical/certificate.ts";
import {
  approvalNotice,
  changeNotice,
  lossNotice,
  missingDocumentsNotice,
  rejectionNotice,
  revocationNotice,
} from "#forms/index.ts";
import {
  application,
  changes,
  householdEntry,
  lossSubject,
  partSubject,
} from "#src/platform/applications/index.ts";
import { applicantPart, personNumber } from "#src/platform/entry-parts/index.ts";
import { owe } from "#src/platform/payments/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import { caseScreens, type EntryForm } from "#src/web/cases/index.ts";
import { CheckboxGroup } from "#src/web/components/index.ts";
import { ApplicantFields, readPart } from "#src/web/entry-parts/index.ts";
import { paymentSheet, withPayments } from "#src/web/payments/index.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { addYears, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { repaymentTerms } from "#workflows/payments/letter-terms.ts";
import { applicationV1, changeV1, type SampleChangeFacts } from "./sample-machines.ts";

/*
 * 見本手当: a 事務 that only tests have, as small as one can be, declared with what any 事務 declares. It is granted for
 * a year to whoever applies; a parent may apply for children of the household instead, and each gets an entitlement.
 */

const program = "sample-allowance";

const relations = { self: "本人", mother: "母", father: "父" };
const applicant = applicantPart("applicant", "申請者", relations);
const schema = z.strictObject({
  applicant: applicant.schema,
  people: z.array(
    z.strictObject({
      role: z.literal("child"),
      personNumber,
      name: z.string().default(""),
    }),
  ),
});
/** What is applied for: for oneself, or for children. */
export type SampleEntered = z.infer<typeof schema>;

/** What the city settles of it. */
export const sampleArea: PresetArea<SubsidyScheme> = {
  id: `${program}.scheme`,
  title: "見本手当の公費負担者番号",
  presets: {
    sample: {
      payerNumber: {
        name: "公費負担者番号",
        rows: [{ from: "2019-04-01", value: "83430017", source: "見本", certainty: "assumed" }],
      },
      copayLines: {
        name: "自己負担",
        rows: [{ from: "2019-04-01", value: ["なし"], source: "見本", certainty: "assumed" }],
      },
      basis: {
        name: "根拠",
        rows: [
          { from: "2019-04-01", value: "見本市見本手当条例", source: "見本", certainty: "assumed" },
        ],
      },
    },
  },
};

/** Its applications. */
export const sampleAllowance = application<SampleEntered>({
  program,
  title: "見本手当",
  versions: [applicationV1],
  schema,
  words: { subject: "申請者", subjectInLetters: "申請者", receivedOn: "申請日" },
  documents: { proof: { title: "世帯の分かるもの", hint: "戸籍謄本 等", standard: false } },
  reasons: { rejection: { none: "要件を満たさないため" }, revocation: { mistake: "誤りのため" } },
  ...householdEntry<SampleEntered>({ child: "beneficiary" }),
  addressee: (entered) => entered.applicant,
  // An allowance for each who is entitled, paid to whoever applied.
  async granted(work, { found }, { ids }) {
    for (const sourceId of ids)
      await owe(work, {
        program,
        sourceKind: "allowance",
        sourceId,
        caseId: found.id,
        personNumber: found.personNumber,
        amount: 12_000,
      });
  },
  async granting(_work, { personNumber: subject, receivedOn }, entered) {
    const from = receivedOn as IsoDate;
    const children = (entered?.people ?? []).map(({ personNumber }) => personNumber);
    const periods = (children.length > 0 ? children : [subject]).map((personNumber) => ({
      personNumber,
      from,
      to: addYears(from, 1),
      reason: "application",
    }));
    return { granted: true, periods, steps: [], basis: ["見本手当条例"] };
  },
  letters: {
    papers: {
      program,
      forms: [
        childMedicalCertificate,
        approvalNotice,
        rejectionNotice,
        missingDocumentsNotice,
        changeNotice,
        revocationNotice,
        lossNotice,
      ],
    },
    title: "見本手当",
    sign: "見",
    daysToReturn: 14,
  },
  scheme: sampleArea,
  certificate: {
    title: "証書",
    form: childMedicalCertificate,
    statement: { prefix: "SA1", program },
    guardian: (entered) => entered.applicant.name,
  },
});

const sampleChanges = changes<SampleEntered, SampleChangeFacts>({
  application: sampleAllowance,
  versions: [changeV1],
  subjects: {
    applicant: partSubject("申請者の変更", "applicant", applicant),
    leave: lossSubject(
      "受給の終わり",
      { married: "婚姻", independent: "独立" },
      { concerns: "each" },
    ),
  },
  facts: (shared, { movement }) => ({ ...shared, loss: movement === "lost" }),
});

type Known = Partial<SampleEntered>;

const SampleApplicant = ({ known }: { known: Known }) => (
  <ApplicantFields
    prefix={applicant.name}
    title="申請者"
    relation="続柄"
    relations={relations}
    known={known.applicant}
  />
);

const entryForm: EntryForm<Known> = {
  known: async () => ({ known: {} }),
  Fields: ({ known, about: { register } }) => (
    <>
      <SampleApplicant known={known} />
      <CheckboxGroup
        name="children"
        label="対象の子ども（本人の申請では選ばない）"
        values={register.household.flatMap(({ personNumber }, n) =>
          known.people?.some((one) => one.personNumber === personNumber) ? [String(n)] : [],
        )}
        options={register.household.map((person, n) => ({
          value: String(n),
          label: shownName(person),
        }))}
      />
    </>
  ),
  read: (form, { register }) => ({
    applicant: readPart(form, applicant),
    people: form.all("children").flatMap((n) => {
      const person = register.household[Number(n)];
      return person ? [{ role: "child", personNumber: person.personNumber }] : [];
    }),
  }),
};

/** With what 見本手当 writes about its 返還金. */
export const samplePapers = {
  letters: sampleAllowance.letters,
  terms: repaymentTerms(program, sampleAllowance.title),
};

/** 見本手当 with its screens: what one line of a registry has. */
export const sampleScreens: ProgramScreens = withPayments(samplePapers, {
  id: program,
  title: sampleAllowance.title,
  papers: sampleAllowance.letters.papers,
  ...caseScreens<SampleEntered>({
    statistics: { ages: [0, 18, 65], sheets: [paymentSheet(program)] },
    shortTitle: "見本手当",
    application: sampleAllowance,
    change: sampleChanges,
    entry: entryForm,
    changeForms: {
      applicant: {
        Fields: SampleApplicant,
        read: (form) => ({ applicant: readPart(form, applicant) }),
      },
    },
    items: (entered) =>
      entered.applicant
        ? applicant.items(entered.applicant).map(({ label, value }) => [label, value] as const)
        : [],
    compare: async (_work, entered, { adult }) => [
      {
        label: "申請者の氏名",
        entered: entered.applicant.name,
        register: adult ? shownName(adult) : "記録なし",
        differs: !adult || shownName(adult) !== entered.applicant.name,
      },
    ],
  }),
});
