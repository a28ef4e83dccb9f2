import { hiddenWord } from "#src/platform/applications/index.ts";
import { findCity, withoutPrefecture } from "#src/platform/city/index.ts";
import type { Applicant } from "#src/platform/entry-parts/index.ts";
import { addressLine, type Person, shownKana, shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { sameText } from "#workflows/text/same.ts";
import type { Difference } from "../components/index.ts";

/** Whether two texts say the same: spaces, widths and the name of the city's prefecture don't count. */
export async function sameAsRegistered(work: Work): Promise<(a: string, b: string) => boolean> {
  const prefecture = (await findCity(work))?.prefecture;
  const plain = (text: string) => withoutPrefecture(text.normalize("NFC"), prefecture);
  return (a, b) => sameText(plain(a), plain(b));
}

/** What was entered of an applicant, called 保護者 or 申請者, beside the register; what may not be seen is not compared. */
export async function compareApplicant(
  work: Work,
  { who, entered, of }: { who: string; entered: Applicant; of: Person | undefined },
): Promise<Difference[]> {
  const same = await sameAsRegistered(work);
  const row = (label: string, typed: string, register = ""): Difference => ({
    label,
    entered: typed,
    register: register || "記録なし",
    differs: !same(typed, register),
  });
  return [
    row(`${who}の氏名`, entered.name, of && shownName(of)),
    row(`${who}のフリガナ`, entered.kana, of && shownKana(of)),
    row("郵便番号", entered.postalCode, of?.address?.postalCode),
    row("住所", entered.address, of && addressLine(of)),
    row("方書", entered.building, of?.address?.building),
  ].filter((one) => one.entered !== hiddenWord && (one.entered || one.differs));
}
