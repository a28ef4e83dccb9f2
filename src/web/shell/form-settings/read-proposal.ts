import {
  type Faults,
  type Proposal,
  pictureOnly,
  purposes,
  reductionPart,
  type Settings,
  textPart,
} from "#src/platform/printing/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { readDate } from "../../dates.ts";
import type { Values } from "../../values.ts";
import { type PrintingProgram, placesFromWords } from "./words.ts";

/** What was entered, as far as it could be read, and what could not be. */
export interface ReadProposal {
  proposal: Proposal;
  faults: Faults;
}

/** Reads the form of a proposal; texts left as they come with the program, or emptied, are not the city's own. */
export async function readProposal(
  form: Values,
  { papers }: PrintingProgram,
  { base, today }: { base: Settings; today: IsoDate },
): Promise<ReadProposal> {
  const faults: Faults = {};
  const validFrom = readDate(form.text("validFrom"));
  if (!validFrom) faults.validFrom = "適用開始日を入力してください。例: R8.12.1";
  const wording: Record<string, Record<string, string>> = {};
  const reduceFor: Record<string, (typeof purposes)[number][]> = {};
  for (const { id, wording: builtIn = {} } of papers.forms) {
    const own = Object.entries(builtIn)
      .map(
        ([key, text]) =>
          [key, placesFromWords(form.whole(textPart(id, key)).trimEnd()), text] as const,
      )
      .filter(([, entered, text]) => entered !== "" && entered !== text)
      .map(([key, entered]) => [key, entered] as const);
    if (own.length > 0) wording[id] = Object.fromEntries(own);
    const chosen = form.all(reductionPart(id));
    const allowed = purposes.filter((purpose) => chosen.includes(purpose));
    if (allowed.length > 0) reduceFor[id] = allowed;
  }
  return {
    proposal: {
      validFrom: validFrom ?? today,
      content: {
        issuer: { title: form.text("issuerTitle"), name: form.text("issuerName") },
        wording,
        reduceFor,
        reduceTo: readReductions(form.whole("reduceTo"), faults),
      },
      seal: await readImage(form, "seal", base.seal),
      logo: await readImage(form, "logo", base.logo),
    },
    faults,
  };
}

/** Lines of two characters: 髙 高. */
function readReductions(text: string, faults: Faults): Record<string, string> {
  const lines = text.split("\n").map((line) => line.trim());
  const pairs = lines.filter((line) => line !== "").map((line) => line.split(/[\s→]+/u));
  const wrong = pairs.find(({ length }) => length !== 2);
  if (wrong)
    faults.reduceTo = `「${wrong.join(" ")}」を確かめてください。1行に、もとの1字と置き換える1字を空白で分けて入力します。`;
  return Object.fromEntries(pairs.map(([from = "", to = ""]) => [from, to]));
}

/** Names of the fields of an image: the file, the one sent before, and that none is wanted. */
export const imageFields = (name: "seal" | "logo") => ({
  kept: `${name}Kept`,
  removed: `${name}Removed`,
});

async function readImage(
  form: Values,
  name: "seal" | "logo",
  before: Uint8Array | null,
): Promise<Uint8Array | null> {
  const file = form.file(name);
  if (file) return new Uint8Array(pictureOnly(Buffer.from(await file.arrayBuffer())));
  const { kept, removed } = imageFields(name);
  if (form.has(removed)) return null;
  return form.has(kept)
    ? new Uint8Array(pictureOnly(Buffer.from(form.text(kept), "base64")))
    : before;
}
