import { z } from "zod";
import {
  accountSubject,
  type ChangeSubject,
  changes,
  currentData,
  type Granting,
  lossSubject,
  mailingSubject,
  namedPeople,
  partOfPerson,
  partSubject,
  reportedData,
} from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { type Change, changeOf } from "#src/platform/entitlements/index.ts";
import { type EntryItem, insuranceFaults, insurancePart } from "#src/platform/entry-parts/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import { type IsoDate, later } from "#workflows/dates/iso-date.ts";
import {
  changeV1,
  type SingleParentChangeEventType,
  type SingleParentChangeFacts,
} from "#workflows/single-parent-medical/change-machine.ts";
import {
  type ChangeSubjectCode,
  changeSubjects,
  needsDecision,
} from "#workflows/single-parent-medical/change-subjects.ts";
import { singleParent } from "./application.ts";
import {
  type Benefit,
  type BenefitData,
  type BenefitKind,
  benefitItems,
  benefitKinds,
  benefitPlanOn,
  benefitSchema,
  reportFeature,
  setFeature,
} from "./benefits.ts";
import { childFaults } from "./dates.ts";
import {
  applicant,
  type Child,
  childName,
  childrenOf,
  childSchema,
  type Entered,
  personRelationTitles,
} from "./entered.ts";
import { periodsOf } from "./granting.ts";

const none: readonly EntryItem[] = [];
const titleOf = (code: ChangeSubjectCode) => changeSubjects[code].title;

/** A report that changes one part of the data, put into force by confirmation. */
const part = (
  code: ChangeSubjectCode,
  rest: Pick<ChangeSubject<Entered>, "schema" | "items"> & Partial<ChangeSubject<Entered>>,
): ChangeSubject<Entered> => ({ title: titleOf(code), concerns: "all", ...rest });

const oldCards = () => ({ kind: "card", of: "with" }) as const;

const particulars = {
  address: {
    ...partSubject<Entered, "applicant">(titleOf("address"), "applicant", applicant),
    certificates: oldCards,
  },
  name: part("name", {
    schema: z.union([z.strictObject({ applicant: applicant.schema }), childName]),
    concerns: "each",
    items(data, { personNumber }) {
      const person = partOfPerson(data, personNumber);
      const name = "name" in person ? person.name : data.applicant?.name;
      return name ? [{ label: "氏名", value: name, purpose: "name" }] : none;
    },
    certificates: oldCards,
  }),
  insurance: part("insurance", {
    schema: z.strictObject({ insurance: insurancePart.schema }),
    concerns: "each",
    faults: (data, { personNumber, birthOf, today }) =>
      insuranceFaults(
        (data as Pick<Entered, "insurance">).insurance,
        bornBounds(birthOf(personNumber), today),
      ),
    items(data, { personNumber }) {
      const person = partOfPerson(data, personNumber);
      return "insurance" in person && person.insurance
        ? insurancePart.items(person.insurance)
        : none;
    },
  }),
  account: accountSubject<Entered>(),
  mailing: mailingSubject<Entered>("申請者", ({ applicant }) => applicant?.name),
};

const householdLossReasons = {
  marriage: "婚姻（事実上の婚姻を含む）",
  "moved-out": "市外への転出",
  income: "所得が限度額以上",
  welfare: "生活保護の開始",
  died: "死亡",
  facility: "児童の施設入所・里親委託",
  "no-child": "対象の児童がいなくなった",
  reunited: "事由の終了",
  other: "その他",
};
const childLossReasons = {
  "moved-out": "市外への転出",
  died: "死亡",
  facility: "施設入所・里親委託",
  welfare: "生活保護の開始",
  custody: "監護しなくなった",
  marriage: "婚姻",
  other: "その他",
};

/** A child that a report brings into the household. */
const addition: ChangeSubject<Entered> = {
  title: titleOf("child-addition"),
  schema: z.strictObject({ child: childSchema }),
  movement: "granted",
  concerns: "all",
  documents: ["insurance-proof"],
  async complete(work, { personNumber }, data) {
    const { child } = data as { child: Child };
    return { child: (await namedPeople(work, personNumber, [child]))[0] };
  },
  faults: (data, about) => childFaults((data as { child: Child }).child, about, "child"),
  joining(data) {
    const { personNumber, ...rest } = (data as { child: Child }).child;
    return {
      members: [{ personNumber, role: "beneficiary" }],
      pieces: [{ personNumber, data: rest }],
    };
  },
  granting: (work, found, change) => grantingOfChild(work, found, change),
  items: (data) =>
    // Numbered: items are held side by side by their label, and children share a relation.
    childrenOf({ people: data.people ?? [] }).map(({ relation, name }, at) => ({
      label: `児童${at + 1}（${personRelationTitles[relation]}）`,
      value: name,
      purpose: "name",
    })),
  certificates: () => ({ kind: "card", of: "without" }),
};

