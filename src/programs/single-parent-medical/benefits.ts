import { isDeepStrictEqual } from "node:util";
import { asc, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { feature, reportedFeature } from "#db/schema/single-parent-medical.ts";
import type { Titles } from "#src/platform/applications/index.ts";
import type { Step } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { type EntryItem, isoDate } from "#src/platform/entry-parts/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import { conflict } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { benefitArea } from "#workflows/single-parent-medical/presets.ts";

/** What reports set of somebody's benefit, each with why (事由). */
export const benefitKinds = {
  "benefit-class": {
    title: "給付区分",
    reasons: {
      "other-scheme": "他の医療費助成に該当",
      "scheme-ended": "他の医療費助成に非該当",
      other: "その他",
    },
  },
  "severe-disability": {
    title: "児童重度障害医療",
    reasons: { handbook: "障害者手帳", certificate: "診断書", ended: "障害の程度の変更" },
  },
  "remote-certificate": {
    title: "遠隔地証",
    reasons: { school: "就学", facility: "入所・入院", ended: "別居の終了", other: "その他" },
  },
} as const satisfies Record<string, { title: string; reasons: Titles }>;
export type BenefitKind = keyof typeof benefitKinds;

/** 該当 or 非該当 from the day of the report. */
export const benefitSchema = (kind: BenefitKind) =>
  z
    .strictObject({
      applies: z.boolean(),
      reason: z.enum(codesOf(benefitKinds[kind].reasons as Titles), "事由を選んでください。"),
      /** 給付区分, a code of the city's. */
      benefitClass: z.string().nullable(),
      /** 遠隔地証 該当期限. */
      until: isoDate("該当期限").nullable(),
    })
    .refine(
      ({ applies, benefitClass }) =>
        (benefitClass !== null) === (kind === "benefit-class" && applies),
      { path: ["benefitClass"], message: "給付区分を選んでください。" },
    );
export type Benefit = z.infer<ReturnType<typeof benefitSchema>>;
export type BenefitData = { readonly [Kind in BenefitKind]?: Benefit };

/** 給付区分 of whichever city, by code; which of them its own has, its plan says. */
export const benefitClassTitles: Titles = Object.assign(
  {},
  ...Object.values(benefitArea.presets).flatMap(({ rows }) =>
    rows.map(({ value }) => value.classes),
  ),
);

/** The plan of the city: its 給付区分, and which reports it decides on. */
export const benefitPlanOn = async (work: Work, on: IsoDate) =>
  valueOn(await presetOf(work, benefitArea, on), on);

export function benefitItems(kind: BenefitKind, data: BenefitData | undefined): EntryItem[] {
  const { title, reasons } = benefitKinds[kind];
  const set = data?.[kind];
  const until = set?.until ? `、${formatWareki(set.until as IsoDate)}まで` : "";
  const why = set && (reasons as Titles)[set.reason];
  const value = set?.applies
    ? `${benefitClassTitles[set.benefitClass ?? ""] ?? "該当"}（${why}${until}）`
    : `非該当（${why}）`;
  return [{ label: title, value: set ? value : "―" }];
}

export type Feature = typeof feature.$inferSelect;

/** What was set of the benefit of some entitlements, the oldest first; the newest of a kind holds. */
export async function featuresOf(
  work: Work,
  entitlementIds: readonly string[],
): Promise<Feature[]> {
  if (entitlementIds.length === 0) return [];
  return work.tx
    .select()
    .from(feature)
    .where(inArray(feature.entitlementId, [...entitlementIds]))
    .orderBy(asc(feature.id));
}

/** Says in codes what a report sets, in the step that enters it: what is put into force later is this. */
export async function reportFeature(
  work: Work,
  { found }: Pick<Step, "found">,
  kind: BenefitKind,
  { applies, benefitClass, until, reason }: Benefit,
): Promise<void> {
  await work.sql`
    insert into single_parent.reported_feature (case_id, kind, applies, benefit_class, until, reason)
    values (${found.id}, ${kind}, ${applies}, ${benefitClass}, ${until}, ${reason})`;
}

/**
 * Sets what was entered and confirmed, in the step that puts it into force; the days come from the report.
 *
 * @throws Problem 409 where the sealed entry, which was looked at, says something else than the codes beside it
 */
export async function setFeature(
  work: Work,
  { found }: Pick<Step, "found">,
  kind: BenefitKind,
  { applies, benefitClass, until, reason }: Benefit,
): Promise<void> {
  const [reported] = await work.tx
    .select()
    .from(reportedFeature)
    .where(eq(reportedFeature.caseId, found.id))
    .orderBy(desc(reportedFeature.revision))
    .limit(1);
  const { caseId: _, revision: __, ...codes } = reported ?? {};
  if (!isDeepStrictEqual(codes, { kind, applies, benefitClass, until, reason }))
    throw conflict("届出の内容を入力し直してください。", [
      "入力された内容と、台帳に反映する内容が一致していません。",
    ]);
  await work.sql`select single_parent.set_feature(${found.id})`;
}
