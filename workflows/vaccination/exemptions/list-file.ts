import { isPersonNumber } from "#workflows/numbers/person-number.ts";

/** Lists of more people are not taken at once. */
export const MOST_ON_A_LIST = 200_000;

/**
 * Reads a list of 宛名番号: UTF-8 or anything that is the same in it, one number a line, the first column where there are several; a
 * first line without a number is the heading. Numbers that stand twice count once.
 *
 * A line that is no 宛名番号 (ten digits with their check digit) makes the whole file wrong: a column that has shifted is never half taken.
 */
export function readListFile(bytes: Uint8Array): { numbers: string[] } | { fault: string } {
  const text = new TextDecoder("utf-8").decode(bytes).replace(/^\uFEFF/, "");
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.split(/[,\t]/)[0]?.trim() ?? "");
  while (lines.at(-1) === "") lines.pop();
  const cells = lines.map((cell) => cell.replace(/^"(.*)"$/, "$1").normalize("NFKC"));
  const heading = cells[0] !== undefined && !/\d/.test(cells[0]) ? 1 : 0;
  const numbers = cells.slice(heading);
  if (numbers.length === 0) return { fault: "ファイルに番号がありません。" };
  if (numbers.length > MOST_ON_A_LIST)
    return { fault: `一度に取り込めるのは${MOST_ON_A_LIST.toLocaleString("ja-JP")}行までです。` };
  const wrong = numbers.flatMap((number, at) => (isPersonNumber(number) ? [] : [at + 1 + heading]));
  if (wrong.length > 0)
    return {
      fault: `${wrong.length.toLocaleString("ja-JP")}行が統合宛名番号ではありません（${wrong.slice(0, 5).join("、")}行目${wrong.length > 5 ? "ほか" : ""}）。1列目に番号のあるファイルを選んでください。`,
    };
  return { numbers: [...new Set(numbers)] };
}
