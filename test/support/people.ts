import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { withIndividualCheckDigit } from "#workflows/numbers/check-digits.ts";
import type { PersonRecord } from "#src/platform/people/index.ts";

let next = 1;

/** A resident who does not exist; give what matters to the test. */
export function invented(given: Partial<PersonRecord> = {}): PersonRecord {
  const n = next++;
  return {
    householdNumber: `H${n}`,
    sourceId: `S${String(n).padStart(8, "0")}`,
    name: { kanji: "試験　花子", kana: "シケン　ハナコ" },
    birthDate: "2020-05-10" as IsoDate,
    sex: "female",
    relationship: "20",
    isHead: false,
    address: {
      postalCode: "8600004",
      town: "熊本市中央区新町",
      townCode: "0000101",
      block: "２丁目４番２７号",
      building: "",
    },
    officeCode: "431010",
    residence: { from: "2020-05-10", fromReason: "birth" },
    nationality: "jp",
    individualNumber: withIndividualCheckDigit(String(10_000_000_000 + n)),
    ...given,
  };
}
