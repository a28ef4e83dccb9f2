import type { PersonQuery } from "#src/platform/people/index.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import { readDate } from "../../dates.ts";
import type { Values } from "../../values.ts";

/** What a search asks for, and why it cannot be made where it cannot. */
export interface ReadQuery {
  query: PersonQuery;
  /** Beginning of the name of a town in which the person must live; empty when none was given. */
  town: string;
  error?: string;
}

/**
 * Reads the one box of the search: words that are dates are a birth date, ten digits with a right
 * check digit a 統合宛名番号, twelve a 個人番号, the rest is the name.
 */
export function readQuery(form: Values): ReadQuery {
  return { ...readBox(form), town: form.text("town").normalize("NFKC") };
}

function readBox(form: Values): Omit<ReadQuery, "town"> {
  const query: PersonQuery = {
    sex: form.choice("sex", ["female", "male"]),
    officeCode: form.text("office") || undefined,
  };
  const name: string[] = [];
  for (const word of form
    .text("q")
    .split(/[\s\u3000]+/u)
    .filter(Boolean)) {
    const digits = figures(word);
    const born = readDate(word);
    if (/^\d{12}$/.test(digits)) {
      const { valid, normalized } = checkNumber("individual", digits);
      if (!valid)
        return { query, error: "個人番号の検査数字が合いません。番号を確かめてください。" };
      query.individualNumber = normalized;
    } else if (/^\d{10}$/.test(digits)) {
      if (!isPersonNumber(digits)) {
        return { query, error: "統合宛名番号の検査数字が合いません。番号を確かめてください。" };
      }
      query.personNumber = digits;
    } else if (born) query.birthDate = born;
    else if (/^[\d.,/年月日-]+$/.test(word.normalize("NFKC"))) {
      return { query, error: `数字を日付としても番号としても読めません。例: R2.4.1、20200401` };
    } else name.push(word);
  }
  if (name.length > 0) query.name = name.join(" ");
  if (!query.name && !query.birthDate && !query.personNumber && !query.individualNumber) {
    return {
      query,
      error:
        "氏名・カナ・生年月日・番号のいずれかを入力してください。性別や区だけでは検索できません。",
    };
  }
  return { query };
}
