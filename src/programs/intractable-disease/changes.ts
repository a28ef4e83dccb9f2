import { z } from "zod";
import {
  accountSubject,
  type ChangeSubject,
  changes,
  correctionSubject,
  currentData,
  lossSubject,
  mailingSubject,
  namedPeople,
  partSubject,
  reportedData,
} from "#src/platform/applications/index.ts";
import { type CaseRow, type EventDetail, getCase, type Step } from "#src/platform/cases/index.ts";
import {
  type Change,
  changeOf,
  concernedBy,
  findEntitlements,
} from "#src/platform/entitlements/index.ts";
import { insuranceFaults, insurancePart } from "#src/platform/entry-parts/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import {
  changeV1,
  type IntractableChangeEventType,
  type IntractableChangeFacts,
} from "#workflows/intractable-disease/change-machine.ts";
import {
  type ChangeSubjectCode,
  changeSubjects,
  type TermsSubject,
  termsFromDay,
} from "#workflows/intractable-disease/change-subjects.ts";
import { intractable } from "./application.ts";
import { capOn } from "./cap.ts";
import { applicant, type Entered, enteredShape, type Member, memberSchema } from "./entered.ts";
import { recordsOfEntry } from "./entry-codes.ts";
import { factsOfTerms } from "./notice.ts";
import { proposeTerms, setTermsAsProposed, termsFrom } from "./proposed-terms.ts";
import { itemLines } from "./words.ts";

const titleOf = (code: ChangeSubjectCode) => changeSubjects[code].title;
const oldCards = () => ({ kind: "card", of: "with" }) as const;

/** The parts of what was entered that a report may replace. */
const { tax, welfare, welfarePrevention, incomeUnconfirmed, pediatric } = enteredShape;
const { longHighCost, costs, onset, ventilator, records, researchConsent } = enteredShape;
const { limitCategory, insurerNote, institutions, anyInstitution } = enteredShape;

/** A report that sets other terms once it is decided; the certificate is issued anew. */
const termsSubject = (
  code: TermsSubject,
  rest: Pick<ChangeSubject<Entered>, "schema"> & Partial<ChangeSubject<Entered>>,
): ChangeSubject<Entered> => ({
  title: titleOf(code),
  concerns: "all",
  needsDecision: true,
  items: (data) => itemLines(code, data),
  certificates: oldCards,
  documents: ["certificate-brought"],
  async inNotice(work, found, change) {
    const { terms, steps } = await termsOfReport(work, found, change);
    return { from: terms.validFrom, facts: factsOfTerms(terms, steps) };
  },
  async outcome(work, found, change) {
    const { terms, steps } = await termsOfReport(work, found, change);
    return [{ label: "新しい内容の始まり", value: formatWareki(terms.validFrom) }, ...steps];
  },
  async carryOut(work, step, change): Promise<EventDetail> {
    await setTermsAsProposed(work, step, (await termsOfReport(work, step.found, change)).terms);
    return {};
  },
  ...rest,
});

/** The application's data with what a report brings, whoever's part it is. */
async function dataWith(work: Work, found: CaseRow, change: Change): Promise<Entered> {
  const reported = await reportedData(work, found.id);
  if (!reported) throw new EntryProblem("", "届出の内容が入力されていません。");
  const granting = await getCase(work, change.grantingCaseId);
  const before = await currentData(
    work,
    intractable,
    { caseId: granting.id, personNumber: granting.personNumber },
    { on: change.occursOn, without: found.id },
  );
  const { personNumber, data } = reported;
  if (personNumber === granting.personNumber) return { ...before, ...data };
  const member = { ...data, personNumber } as Member;
  return {
    ...before,
    people: [...before.people.filter((one) => one.personNumber !== personNumber), member],
  };
}

