import { findBank } from "#db/bank/banks.ts";
import { addressOfPostalCode } from "#src/platform/city/index.ts";
import type { BusinessClock } from "#src/platform/clock.ts";
import { mailingKinds } from "#src/platform/mailings/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import { readDate, showAge, showDate } from "../dates.ts";
import { download } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";

/** What a field is told while it is typed in. */
interface Echo {
  text: string;
  wrong?: boolean;
  /** For another field. */
  fill?: string;
}

type Check = (
  value: string,
  known: { clock: BusinessClock; work: ScreenRequest["work"] },
) => Echo | Promise<Echo>;

const date = (value: string): Echo => {
  const read = readDate(value);
  return read
    ? { text: `${showDate(read)}（${read.replaceAll("-", "/")}）` }
    : { text: "日付として読めません", wrong: true };
};

const birth: Check = (value, { clock }) => {
  const read = readDate(value);
  if (!read) return date(value);
  if (read > clock.today()) return { text: `${showDate(read)} 本日より後です`, wrong: true };
  return { text: `${date(value).text} ${showAge(read, clock.today())}` };
};

const personNumber: Check = (value) => {
  const digits = figures(value);
  if (digits.length < 10) return { text: `あと${10 - digits.length}桁` };
  return isPersonNumber(digits)
    ? { text: "番号は正しい形です" }
    : { text: "番号が違います（検査数字が合いません）", wrong: true };
};

const insurer: Check = (value) => {
  const { valid, normalized } = checkNumber("insurer", value);
  if (valid) return { text: "番号は正しい形です" };
  if (normalized.length < 6)
    return { text: `あと${6 - normalized.length}桁（又は${8 - normalized.length}桁）` };
  return { text: "番号が違います（桁数か検証番号が合いません）", wrong: true };
};

const bank: Check = (value) => {
  const digits = figures(value);
  if (digits.length < 4) return { text: `あと${4 - digits.length}桁` };
  const found = findBank(digits);
  return found ? { text: found.name } : { text: "この金融機関はありません", wrong: true };
};

const postalCode: Check = async (value, { work }) => {
  const digits = figures(value);
  if (digits.length < 7) return { text: `あと${7 - digits.length}桁` };
  const found = /^\d{7}$/.test(digits)
    ? await work((unit) => addressOfPostalCode(unit, digits))
    : undefined;
  return found
    ? { text: found, fill: found }
    : { text: "住所を補えません。続けて入力してください" };
};

/** The number on a piece that the post brought back. */
const piece: Check = (value) =>
  mailingKinds().some(({ number }) => number.read(value))
    ? { text: "番号は正しい形です" }
    : { text: "番号の形が違います（検査数字を含めて確かめます）", wrong: true };

const checks: Record<string, Check> = {
  piece,
  date,
  birth,
  "person-number": personNumber,
  insurer,
  bank,
  "postal-code": postalCode,
};

/** `POST /entry/date` and its like: how the program reads what stands in a field. Stores and logs nothing. */
export const entryCheck = defineRoute({
  method: "post",
  path: "/entry/:check",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "reads what stands in a field and keeps nothing",
  async handle({ params, form, platform, work }) {
    const check = checks[params.check];
    if (!check) throw notFound();
    const echo = await check(form.text("value"), { clock: platform.clock, work });
    return download("echo.json", "application/json", JSON.stringify(echo));
  },
});
