import { parse } from "csv-parse/sync";
import type { Fault } from "../fault.ts";
import type { AnswerLayout, PaymentAnswer } from "./layout.ts";

const headings = ["支払番号", "支払額", "結果", "理由"] as const;

const reasons: Readonly<Record<string, string>> = {
  該当口座なし: "no-account",
  解約済: "closed-account",
  名義相違: "name-mismatch",
  受取拒否: "refused",
  その他: "other",
};

/** Our own list of answers: CSV in UTF-8 (or Shift_JIS), 支払番号・支払額・結果（振込済／不能）・理由. docs/payments.md describes it. */
export const csvAnswers: AnswerLayout = {
  id: "csv",
  title: "結果一覧（CSV）",
  read(bytes) {
    const faults: Fault[] = [];
    const tell = (record: number, field: string, reason: string) => {
      faults.push({ record, field, reason });
    };
    let rows: string[][];
    try {
      rows = parse(decoded(bytes), {
        bom: true,
        relax_column_count: true,
        skip_empty_lines: false,
        trim: true,
      });
    } catch {
      return {
        answers: [],
        faults: [{ record: 1, field: "ファイル", reason: "CSVとして読めません。" }],
      };
    }
    const [head = [], ...body] = rows;
    if (headings.some((heading, at) => head[at] !== heading)) {
      tell(1, "見出し", `見出しは「${headings.join(",")}」です。`);
      return { answers: [], faults };
    }
    const answers = body.flatMap((row, at): PaymentAnswer[] => {
      const line = at + 2;
      if (row.every((cell) => cell === "")) return [];
      const [number = "", amount = "", outcome = "", why = ""] = row;
      const serial = /^P?0*([1-9]\d{0,8})$/.exec(number.normalize("NFKC").toUpperCase())?.[1];
      const yen = /^[1-9]\d{0,9}$/.exec(amount.replaceAll(",", "").normalize("NFKC"))?.[0];
      const reason = reasons[why];
      if (row.length !== headings.length) tell(line, "列", "列の数が合いません。");
      else if (!serial) tell(line, headings[0], "支払番号ではありません。");
      else if (!yen) tell(line, headings[1], "1円以上の整数ではありません。");
      else if (outcome === "振込済" && why === "")
        return [{ line, serial: Number(serial), amount: Number(yen), outcome: "paid" }];
      else if (outcome === "不能" && reason)
        return [{ line, serial: Number(serial), amount: Number(yen), outcome: "failed", reason }];
      else if (outcome === "不能") tell(line, headings[3], "一覧にある理由ではありません。");
      else tell(line, headings[2], "「振込済」か「不能」ではありません。");
      return [];
    });
    return { answers, faults };
  },
};

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}