/** The terms that a report would set, from their day on, and how they were reckoned. */
export async function termsOfReport(work: Work, found: CaseRow, change: Change) {
  const [entitled] = await findEntitlements(work, await concernedBy(work, found.id));
  if (!entitled) throw new Error("a report is about an entitlement");
  const { reportedOn, occursOn, subject } = change;
  const from = termsFromDay(subject as TermsSubject, {
    reportedOn: reportedOn as IsoDate,
    occursOn: occursOn as IsoDate,
    entitledFrom: entitled.validFrom as IsoDate,
  });
  const on = reportedOn as IsoDate;
  const entered = await dataWith(work, found, change);
  const { steps } = await capOn(work, on, entered);
  return { terms: await termsFrom(work, entered, { on, from }), steps };
}

const subjects: Readonly<Record<ChangeSubjectCode, ChangeSubject<Entered>>> = {
  tier: termsSubject("tier", {
    schema: z.strictObject({ tax, welfare, welfarePrevention, incomeUnconfirmed, pediatric }),
  }),
  member: termsSubject("member", {
    schema: z.strictObject({ member: memberSchema }),
    async complete(work, { personNumber }, data) {
      const { member } = data as { member: Member };
      return { member: (await namedPeople(work, personNumber, [member]))[0] };
    },
    joining(data) {
      const { personNumber, ...rest } = (data as { member: Member }).member;
      return {
        members: [{ personNumber, role: "household" }],
        pieces: [{ personNumber, data: rest }],
      };
    },
  }),
  "long-high-cost": termsSubject("long-high-cost", {
    schema: z.strictObject({ longHighCost, costs, onset }),
    documents: ["certificate-brought", "cost-proof"],
  }),
  ventilator: termsSubject("ventilator", {
    schema: z.strictObject({ ventilator }),
    documents: ["certificate-brought", "ventilator-proof"],
  }),
  disease: termsSubject("disease", {
    schema: z.strictObject({ records, researchConsent }),
    documents: ["certificate-brought", "clinical-record"],
    entered: async (work, step, data) =>
      recordsOfEntry(work, step.found, { ...(data as Pick<Entered, "records">), sort: "new" }),
  }),
  insurance: termsSubject("insurance", {
    schema: z.strictObject({ insurance: insurancePart.schema, limitCategory, insurerNote }),
    documents: ["certificate-brought", "insurance-proof"],
    insurer: (data) => (data as Pick<Entered, "insurance">).insurance?.insurerNumber,
    faults: (data, { personNumber, birthOf, today }) =>
      insuranceFaults(
        (data as Pick<Entered, "insurance">).insurance,
        bornBounds(birthOf(personNumber), today),
      ),
  }),
  institution: {
    title: titleOf("institution"),
    schema: z.strictObject({ institutions, anyInstitution }),
    concerns: "all",
    items: (data) => itemLines("institution", data),
    certificates: oldCards,
  },
  name: {
    ...partSubject<Entered, "applicant">(titleOf("name"), "applicant", applicant),
    certificates: oldCards,
  },
  address: {
    ...partSubject<Entered, "applicant">(titleOf("address"), "applicant", applicant),
    certificates: oldCards,
  },
  account: accountSubject<Entered>(),
  mailing: mailingSubject<Entered>("申請者", ({ applicant }) => applicant?.name),
  loss: lossSubject(titleOf("loss"), {
    "moved-out": "市外への転出",
    died: "死亡",
    recovered: "治癒等により特定医療を受ける必要がなくなった",
    declined: "本人の辞退",
    other: "その他",
  }),
  correction: {
    ...correctionSubject<Entered>(() => intractable),
    title: titleOf("correction"),
  },
};

/** Reports of change and loss (変更申請・変更届・喪失) of a patient. */
export const intractableChanges = changes<
  Entered,
  IntractableChangeFacts,
  IntractableChangeEventType
>({
  application: intractable,
  versions: [changeV1],
  subjects,
  facts: (shared, { movement }) => ({ ...shared, movement }),
  carryOut: {
    async requestChange(work: Work, step: Step) {
      const change = await changeOf(work, step.found.id);
      await proposeTerms(work, step, (await termsOfReport(work, step.found, change)).terms);
      return {};
    },
  },
});
