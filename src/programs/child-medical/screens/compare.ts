import { hiddenWord } from "#src/platform/applications/index.ts";
import { findCity, withoutPrefecture } from "#src/platform/city/index.ts";
import {
  addressLine,
  type HouseholdView,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { Difference } from "#src/web/components/index.ts";
import { sameText } from "#workflows/text/same.ts";
import type { Entered } from "../index.ts";

/**
 * What was entered of the guardian beside the register: of the member of that name, else of the adult of the household.
 * Spaces, widths and the name of the city's prefecture don't count as differences.
 */
export async function compareWithRegister(
  work: Work,
  { guardian }: Entered,
  { household, adult }: HouseholdView,
): Promise<Difference[]> {
  const prefecture = (await findCity(work))?.prefecture;
  const plain = (text: string) => withoutPrefecture(text.normalize("NFC"), prefecture);
  const same = (a: string, b: string) => sameText(plain(a), plain(b));
  const member = household.find((person) => same(shownName(person), guardian.name));
  const of = member ?? adult;
  const row = (label: string, entered: string, register = ""): Difference => ({
    label,
    entered,
    register: register || "記録なし",
    differs: !same(entered, register),
  });
  const rows = [
    row("保護者の氏名", guardian.name, of && shownName(of)),
    row("保護者のフリガナ", guardian.kana, of && shownKana(of)),
    row("郵便番号", guardian.postalCode, of?.address?.postalCode),
    row("住所", guardian.address, of && addressLine(of)),
    row("方書", guardian.building, of?.address?.building),
    {
      label: "子どもとの同居",
      entered: member ? "同居" : "別居",
      register: "世帯員",
      differs: !member,
    },
  ];
  // What may not be seen is not compared either.
  return rows.filter(({ entered, differs }) => entered !== hiddenWord && (entered || differs));
}
