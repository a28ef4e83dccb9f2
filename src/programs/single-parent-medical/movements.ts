import { type ChangeSubject, currentData, namedPeople } from "#src/platform/applications/index.ts";
import { entitlementsOfCase } from "#src/platform/entitlements/index.ts";
import { optionalText } from "#src/platform/entry-parts/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { householdRoles } from "#workflows/single-parent-medical/household.ts";
import { singleParent } from "./application.ts";
import { type BenefitKind, benefitKinds, featureIn, featureWords } from "./benefits.ts";
import { adultSchema, categorySchema, type Entered, type HouseholdPerson } from "./entered.ts";
import { featureSubject } from "./feature-subject.ts";
import { categoryTitles } from "./titles.ts";

type Adult = Exclude<HouseholdPerson, { role: "child" }>;

const ofChild = (kind: BenefitKind): Pick<ChangeSubject<Entered>, "mayOpen"> => ({
  async mayOpen(_work, { concerned, subject }) {
    if (concerned.some((one) => one.personNumber === subject))
      throw new EntryProblem(
        "person",
        `${benefitKinds[kind].title}は、児童について届け出てください。`,
      );
  },
});

/** 世帯の異動: a 配偶者 or 扶養義務者 joins or leaves; whose income counts follows from it. */
const household = featureSubject("household", {
  concerns: "all",
  parts: { person: adultSchema },
  async complete(work, { found, change, set }, data) {
    const typed = data.person as { personNumber: string; role: Adult["role"]; relation?: string };
    const field = "person.personNumber";
    const { people } = await currentData(work, singleParent, {
      caseId: change.grantingCaseId,
      personNumber: found.personNumber,
    });
    const known = people.find((one) => one.personNumber === typed.personNumber);
    const isHere = known !== undefined && featureIn(known, "household")?.applies !== false;
    if (set.applies && isHere) throw new EntryProblem(field, "この方は、既に世帯に入っています。");
    if (!set.applies && (!isHere || known.role === "child"))
      throw new EntryProblem(field, "この方は、世帯の配偶者・扶養義務者に入っていません。");
    if (set.applies && typed.role === "supporter" && !typed.relation)
      throw new EntryProblem("person.relation", "申請者から見た続柄を選んでください。");
    const role = set.applies || !known ? typed.role : (known.role as Adult["role"]);
    const [named] = await namedPeople(work, found.personNumber, [{ ...typed, role, name: "" }]);
    return { set: { value: role }, parts: { person: named } };
  },
  joining(data) {
    const { person, ...changed } = data as {
      person: { personNumber: string; role: Adult["role"]; name: string; relation?: string };
    };
    const { personNumber, role, name, relation } = person;
    const own = role === "supporter" && relation ? { role, name, relation } : { role, name };
    const left = featureIn(changed, "household")?.applies === false;
    return {
      members: [{ personNumber, role }],
      pieces: [{ personNumber, data: left ? changed : { ...own, ...changed } }],
    };
  },
  items: ({ people = [] }) =>
    people.flatMap((one, at) => {
      const set = featureIn(one, "household");
      if (one.role === "child") return [];
      const value = `${one.name}${set ? `（${featureWords("household", set)}）` : ""}`;
      return [{ label: `${householdRoles[one.role]}${at + 1}`, value, purpose: "name" as const }];
    }),
});

/** 資格異動 beside 取得 and 喪失: each with 該当日, 届出日, 事由 and its history. */
export const movementSubjects = {
  "benefit-class": featureSubject("benefit-class", { concerns: "each" }),
  "severe-disability": featureSubject("severe-disability", {
    concerns: "each",
    documents: ["child-disability"],
    ...ofChild("severe-disability"),
  }),
  "remote-certificate": featureSubject("remote-certificate", {
    concerns: "each",
    documents: ["school-proof"],
    ...ofChild("remote-certificate"),
    certificates: (data) =>
      featureIn(data, "remote-certificate")?.applies
        ? { kind: "remote-certificate", of: "all" }
        : undefined,
  }),
  category: featureSubject("category", {
    concerns: "all",
    documents: ["family-register"],
    parts: { category: categorySchema },
    complete: async (_work, _about, data) => ({
      set: { value: (data.category as Entered["category"]).code },
    }),
    items: ({ category }) =>
      category
        ? [
            {
              label: "事由の生じた日",
              value: `${categoryTitles[category.code]}（${formatWareki(category.since as IsoDate)}）`,
            },
          ]
        : [],
  }),
  /** The office is that of the register; a report before the register has changed finds nothing to hand over. */
  office: featureSubject("office", {
    concerns: "all",
    async complete(work, { found, change }) {
      const person = await lookAtPerson(work, found.personNumber, ["facts"]);
      const [held] = await entitlementsOfCase(work, change.grantingCaseId);
      if (!person || person.officeCode === held?.officeCode)
        throw new EntryProblem(
          "reason",
          "住民記録の所管区が、この資格の所管区と同じです。住民記録の異動が取り込まれてから入力してください。",
        );
      const shown = (await officeFinder(work))(person.officeCode).name;
      return { set: { value: person.officeCode, shown } };
    },
  }),
  household,
  income: featureSubject("income", { concerns: "all", documents: ["income-proof"] }),
  pension: featureSubject("pension", {
    concerns: "all",
    complete: async (_work, { set }) => ({ parts: { pension: set.applies } }),
  }),
  allowance: featureSubject("allowance", {
    concerns: "all",
    parts: { allowanceNumber: optionalText },
    async complete(_work, { set }, data) {
      if (set.applies && !data.allowanceNumber)
        throw new EntryProblem("allowanceNumber", "証書の番号を入力してください。");
      return { parts: { allowanceNumber: set.applies ? data.allowanceNumber : "" } };
    },
    items: ({ allowanceNumber }) => [
      { label: "児童扶養手当証書の番号", value: allowanceNumber || "―" },
    ],
  }),
  disaster: featureSubject("disaster", { concerns: "each" }),
  unregistered: featureSubject("unregistered", { concerns: "each" }),
} as const satisfies Readonly<Record<BenefitKind, ChangeSubject<Entered>>>;
