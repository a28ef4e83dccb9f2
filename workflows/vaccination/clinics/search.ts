import { foldKana } from "#workflows/text/fold-kana.ts";
import { foldKanji } from "#workflows/text/fold-kanji.ts";

/** Keys by which a clinic is found: name and kana, folded as names of people are (髙→高, ｶﾅ→カナ). */
export const clinicKeys = ({ name, kana }: { name: string; kana: string }) => ({
  nameFolded: foldKanji(name),
  kanaFolded: foldKana(kana),
});

/** What was typed to find a clinic, folded both ways; a part of the name is enough. Nothing of nothing. */
export function soughtClinic(typed: string): { name: string; kana: string } | undefined {
  const [name, kana] = [foldKanji(typed), foldKana(typed)];
  return name === "" && kana === "" ? undefined : { name, kana };
}

/** Whether two names are the same for the register: as they are sought, without spaces. */
export const sameName = (one: string, other: string): boolean =>
  foldKanji(one) === foldKanji(other);
