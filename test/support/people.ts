import type { PersonRecord } from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { withIndividualCheckDigit } from "#workflows/numbers/check-digits.ts";

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
      townCode: "0004000",
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

/** An invented household with its grandfather who died, a child under 支援措置, and namesakes elsewhere. */
export function family(): PersonRecord[] {
  const householdNumber = "H-FAMILY";
  const member = (kanji: string, kana: string, given: Partial<PersonRecord>) =>
    invented({
      name: { kanji: `見本　${kanji}`, kana: `ミホン　${kana}` },
      householdNumber,
      ...given,
    });
  return [
    member("太郎", "タロウ", {
      isHead: true,
      relationship: "02",
      sex: "male",
      birthDate: "1988-04-02",
    }),
    member("花子", "ハナコ", { relationship: "12", birthDate: "1990-11-30" }),
    member("さくら", "サクラ", { relationship: "20", birthDate: "2020-02-29" }),
    member("蓮", "レン", { relationship: "20", sex: "male", birthDate: "2025-08-15" }),
    member("茂", "シゲル", {
      relationship: "31",
      sex: "male",
      birthDate: "1951-01-08",
      diedOn: "2026-03-01",
      residence: { from: "1980-04-01", fromReason: "move-in", to: "2026-03-01", toReason: "death" },
    }),
    invented({
      name: { kanji: "見本　ひまわり", kana: "ミホン　ヒマワリ" },
      birthDate: "2021-07-07",
      protection: { from: "2026-04-01" },
    }),
    invented({
      name: { kanji: "見本　𠮷江", kana: "ミホン　ヨシエ" },
      birthDate: "1979-12-24",
      residence: {
        from: "2010-04-01",
        fromReason: "move-in",
        to: "2026-08-31",
        toReason: "move-out",
      },
    }),
  ];
}
