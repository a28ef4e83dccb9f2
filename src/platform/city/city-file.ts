import { z } from "zod";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";

/** What could be read of a file, or what is wrong with it: a sentence each, beginning with the place. */
export type ReadFile<T> = { readonly content: T } | { readonly faults: readonly string[] };

const text = (longest: number) =>
  z
    .string({
      error: ({ input }) => (input === undefined ? "ありません。" : "文字列で書いてください。"),
    })
    .trim()
    .min(1, "空にできません。")
    .max(longest, `${longest}文字以内で書いてください。`)
    .refine((value) => !/[\p{Cc}\p{Cf}]/u.test(value), "目に見えない文字が入っています。");
const date = z.custom<IsoDate>(
  (value) => typeof value === "string" && isIsoDate(value),
  "2026-04-01 の形の日付で書いてください。",
);
const group = { error: "{ } で囲んだ項目の組で書いてください。" };

const cityShape = z.strictObject(
  {
    from: date,
    name: text(30).refine(
      (name) => /[市区町村]$/.test(name),
      "市・区・町・村で終わる名前にしてください。",
    ),
    code: text(6).refine(
      (code) =>
        checkNumber("local-government", code).normalized === code &&
        checkNumber("local-government", code).valid,
      "検査数字を含む6桁の全国地方公共団体コードではありません。",
    ),
    prefecture: text(4).refine(
      (name) => /.[都道府県]$/.test(name),
      "都・道・府・県で終わる名前にしてください。",
    ),
    mayor: z.strictObject({ title: text(30), name: text(30) }, group),
    appeal: z.strictObject(
      { reviewAuthority: text(30), defendant: text(30), representative: text(30) },
      group,
    ),
    numberPrefix: text(10),
    hours: text(60),
    presets: z.array(
      z.strictObject({ area: text(60), preset: text(60), from: date, to: date.optional() }, group),
      { error: "[ ] で囲んだ一覧で書いてください。" },
    ),
  },
  group,
);

/** What a city registers: itself and the presets it follows, each from a day on. */
export type CityFile = z.infer<typeof cityShape>;

/** Reads the JSON of `city register` and tells every mistake in it. */
export function readCityFile(json: string, areas: readonly PresetArea[]): ReadFile<CityFile> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { faults: ["JSON として読めません。"] };
  }
  const read = cityShape.safeParse(value);
  if (!read.success) return { faults: read.error.issues.flatMap(sentences) };
  const faults = read.data.presets.flatMap((one, at) =>
    presetFaults(one, areas).map((fault) => `presets[${at}]: ${fault}`),
  );
  return faults.length > 0 ? { faults } : { content: read.data };
}

function sentences(issue: z.core.$ZodIssue): string[] {
  const place = issue.path.map((part) =>
    typeof part === "number" ? `[${part}]` : `.${String(part)}`,
  );
  const at = place.join("").replace(/^\./, "");
  if (issue.code !== "unrecognized_keys")
    return [at === "" ? issue.message : `${at}: ${issue.message}`];
  return issue.keys.map((key) => `${at === "" ? "" : `${at}.`}${key}: この項目はありません。`);
}

function presetFaults(
  { area, preset, from, to }: CityFile["presets"][number],
  areas: readonly PresetArea[],
): string[] {
  const known = areas.find(({ id }) => id === area);
  const names = Object.keys(known?.presets ?? {});
  return [
    ...(to && to < from ? ["to が from より前です。"] : []),
    ...(known
      ? []
      : [`area ${area} はありません。あるのは ${areas.map(({ id }) => id).join("、")} です。`]),
    ...(known && !names.includes(preset)
      ? [`preset ${preset} は${known.title}にありません。あるのは ${names.join("、")} です。`]
      : []),
  ];
}
