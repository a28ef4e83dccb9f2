import type { FormSettingContent } from "#db/schema/printing.ts";
import {
  checkText,
  colourOf,
  type Fonts,
  type Form,
  inspectPiece,
  type Purpose,
  type Wording,
} from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Platform } from "../platform.ts";
import { unprintableFault } from "./characters.ts";
import { fontsOf } from "./fonts.ts";
import { isWholePng, pngSize } from "./png.ts";
import { sampleIssuedBy } from "./preview.ts";
import { placesOf, type Settings, unfilled } from "./print.ts";
import type { ProgramPapers } from "./program-papers.ts";

/** What somebody proposes: settings, and from when they are to hold. */
export interface Proposal extends Settings {
  readonly validFrom: IsoDate;
}

/** What is wrong with a proposal, by the part it is about, in a sentence for the person who entered it. */
export type Faults = Record<string, string>;

/** The part of a proposal that a standing text is. */
export const textPart = (formId: string, key: string): string => `wording.${formId}.${key}`;

/** The part that the 縮退 on a form is. */
export const reductionPart = (formId: string): string => `reduce.${formId}`;

/** Whether a standing text is a colour. */
export const isColour = (builtIn: string): boolean => /^#[0-9a-f]{6}$/i.test(builtIn);

/** Purposes for which 縮退 may be allowed. */
export const purposes = ["name", "address", "text"] as const satisfies readonly Purpose[];

const longestText = 600;
const longestIssuer = 30;
/** Bytes of an image; the database says the same. */
export const largestImage = 512 * 1024;
const mostReductions = 500;

type PlainIssuer = FormSettingContent["issuer"];

/**
 * Checks a proposal as a whole: texts, colours, images, and that every paper still holds it beside the present issuer.
 * Nothing when all is well.
 */
export function checkProposal(
  platform: Platform,
  papers: ProgramPapers,
  proposal: Proposal,
  present: PlainIssuer,
): Faults {
  const { content } = proposal;
  const fonts = fontsOf(platform, content);
  const faults: Faults = {
    ...issuerFaults(content, fonts),
    ...textFaults(papers, content, fonts),
    ...reductionFaults(papers, content),
    ...imageFaults(proposal),
  };
  if (proposal.validFrom < platform.clock.today())
    faults.validFrom = "適用開始日は、今日か後の日にしてください。";
  if (Object.keys(faults).length > 0) return faults;
  return roomFaults(papers, { content, present, fonts });
}

function issuerFaults({ issuer }: FormSettingContent, fonts: Fonts): Faults {
  const faults: Faults = {};
  for (const [part, label, text] of [
    ["issuerTitle", "発行者の職名", issuer.title],
    ["issuerName", "発行者の氏名", issuer.name],
  ] as const) {
    const fault =
      text === ""
        ? `${label}を入力してください。`
        : (plainFault(text, longestIssuer) ?? charactersFault(text, "name", fonts));
    if (fault) faults[part] = fault;
  }
  return faults;
}

function textFaults(
  { forms }: ProgramPapers,
  { wording }: FormSettingContent,
  fonts: Fonts,
): Faults {
  const faults: Faults = {};
  for (const [formId, texts] of Object.entries(wording))
    for (const [key, text] of Object.entries(texts)) {
      const form = forms.find(({ id }) => id === formId);
      const builtIn = form?.wording?.[key];
      const fault =
        builtIn === undefined ? "この帳票にない文言です。" : textFault(text, builtIn, fonts);
      if (fault) faults[textPart(formId, key)] = `${form?.title ?? formId}: ${fault}`;
    }
  return faults;
}

function textFault(text: string, builtIn: string, fonts: Fonts): string | undefined {
  if (isColour(builtIn)) return colourFault(text);
  const plain = plainFault(text, longestText);
  if (plain) return plain;
  const [place] = unfilled(text, builtIn);
  if (place !== undefined) {
    const filled = placesOf(builtIn).map((name) => `{${name}}`);
    const known = filled.length > 0 ? `使えるのは ${[...new Set(filled)].join(" ")} です。` : "";
    return `この文に差し込み {${place}} はありません。${known}`;
  }
  if (/[{}]/.test(text.replace(/\{\w+\}/g, "")))
    return "「{」と「}」は、差し込みだけに使えます。差し込みの名前を確かめてください。";
  return charactersFault(text, "text", fonts);
}

function colourFault(text: string): string | undefined {
  try {
    colourOf(text);
  } catch (error) {
    if (error instanceof RangeError) return "色は #dbedf7 のように入力してください。";
    throw error;
  }
  return undefined;
}

