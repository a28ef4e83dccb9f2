import type { PersonQuery } from "#src/platform/people/index.ts";
import { looksLikeDate, parseBirth } from "#workflows/dates/wareki.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { plainDashes, withoutInvisible } from "#workflows/text/signs.ts";
import { figures } from "#workflows/text/widths.ts";
import type { Values } from "../../values.ts";

/** What a search asks for, and why it cannot be made where it cannot. */
export interface ReadQuery {
  query: PersonQuery;
  /** What was typed alone and may be the number of a household, a recipient, a case or a coupon. */
  number?: string;
  /** Beginning of the name of a town in which the person must live; empty when none was given. */
  town: string;
  error?: string;
}

/**
 * Reads the one box of the search: words that are dates, years (S3) or months (S25.4) are a birth date, ten digits with a right check digit a
 * 統合宛名番号, twelve a 個人番号, the rest is the name. A word with digits that stands alone may be a number of another sort.
 */
export function readQuery(form: Values): ReadQuery {
  return { ...readBox(form), town: form.text("town").normalize("NFKC") };
}

/** 世帯番号 as the register writes it, and the other numbers: letters, digits and hyphens. */
const looksLikeNumber = /^(?=.*\d)[A-Z0-9-]{2,20}$/i;

function readBox(form: Values): Omit<ReadQuery, "town"> {
  const query: PersonQuery = {
    sex: form.choice("sex", ["female", "male"]),
    officeCode: form.text("office") || undefined,
  };
  const words = form
    .text("q")
    .split(/[\s\u3000]+/u)
    .filter(Boolean);
  const name: string[] = [];
  const alone = words.length === 1 ? plainNumber(words[0] ?? "") : "";
  const number = looksLikeNumber.test(alone) ? { number: alone } : {};
  for (const word of words) {
    const digits = figures(word);
    const born = parseBirth(word);
    if (/^\d{12}$/.test(digits)) {
      const { valid, normalized } = checkNumber("individual", digits);
      if (!valid && !("number" in number))
        return { query, error: "個人番号の検査数字が合いません。番号を確かめてください。" };
      if (valid) query.individualNumber = normalized;
    } else if (/^\d{10}$/.test(digits)) {
      if (isPersonNumber(digits)) query.personNumber = digits;
      else if (!("number" in number))
        return { query, error: "統合宛名番号の検査数字が合いません。番号を確かめてください。" };
    } else if (born) query.birthDate = born;
    else if ("number" in number) continue;
    else if (looksLikeDate(word))
      return {
        query,
        error: "暦にない日付です。年号と年月日を確かめてください。例: R2.4.1、20200401",
      };
    else if (/^[\d.,/年月日-]+$/.test(word.normalize("NFKC"))) {
      return { query, error: `数字を日付としても番号としても読めません。例: R2.4.1、20200401` };
    } else name.push(word);
  }
  if (name.length > 0) query.name = name.join(" ");
  if (!("number" in number) && !asksForSomebody(query)) {
    return {
      query,
      error:
        "氏名・カナ・生年月日・番号のいずれかを入力してください。性別や区だけでは検索できません。",
    };
  }
  // A 個人番号 is looked up as nothing else.
  return query.individualNumber ? { query } : { query, ...number };
}

/** In half width, with plain hyphens, without the words around it: 第R8-000001号. */
const plainNumber = (word: string): string =>
  plainDashes(withoutInvisible(word))
    .normalize("NFKC")
    .replace(/^第|号$/g, "");

/** Whether anything but sex and office narrows the search. */
export const asksForSomebody = (query: PersonQuery): boolean =>
  Boolean(query.name || query.birthDate || query.personNumber || query.individualNumber);
