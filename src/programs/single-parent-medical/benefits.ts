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
import { categoryTitles } from "./titles.ts";

/** What reports set, and what the screens ask of it. */
interface FeatureKind {
  readonly title: string;
  /** 事由 that may be chosen. */
  readonly reasons: Titles;
  /** 該当 and 非該当 in its own words; `null` where it only ever is. */
  readonly words: { readonly yes: string; readonly no: string } | null;
  /** What it may be, where it is one of several. */
  readonly values?: Titles;
  /** What it is follows from something else that is entered, or from the register. */
  readonly told?: true;
  /** What its last day is called, where it has one. */
  readonly until?: string;
}

const yesNo = { yes: "該当", no: "非該当" } as const;
const mistake = { corrected: "登録の誤り" } as const;

/** What reports set of somebody's entitlement, each with why (事由). */
export const benefitKinds = {
  "benefit-class": {
    title: "給付区分",
    reasons: {
      "other-scheme": "他の医療費助成に該当",
      "scheme-ended": "他の医療費助成に非該当",
      other: "その他",
    },
    words: yesNo,
  },
  "severe-disability": {
    title: "児童重度障害医療",
    reasons: { handbook: "障害者手帳", certificate: "診断書", ended: "障害の程度の変更" },
    words: yesNo,
  },
  "remote-certificate": {
    title: "遠隔地証",
    reasons: { school: "就学", facility: "入所・入院", ended: "別居の終了", other: "その他" },
    words: yesNo,
    until: "該当期限",
  },
  category: {
    title: "制度該当区分",
    reasons: { changed: "事由の変更", ...mistake },
    words: null,
    values: categoryTitles,
    told: true,
  },
  office: {
    title: "所管区",
    reasons: { "moved-in-city": "区間の転居", boundary: "区域の変更", ...mistake },
    words: null,
    told: true,
  },
  household: {
    title: "世帯の異動",
    reasons: {
      marriage: "婚姻（事実上の婚姻を含む）",
      cohabiting: "同居",
      separated: "別居",
      divorced: "離婚",
      died: "死亡",
      ...mistake,
    },
    words: { yes: "世帯に加わった", no: "世帯を離れた" },
    values: { spouse: "配偶者", supporter: "扶養義務者（生計が同じ）" },
  },
  income: {
    title: "所得更正",
    reasons: { amended: "税の更正", refiled: "修正申告", answered: "税情報の照会の回答" },
    words: null,
    values: { within: "限度額未満", over: "限度額以上" },
  },
  pension: {
    title: "年金受給",
    reasons: { started: "受給の開始", ended: "受給の終了", ...mistake },
    words: { yes: "有", no: "無" },
  },
  allowance: {
    title: "児童扶養手当",
    reasons: {
      granted: "認定",
      renewed: "証書の更新",
      suspended: "全部支給停止",
      ended: "資格の喪失",
      ...mistake,
    },
    words: { yes: "証書あり", no: "証書なし" },
  },
  disaster: {
    title: "被災者",
    reasons: { proven: "罹災証明書", ended: "該当の終了", ...mistake },
    words: yesNo,
    until: "該当期限",
  },
  unregistered: {
    title: "住登外",
    reasons: {
      elsewhere: "他の市区町村に住民登録",
      none: "住民登録なし",
      registered: "住民登録をした",
      ...mistake,
    },
    words: yesNo,
  },
} as const satisfies Record<Feature["kind"], FeatureKind>;
export type BenefitKind = keyof typeof benefitKinds;

/** A kind with all that it may have. */
export const featureKind = (kind: BenefitKind): FeatureKind => benefitKinds[kind];

/** Every 事由 of a kind in words; what ran out by the clock has one of its own. */
export const featureReason = (kind: BenefitKind, reason: string): string =>
  reason === "expired" ? "期限の経過" : (featureKind(kind).reasons[reason] ?? reason);

/** Under which name the sealed data have it: those beside a field of the entry of the same name stand apart. */
export const dataKeyOf = (kind: BenefitKind): string =>
  ownNames.includes(kind) ? kind : `${kind}-change`;
