import { type Form, writeBulk } from "#forms/index.ts";
import type { Platform } from "../platform.ts";
import { notFound } from "../problem.ts";
import { printingFrom, type Settings } from "./print.ts";
import type { ProgramPapers } from "./program-papers.ts";

/** The form of a 事務 with that id. @throws Problem 404 */
export function formOfPapers({ forms }: ProgramPapers, id: string): Form<unknown> {
  const form = forms.find((one) => one.id === id);
  if (!form) throw notFound("帳票が見つかりません。");
  return form;
}

/** A sample as it is issued under some settings. */
export const sampleIssuedBy = (sample: unknown, issuer: unknown): unknown =>
  typeof sample === "object" && sample !== null && "issuer" in sample
    ? { ...sample, issuer }
    : sample;

/** Every sample of a form as it looks under settings, with 見本 across each page. */
export async function previewForm(
  platform: Platform,
  form: Form<unknown>,
  settings: Settings,
): Promise<Uint8Array> {
  const { issuer, fonts, wording } = printingFrom(platform, null, settings);
  const samples = Object.values(form.samples).map((sample) => sampleIssuedBy(sample, issuer));
  const { pdf } = await writeBulk(form, samples, { fonts, wording: wording(form), sample: true });
  return pdf;
}