const invisible = /[\p{Cc}\p{Cf}]/u;

function plainFault(text: string, longest: number): string | undefined {
  if (text.length > longest)
    return `${longest}文字以内で入力してください（いま${text.length}文字）。`;
  return invisible.test(text.replaceAll("\n", ""))
    ? "目に見えない文字が入っています。入力し直してください。"
    : undefined;
}

function charactersFault(text: string, purpose: Purpose, fonts: Fonts): string | undefined {
  const found = checkText(text, purpose, fonts);
  return found.length > 0 ? unprintableFault(found) : undefined;
}

function reductionFaults({ forms }: ProgramPapers, content: FormSettingContent): Faults {
  const faults: Faults = {};
  for (const [formId, allowed] of Object.entries(content.reduceFor))
    if (!forms.some(({ id }) => id === formId) || allowed.some((one) => !purposes.includes(one)))
      faults[reductionPart(formId)] = "この帳票では選べません。";
  const pairs = Object.entries(content.reduceTo);
  if (pairs.length > mostReductions)
    return { ...faults, reduceTo: `縮退は${mostReductions}字までです。` };
  const wrong = pairs.find(
    ([from, to]) => !isOneCharacter(from) || !isOneCharacter(to) || from === to,
  );
  if (wrong)
    faults.reduceTo = `「${wrong.join(" ")}」を確かめてください。1行に、もとの1字と置き換える1字を空白で分けて入力します。`;
  return faults;
}

const characters = new Intl.Segmenter("ja", { granularity: "grapheme" });
/** A base with its marks; a line of thousands of marks is none, nor is what nobody sees. */
const isOneCharacter = (text: string) =>
  text.length <= 8 && !invisible.test(text) && [...characters.segment(text)].length === 1;

function imageFaults({ seal, logo }: Settings): Faults {
  const faults: Faults = {};
  const sealFault = seal && imageFault(seal, { smallest: 150, square: true });
  const logoFault = logo && imageFault(logo, { smallest: 40, square: false });
  if (sealFault) faults.seal = sealFault;
  if (logoFault) faults.logo = logoFault;
  return faults;
}

const largestSide = 2000;

function imageFault(
  png: Uint8Array,
  { smallest, square }: { smallest: number; square: boolean },
): string | undefined {
  if (png.length > largestImage) return `画像は${largestImage / 1024} KB以内にしてください。`;
  const file = Buffer.from(png);
  const size = pngSize(file);
  if (!size) return "PNG形式の画像を選んでください。";
  const { width, height } = size;
  const short = Math.min(width, height);
  if (short < smallest || Math.max(width, height) > largestSide)
    return `画像の縦と横は、${smallest}から${largestSide}画素にしてください（いま ${width} × ${height}）。`;
  if (square && Math.abs(width - height) > short / 50)
    return `公印の画像は、縦と横を同じ長さにしてください（いま ${width} × ${height}）。`;
  return isWholePng(file)
    ? undefined
    : "画像を読み取れません。インターレースのないPNG形式で保存し直してください。";
}

/** Texts that no longer have room in the samples of their form, although the built-in ones have. */
function roomFaults(
  papers: ProgramPapers,
  { content, present, fonts }: { content: FormSettingContent; present: PlainIssuer; fonts: Fonts },
): Faults {
  const faults: Faults = {};
  const tooLong = (form: Form<unknown>, wording: Wording, issuer: unknown) =>
    Object.values(form.samples).flatMap((sample) =>
      inspectPiece(form, sampleIssuedBy(sample, issuer), { fonts, wording })
        .filter(({ kind }) => kind === "does-not-fit")
        .map(({ field }) => field),
    );
  for (const form of papers.forms) {
    const own = content.wording[form.id] ?? {};
    const usual = new Set(tooLong(form, {}, present));
    const crowded = (wording: Wording, issuer: unknown) =>
      tooLong(form, wording, issuer).some((field) => !usual.has(field));
    if (crowded({}, content.issuer))
      faults.issuerName = `発行者が「${form.title}」の枠に収まりません。短くしてください。`;
    if (!crowded(own, present)) continue;
    const alone = Object.keys(own).filter((key) => crowded({ [key]: own[key] ?? "" }, present));
    for (const key of alone.length > 0 ? alone : Object.keys(own))
      faults[textPart(form.id, key)] = `${form.title}: 枠に収まりません。短くしてください。`;
  }
  return faults;
}