const ownNames: readonly string[] = [
  "benefit-class",
  "severe-disability",
  "remote-certificate",
] satisfies OwnName[];

/** 該当 or 非該当 from the day of the report. */
export const benefitSchema = (kind: BenefitKind) => {
  const { reasons, words, values, told, until } = featureKind(kind);
  const [valueTitle, untilTitle] = [benefitKinds[kind].title, until ?? "期限"];
  return z
    .strictObject({
      applies: words ? z.boolean() : z.literal(true).default(true),
      reason: z.enum(codesOf(reasons), "事由を選んでください。"),
      /** 給付区分, a code of the city's. */
      benefitClass: z.string().nullable().default(null),
      /** A code of `values`. */
      value: (values && !told
        ? z.enum(codesOf(values), `${valueTitle}を選んでください。`)
        : z.null().default(null)) as z.ZodType<string | null>,
      /** 該当期限. */
      until: isoDate(untilTitle).nullable().default(null),
    })
    .refine(
      ({ applies, benefitClass }) =>
        (benefitClass !== null) === (kind === "benefit-class" && applies),
      { path: ["benefitClass"], message: "給付区分を選んでください。" },
    )
    .refine(({ until }) => until === null || untilTitle !== "期限", {
      path: ["until"],
      message: "この届出に期限はありません。",
    });
};
export type Benefit = z.infer<ReturnType<typeof benefitSchema>> & {
  /** What the office is called. */
  shown?: string;
};
type OwnName = "benefit-class" | "severe-disability" | "remote-certificate";
export type BenefitData = { readonly [Kind in OwnName]?: Benefit } & {
  readonly [Kind in Exclude<BenefitKind, OwnName> as `${Kind}-change`]?: Benefit;
};

/** What a report of a kind says, as the sealed data have it. */
export const featureIn = (data: object | undefined, kind: BenefitKind): Benefit | undefined =>
  (data as Readonly<Record<string, Benefit | undefined>> | undefined)?.[dataKeyOf(kind)];

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

export function benefitItems(kind: BenefitKind, data: object | undefined): EntryItem[] {
  const { title } = benefitKinds[kind];
  const set = featureIn(data, kind);
  if (!set) return [{ label: title, value: "―" }];
  const until = set.until ? `、${formatWareki(set.until as IsoDate)}まで` : "";
  return [
    {
      label: title,
      value: `${featureWords(kind, set)}（${featureReason(kind, set.reason)}${until}）`,
    },
  ];
}

/** What is set, in words, without its reason. */
export function featureWords(
  kind: BenefitKind,
  set: { applies: boolean; benefitClass: string | null; value: string | null; shown?: string },
): string {
  const { words, values } = featureKind(kind);
  const own = set.shown ?? benefitClassTitles[set.benefitClass ?? ""] ?? values?.[set.value ?? ""];
  const standing = words && (set.applies ? words.yes : words.no);
  if (kind === "household") return `${own ?? ""}が${standing}`;
  return (set.applies ? own : undefined) ?? standing ?? set.value ?? "";
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
  { applies, benefitClass, value, until, reason }: Benefit,
): Promise<void> {
  await work.sql`
    insert into single_parent.reported_feature (case_id, kind, applies, benefit_class, value, until, reason)
    values (${found.id}, ${kind}, ${applies}, ${benefitClass}, ${value ?? null}, ${until}, ${reason})`;
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
  { applies, benefitClass, value, until, reason }: Benefit,
): Promise<void> {
  const [reported] = await work.tx
    .select()
    .from(reportedFeature)
    .where(eq(reportedFeature.caseId, found.id))
    .orderBy(desc(reportedFeature.revision))
    .limit(1);
  const { caseId: _, revision: __, ...codes } = reported ?? {};
  // What was entered before a value could stand in it has none.
  const said = { kind, applies, benefitClass, value: value ?? null, until, reason };
  if (!isDeepStrictEqual(codes, said))
    throw conflict("届出の内容を入力し直してください。", [
      "入力された内容と、台帳に反映する内容が一致していません。",
    ]);
  await work.sql`select single_parent.set_feature(${found.id})`;
}
