import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { isFoundBy, type SearchedName } from "#workflows/names/search-keys.ts";
import { foldKana } from "#workflows/text/fold-kana.ts";
import { foldKanji } from "#workflows/text/fold-kanji.ts";

/** 氏名, 生年月日, 性別, 住所 as a slip has them. */
export interface ToldIdentity {
  readonly name?: string | undefined;
  readonly kana?: string | undefined;
  readonly birth?: IsoDate | undefined;
  readonly sex?: "female" | "male" | undefined;
  readonly address?: string | undefined;
}

/** The same of somebody in the register; what may not be seen is not there. */
export interface KnownIdentity {
  readonly name?: SearchedName | undefined;
  readonly birth: string;
  readonly sex: string;
  readonly address?: string | undefined;
}

/** One line of a score: what was compared, how it went, the points. */
export interface ScoreLine {
  readonly what: "氏名" | "生年月日" | "性別" | "住所";
  readonly says: string;
  readonly points: number;
  readonly most: number;
}

/** What a line says of what the slip leaves out. */
export const notTold = "記入なし";

/** How well a slip and a person fit, 0 to 100, with its lines. */
export interface Score {
  readonly points: number;
  readonly lines: readonly ScoreLine[];
}

/** From these points on somebody is taken for the person of a slip, where the next one has at least {@link lead} less. */
export const enough = 80;
export const lead = 20;

/**
 * Compares what a slip says of a person with the register. The weights are ours: name 40, birth date 35, sex 10, address 15; what
 * the slip does not say earns nothing.
 */
export function scoreOf(told: ToldIdentity, known: KnownIdentity): Score {
  const lines = [
    nameLine(told, known),
    birthLine(told, known),
    line("性別", 10, told.sex && (told.sex === known.sex ? [10, "一致"] : [0, "相違"])),
    addressLine(told, known),
  ];
  return { points: lines.reduce((sum, { points }) => sum + points, 0), lines };
}

const line = (
  what: ScoreLine["what"],
  most: number,
  found: readonly [number, string] | undefined | "",
): ScoreLine => {
  const [points, says] = found || [0, notTold];
  return { what, most, points, says };
};

const bareKana = (text: string) => foldKana(text).replace(/\s/gu, "");
const bareKanji = (text: string) => foldKanji(text).replace(/\s/gu, "");

function nameLine(told: ToldIdentity, { name }: KnownIdentity): ScoreLine {
  const typed = [told.kana, told.name].filter((one) => one !== undefined && one !== "");
  if (typed.length === 0) return line("氏名", 40, undefined);
  if (!name) return line("氏名", 40, [0, "見られません"]);
  const kana = [name.kana, name.commonKana].flatMap((one) => (one ? bareKana(one) : []));
  const kanji = [name.kanji, name.commonName, name.alphabetic].flatMap((one) =>
    one ? bareKanji(one) : [],
  );
  if (typed.some((one) => one && (kana.includes(bareKana(one)) || kanji.includes(bareKanji(one)))))
    return line("氏名", 40, [40, "一致"]);
  if (typed.some((one) => one && isFoundBy(name, one))) return line("氏名", 40, [25, "一部が一致"]);
  return line("氏名", 40, [0, "相違"]);
}

function birthLine({ birth }: ToldIdentity, known: KnownIdentity): ScoreLine {
  if (!birth) return line("生年月日", 35, undefined);
  if (birth === known.birth) return line("生年月日", 35, [35, "一致"]);
  const parts = known.birth.split("-");
  const alike = birth.split("-").filter((part, at) => part === parts[at]).length;
  return line("生年月日", 35, alike === 2 ? [15, "年・月・日の二つが一致"] : [0, "相違"]);
}

function addressLine(told: ToldIdentity, known: KnownIdentity): ScoreLine {
  const typed = told.address && bareAddress(told.address);
  if (!typed) return line("住所", 15, undefined);
  if (!known.address) return line("住所", 15, [0, "見られません"]);
  const there = bareAddress(known.address);
  if (there === "" || typed === "") return line("住所", 15, [0, "相違"]);
  if (there.endsWith(typed) || typed.endsWith(there) || there.startsWith(typed))
    return line("住所", 15, [15, "一致"]);
  return line("住所", 15, [0, "相違"]);
}

/** Widths, spaces, 丁目・番地・号 and dashes do not count. */
const bareAddress = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\s/gu, "")
    .replace(/丁目|番地の?|番|号|[‐‑‒–—―−ー－-]/gu, "-")
    .replace(/-+$/u, "")
    .replace(/-+/gu, "-");

/** Whose slip it is: the one who fits well enough and clearly better than the next; nobody otherwise. */
export function bestOf<Candidate extends { score: Score }>(
  candidates: readonly Candidate[],
): { best?: Candidate; near: readonly Candidate[] } {
  const ordered = candidates.toSorted((a, b) => b.score.points - a.score.points);
  const [first, second] = ordered;
  const near = ordered.filter(({ score }) => score.points >= enough - lead).slice(0, 10);
  if (!first || first.score.points < enough) return { near };
  if (second && first.score.points - second.score.points < lead) return { near };
  return { best: first, near };
}
