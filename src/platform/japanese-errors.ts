import { z } from "zod";

const numbers = new Set(["number", "int", "bigint"]);
const shown = (value: number | bigint) => value.toLocaleString("ja-JP");

/** What is wrong with an entry where its schema has no sentence of its own, as staff read it. */
function sentenceOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined || issue.input === null || issue.input === ""
        ? "入力してください。"
        : numbers.has(issue.expected)
          ? "数字で入力してください。"
          : "入力を読み取れません。入力し直してください。";
    case "too_big":
      if (issue.origin === "string") return `${shown(issue.maximum)}字までで入力してください。`;
      if (numbers.has(issue.origin)) return `${shown(issue.maximum)}以下の数を入力してください。`;
      return `${shown(issue.maximum)}件までにしてください。`;
    case "too_small":
      if (issue.origin === "string")
        return Number(issue.minimum) <= 1
          ? "入力してください。"
          : `${shown(issue.minimum)}字以上で入力してください。`;
      if (numbers.has(issue.origin)) return `${shown(issue.minimum)}以上の数を入力してください。`;
      return `${shown(issue.minimum)}件以上選んでください。`;
    case "not_multiple_of":
      return `${shown(issue.divisor)}の倍数を入力してください。`;
    case "invalid_value":
    case "invalid_union":
      return "一覧にあるものから選んでください。";
    case "unrecognized_keys":
      return "受け付けていない項目が含まれています。";
    default:
      return "入力の形式が正しくありません。";
  }
}

// Of all schemas of the program: English of the library never reaches a page.
z.config({ localeError: sentenceOf });