/** What the city's plan gives to the child from the report on; the parent's own entitlement may last longer by it. */
async function grantingOfChild(work: Work, found: CaseRow, change: Change): Promise<Granting> {
  const reported = await reportedData(work, found.id);
  const nothing = {
    granted: false,
    reason: "児童が入力されていません。",
    steps: [],
    basis: [],
  } as const;
  if (!reported) return nothing;
  const { grantingCaseId: caseId, occursOn, reportedOn } = change;
  const { personNumber } = found;
  const held = await currentData(work, singleParent, { caseId, personNumber });
  const child = { ...(reported.data as Child), personNumber: reported.personNumber };
  return periodsOf(work, {
    subject: personNumber,
    entered: { applicant: held.applicant, people: [child] },
    appliedOn: reportedOn,
    categoryFrom: later(held.category.since as IsoDate, occursOn),
  });
}

/** 給付区分, 児童重度障害医療 and 遠隔地証: what they are, and which of them the city decides on. */
const benefit = (kind: BenefitKind): ChangeSubject<Entered> => ({
  title: titleOf(kind),
  schema: z.strictObject({ [kind]: benefitSchema(kind) }),
  concerns: "each",
  needsDecision: async (work, on) =>
    needsDecision(kind, new Set((await benefitPlanOn(work, on)).decided)),
  documents:
    kind === "severe-disability"
      ? ["child-disability"]
      : kind === "remote-certificate"
        ? ["school-proof"]
        : [],
  async mayOpen(_work, { concerned, subject }) {
    if (kind !== "benefit-class" && concerned.some((one) => one.personNumber === subject))
      throw new EntryProblem(
        "person",
        `${benefitKinds[kind].title}は、児童について届け出てください。`,
      );
  },
  async complete(work, { id, receivedOn }, data) {
    const set = (data as Record<BenefitKind, Benefit>)[kind];
    if (set.until !== null && set.until < (await changeOf(work, id)).occursOn)
      throw new EntryProblem("until", "該当期限には、該当日以後の日付を入力してください。");
    const { classes } = await benefitPlanOn(work, receivedOn as IsoDate);
    if (set.benefitClass !== null && !classes[set.benefitClass])
      throw new EntryProblem("benefitClass", "給付区分を選んでください。");
    return data;
  },
  items: (data, { personNumber }) =>
    benefitItems(kind, partOfPerson(data, personNumber) as BenefitData),
  certificates: (data) =>
    kind === "remote-certificate" && (data as Record<BenefitKind, Benefit>)[kind].applies
      ? { kind, of: "all" }
      : undefined,
  entered: (work, step, data) =>
    reportFeature(work, step, kind, (data as Record<BenefitKind, Benefit>)[kind]),
  async carryOut(work, step) {
    const reported = await reportedData(work, step.found.id);
    if (!reported) throw new Error("the machine lets only what was entered be put into force");
    const data = (reported.data as Record<BenefitKind, Benefit>)[kind];
    await setFeature(work, step, kind, data);
    return { applies: data.applies };
  },
});

const subjects: Readonly<Record<ChangeSubjectCode, ChangeSubject<Entered>>> = {
  ...particulars,
  "household-loss": lossSubject(titleOf("household-loss"), householdLossReasons),
  "child-loss": lossSubject(titleOf("child-loss"), childLossReasons, {
    concerns: "each",
    async mayOpen(_work, { live, concerned, subject }) {
      if (concerned.some((one) => one.personNumber === subject))
        throw new EntryProblem("person", "申請者の喪失は、世帯の喪失で届け出てください。");
      if (live.every((one) => one.personNumber === subject || concerned.includes(one)))
        throw new EntryProblem("person", "最後の児童です。世帯の喪失で届け出てください。");
    },
  }),
  "child-addition": addition,
  "benefit-class": benefit("benefit-class"),
  "severe-disability": benefit("severe-disability"),
  "remote-certificate": benefit("remote-certificate"),
};

/** Reports of change and loss (変更届・喪失届) of a household. */
export const singleParentChanges = changes<
  Entered,
  SingleParentChangeFacts,
  SingleParentChangeEventType
>({
  application: singleParent,
  versions: [changeV1],
  subjects,
  facts: (shared, { subject }) => ({
    ...shared,
    outcome: changeSubjects[subject as ChangeSubjectCode].outcome,
    proposal: shared.proposal as SingleParentChangeFacts["proposal"],
  }),
});
