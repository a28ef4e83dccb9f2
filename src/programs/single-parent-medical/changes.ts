import { z } from "zod";
import {
  accountSubject,
  type ChangeSubject,
  changes,
  correctionSubject,
  currentData,
  type Granting,
  lossSubject,
  mailingSubject,
  namedPeople,
  partOfPerson,
  partSubject,
  reportedData,
  resumptionSubject,
  suspensionSubject,
} from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { type Change, concernedBy, findEntitlements } from "#src/platform/entitlements/index.ts";
import { type EntryItem, insuranceFaults, insurancePart } from "#src/platform/entry-parts/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { bornBounds } from "#workflows/dates/bounds.ts";
import { type IsoDate, later } from "#workflows/dates/iso-date.ts";
import {
  changeV1,
  type SingleParentChangeFacts,
} from "#workflows/single-parent-medical/change-machine.ts";
import {
  changeV2,
  type SingleParentChangeEventType,
  type SingleParentMovementFacts,
} from "#workflows/single-parent-medical/change-machine-v2.ts";
import {
  type ChangeSubjectCode,
  changeSubjects,
} from "#workflows/single-parent-medical/change-subjects.ts";
import { singleParent } from "./application.ts";
import { childFaults } from "./dates.ts";
import {
  applicant,
  type Child,
  childName,
  childrenOf,
  childSchema,
  type Entered,
} from "./entered.ts";
import { periodsOf } from "./granting.ts";
import { movementSubjects } from "./movements.ts";
import { personRelationTitles } from "./titles.ts";

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
    insurer: (data) => (data as Pick<Entered, "insurance">).insurance?.insurerNumber,
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

/** Why an entitlement is suspended, and why it is corrected: as こども has them. */
const titled = (
  code: ChangeSubjectCode,
  subject: ChangeSubject<Entered>,
): ChangeSubject<Entered> => ({ ...subject, title: titleOf(code) });
const correcting = correctionSubject<Entered>(() => singleParent, "each");

/** 停止, 再開 and 訂正: of the whole household or of one person; the days of each are corrected by themselves. */
const daySubjects = {
  suspension: titled("suspension", suspensionSubject()),
  "person-suspension": titled("person-suspension", suspensionSubject(undefined, "each")),
  resumption: titled("resumption", resumptionSubject()),
  "person-resumption": titled("person-resumption", resumptionSubject("each")),
  correction: {
    ...correcting,
    // What the rules of today would give stands beside it, of the one whose days are corrected.
    async granting(work: Work, found: CaseRow, change: Change): Promise<Granting> {
      const granting = await correcting.granting?.(work, found, change);
      if (!granting) throw new Error("a correction is held against the rules");
      if (!granting.granted) return granting;
      const concerned = await findEntitlements(work, await concernedBy(work, found.id));
      const own = new Set(concerned.map(({ personNumber }) => personNumber));
      return {
        ...granting,
        periods: granting.periods.filter(({ personNumber }) => own.has(personNumber)),
      };
    },
  },
} as const satisfies Partial<Record<ChangeSubjectCode, ChangeSubject<Entered>>>;

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
  ...daySubjects,
  ...movementSubjects,
};

/** Reports of change and loss (変更届・喪失届) of a household. */
export const singleParentChanges = changes<
  Entered,
  SingleParentMovementFacts,
  SingleParentChangeEventType
>({
  application: singleParent,
  versions: [changeV1, changeV2],
  subjects,
  facts: (shared, { subject, movement }) => ({
    ...shared,
    movement,
    outcome: changeSubjects[subject as ChangeSubjectCode].outcome,
    proposal: shared.proposal as SingleParentChangeFacts["proposal"],
  }),
});
