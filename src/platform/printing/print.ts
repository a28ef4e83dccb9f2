import { eq } from "drizzle-orm";
import { type FormSettingContent, formSetting } from "#db/schema/printing.ts";
import type { Fonts, Issuer, Wording } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { cityOf } from "../city/index.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { fontsOf } from "./fonts.ts";
import { isWholePng } from "./png.ts";
import type { ProgramPapers } from "./program-papers.ts";

/** What every paper of a 事務 is printed with. */
export interface Printing {
  /** The 帳票の設定; `null` for what comes with the program. */
  readonly id: number | null;
  /** With 公印 and logo, where the city has set them. */
  readonly issuer: Issuer;
  readonly fonts: Fonts;
  /** The city's own words that this version of the form still has, with nothing to fill in that it does not fill. */
  wording(form: FormTexts): Wording;
}

/** A form as far as its standing texts go. */
export interface FormTexts {
  readonly id: string;
  readonly wording?: Wording;
}

/** What is set: the content of a {@link formSetting} with its images. */
export interface Settings {
  readonly content: FormSettingContent;
  readonly seal: Uint8Array | null;
  readonly logo: Uint8Array | null;
}

/** Places to fill in of a text: `program` of `{program}`. */
export const placesOf = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

/** Places of a city's text that the form does not fill in its own. */
export function unfilled(own: string, builtIn: string): string[] {
  const filled = new Set(placesOf(builtIn));
  return [...new Set(placesOf(own))].filter((name) => !filled.has(name));
}

/** What comes with the program, for a city that has set nothing; issued by its mayor on that day. Raises a Problem (503) without a city. */
export const builtIn = async (work: Work, on: IsoDate): Promise<Settings> => ({
  content: { issuer: (await cityOf(work, on)).mayor, wording: {}, reduceFor: {}, reduceTo: {} },
  seal: null,
  logo: null,
});

/** An image that did not come through the program's own check never reaches the PDF writer. */
function sound(image: Uint8Array): Uint8Array {
  if (isWholePng(Buffer.from(image))) return image;
  throw new Problem({ status: 422, message: "帳票の設定の公印またはロゴの画像が壊れています。" });
}

/**
 * Settings in the shape in which papers are printed; a proposal is looked at in the same way. Raises a Problem (422) for a
 * broken image.
 */
export function printingFrom(
  platform: Platform,
  id: number | null,
  { content, seal, logo }: Settings,
): Printing {
  return {
    id,
    issuer: {
      ...content.issuer,
      ...(seal ? { seal: sound(seal) } : {}),
      ...(logo ? { logo: sound(logo) } : {}),
    },
    fonts: fontsOf(platform, content),
    wording: ({ id, wording = {} }) =>
      Object.fromEntries(
        Object.entries(content.wording[id] ?? {}).filter(([key, text]) => {
          const own = wording[key];
          return own !== undefined && unfilled(text, own).length === 0;
        }),
      ),
  };
}

/** The setting of a 事務 that holds today; `null` before the city has set anything. */
export async function settingInForce(work: Work, program: string): Promise<number | null> {
  const [row] = await work.sql<{ id: number | null }[]>`
    select printing.in_force(${program}, ${work.platform.clock.today()}) as id`;
  return row?.id ?? null;
}

/** With what a paper was issued: the 帳票の設定 (`null`: what comes with the program), and the date it bears. */
export interface IssuedWith {
  readonly setting: number | null;
  readonly on: IsoDate;
}

/** What is set under the setting that a paper was issued with, or under the one that holds today where no paper is named. */
export async function settingsOf(
  work: Work,
  papers: ProgramPapers,
  issued?: IssuedWith,
): Promise<Settings & { id: number | null }> {
  const id = issued ? issued.setting : await settingInForce(work, papers.program);
  if (id === null)
    return { id, ...(await builtIn(work, issued?.on ?? work.platform.clock.today())) };
  const [row] = await work.tx.select().from(formSetting).where(eq(formSetting.id, id));
  if (row?.program !== papers.program) throw new Error(`no setting ${id} of ${papers.program}`);
  return row;
}

/** What a 事務 prints with; see {@link settingsOf}. */
export async function printingOf(
  work: Work,
  papers: ProgramPapers,
  issued?: IssuedWith,
): Promise<Printing> {
  const found = await settingsOf(work, papers, issued);
  return printingFrom(work.platform, found.id, found);
}
