import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Fact, PrintedPerson } from "../data.ts";

/** No line for an address that is withheld. */
export const addressFacts = (label: string, value: string): Fact[] =>
  value === "" ? [] : [{ label, value, purpose: "address" }];

/** Whom a paper is about. @param address empty where it is withheld */
export const factsOfPerson = (
  { name, kana, birthDate, sex }: PrintedPerson,
  address: string,
  called = "氏名",
): Fact[] => [
  { label: called, value: name, purpose: "name" },
  { label: "フリガナ", value: kana, purpose: "name" },
  {
    label: "生年月日・性別",
    value: [formatWareki(birthDate), sex].filter(Boolean).join("　"),
  },
  ...addressFacts("住所", address),
];
