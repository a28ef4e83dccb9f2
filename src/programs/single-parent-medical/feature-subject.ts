import { z } from "zod";
import {
  type ChangeSubject,
  partOfPerson,
  reportedData,
} from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { type Change, changeOf } from "#src/platform/entitlements/index.ts";
import type { EntryItem } from "#src/platform/entry-parts/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { changeSubjects, needsDecision } from "#workflows/single-parent-medical/change-subjects.ts";
import {
  type Benefit,
  type BenefitKind,
  benefitItems,
  benefitPlanOn,
  benefitSchema,
  dataKeyOf,
  featureIn,
  featureKind,
  reportFeature,
  setFeature,
} from "./benefits.ts";
import type { Entered } from "./entered.ts";

/** What a report brings once it was parsed: what is set, and the parts of the data beside it. */
export type Reported = Readonly<Record<string, unknown>>;

interface Own extends Pick<ChangeSubject<Entered>, "mayOpen" | "joining" | "certificates"> {
  concerns: "each" | "all";
  documents?: readonly string[];
  /** Parts of the data that it replaces beside what it sets. */
  parts?: z.ZodRawShape;
  /** What is set and the parts with what only the register, or the other one of them, knows. */
  complete?(
    work: Work,
    about: { found: CaseRow; change: Change; set: Benefit },
    data: Reported,
  ): Promise<{ set?: Partial<Benefit>; parts?: Reported }>;
  /** The parts item by item. */
  items?(data: Partial<Entered>, change: { personNumber: string }): readonly EntryItem[];
}

/** A report that sets something of the entitlements with 該当日, 届出日 and 事由, in codes beside the sealed data. */
export function featureSubject(kind: BenefitKind, own: Own): ChangeSubject<Entered> {
  const key = dataKeyOf(kind);
  const { concerns, documents = [], parts = {}, complete, items, ...rest } = own;
  const setIn = (data: object): Benefit => {
    const set = featureIn(data, kind);
    if (!set) throw new Error("a report without what it sets");
    return set;
  };
  return {
    ...rest,
    title: changeSubjects[kind].title,
    schema: z.strictObject({ [key]: benefitSchema(kind), ...parts }),
    concerns,
    documents,
    needsDecision: async (work, on) =>
      needsDecision(kind, new Set((await benefitPlanOn(work, on)).decided)),
    async complete(work, found, data) {
      const set = setIn(data);
      const change = await changeOf(work, found.id);
      if (set.until !== null && set.until < change.occursOn)
        throw new EntryProblem(
          "until",
          `${featureKind(kind).until}には、該当日以後の日付を入力してください。`,
        );
      const { classes } = await benefitPlanOn(work, found.receivedOn as IsoDate);
      if (set.benefitClass !== null && !classes[set.benefitClass])
        throw new EntryProblem("benefitClass", "給付区分を選んでください。");
      const more = await complete?.(work, { found, change, set }, data as Reported);
      return { ...data, ...more?.parts, [key]: { ...set, ...more?.set } };
    },
    items: (data, change) => [
      ...(items?.(data, change) ?? []),
      ...benefitItems(kind, partOfPerson(data, change.personNumber)),
    ],
    entered: (work, step, data) => reportFeature(work, step, kind, setIn(data)),
    async carryOut(work, step) {
      const reported = await reportedData(work, step.found.id);
      if (!reported) throw new Error("the machine lets only what was entered be put into force");
      const set = setIn(reported.data);
      await setFeature(work, step, kind, set);
      return { applies: set.applies };
    },
  };
}
