import { checkNumber } from "#workflows/numbers/kinds.ts";
import type { ReadFile } from "./city-file.ts";

/** A town as it stands in addresses. */
export interface Town {
  /** Seven digits. */
  readonly postalCode: string;
  /** Of the office in charge, six digits. */
  readonly officeCode: string;
  /** 市区 as it stands before the town. */
  readonly locality: string;
  readonly name: string;
  /** 町字コード, seven digits, as the resident register has it. */
  readonly townCode: string;
}

/** Columns by their heading; others are passed over. */
const columns = {
  postalCode: "postal_code",
  officeCode: "office_code",
  locality: "office",
  name: "town",
  townCode: "town_code",
} as const satisfies Record<keyof Town, string>;
const items = Object.keys(columns) as (keyof Town)[];

const invisible = /[\p{Cc}\p{Cf}]/u;
const unwritten = (value: string) =>
  value === "" || invisible.test(value) || /[（(]|以下に掲載/.test(value);

/** What is wrong with the value of a column. */
const checks: Record<keyof Town, (value: string) => string | undefined> = {
  postalCode: (value) => (/^\d{7}$/.test(value) ? undefined : "郵便番号は7桁の数字です。"),
  officeCode: (value) =>
    /^\d{6}$/.test(value) && checkNumber("local-government", value).valid
      ? undefined
      : "検査数字を含む6桁の全国地方公共団体コードではありません。",
  locality: (value) =>
    unwritten(value) ? "市区の名前を、住所に書くとおりに入れてください。" : undefined,
  name: (value) =>
    unwritten(value)
      ? "町の名前を、住所に書くとおりに入れてください（かっこ書きや「以下に掲載がない場合」は除きます）。"
      : undefined,
  townCode: (value) => (/^\d{7}$/.test(value) ? undefined : "町字コードは7桁の数字です。"),
};

/** Reads the list of `city towns`, tab-separated with headings in any order, and tells every mistake in it. */
export function readTownsFile(text: string): ReadFile<Town[]> {
  const [head = "", ...lines] = text
    .replace(/^\ufeff/, "")
    .trimEnd()
    .split(/\r?\n/);
  const headings = head.split("\t");
  const missing = items.filter((item) => !headings.includes(columns[item]));
  if (missing.length > 0)
    return { faults: missing.map((item) => `1行目: 見出し ${columns[item]} がありません。`) };
  const places = items.map((item) => [item, headings.indexOf(columns[item])] as const);
  const seen = new Set<string>();
  const faults: string[] = lines.length === 0 ? ["町が1行もありません。"] : [];
  const towns = lines.map((line, index) => {
    const values = line.split("\t");
    const town = Object.fromEntries(
      places.map(([item, place]) => [item, (values[place] ?? "").trim()]),
    ) as unknown as Town;
    const tell = (fault: string) => faults.push(`${index + 2}行目: ${fault}`);
    for (const item of items) {
      const fault = checks[item](town[item]);
      if (fault) tell(`${columns[item]} ${fault}`);
    }
    const key = `${town.postalCode} ${town.officeCode} ${town.townCode}`;
    if (seen.has(key)) tell("同じ郵便番号・office_code・町字コードの行が、もうあります。");
    seen.add(key);
    return town;
  });
  return faults.length > 0 ? { faults } : { content: towns };
}
