import { findBank } from "#db/bank/banks.ts";
import { declaredApplications, hindrancesBy } from "#src/platform/applications/index.ts";
import { addressOfPostalCode } from "#src/platform/city/index.ts";
import type { BusinessClock } from "#src/platform/clock.ts";
import { insurerName } from "#src/platform/intake/index.ts";
import { mailingKinds } from "#src/platform/mailings/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { fontsOf, unprintableFault, unprintableIn } from "#src/platform/printing/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { birthRange, isFullBirth } from "#workflows/dates/birth-date.ts";
import { boundFault, type DateBound, type DateBounds } from "#workflows/dates/bounds.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { parseBirth } from "#workflows/dates/wareki.ts";
import { insuranceKindOf } from "#workflows/medical/insurers.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { figures } from "#workflows/text/widths.ts";
import { rememberedDates } from "../cases/opening-dates.ts";
import { codeWords } from "../characters.ts";
import { readDate, showAge, showDate } from "../dates.ts";
import { download } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";

/** What a field is told while it is typed in. */
interface Echo {
  text: string;
  wrong?: boolean;
  /** For other fields of the form, by the name under which the field says which they are. */
  fill?: Readonly<Record<string, string | undefined>>;
}

interface Known {
  clock: BusinessClock;
  work: ScreenRequest["work"];
  platform: Platform;
  /** What came along with the value. */
  form: Values;
}

type Check = (value: string, known: Known) => Echo | Promise<Echo>;

const unread: Echo = { text: "日付として読めません", wrong: true };
const dateWords = (read: IsoDate): string => `${showDate(read)}（${read.replaceAll("-", "/")}）`;

const date: Check = (value, { form }) => {
  const read = readDate(value);
  if (!read) return unread;
  const fault = boundFault(read, boundsOf(form));
  return fault ? { text: `${showDate(read)} ${fault}`, wrong: true } : { text: dateWords(read) };
};

const boundsOf = (form: Values): DateBounds => ({
  notBefore: readBound(form.text("notBefore")),
  notAfter: readBound(form.text("notAfter")),
});

/** `2026-05-10 出生日`. */
function readBound(text: string): DateBound | undefined {
  const [on = "", word = ""] = text.split(" ");
  return isIsoDate(on) ? { on, word } : undefined;
}

const birth: Check = (value, { clock }) => {
  const read = parseBirth(value);
  if (!read) return unread;
  const today = clock.today();
  if (birthRange(read).from > today)
    return { text: `${showDate(read)} 本日より後です`, wrong: true };
  const words = isFullBirth(read) ? dateWords(read) : showDate(read);
  return { text: `${words} ${showAge(read, today)}` };
};

/** 受付日, by the rule of the 事務 and the dates of the person on whose page it is typed. */
const receivedOn: Check = async (value, { clock, work, form }) => {
  const read = readDate(value);
  if (!read) return unread;
  const wrong = (why: string): Echo => ({ text: `${showDate(read)} ${why}`, wrong: true });
  if (read > clock.today()) return wrong("今日より後の日付は入力できません。");
  const kind = declaredApplications().find(({ program }) => program === form.text("program"));
  if (!kind) return { text: dateWords(read) };
  const [first] = await work(async (unit) => {
    const dates = await rememberedDates(unit, form.text("person"));
    return dates ? hindrancesBy(unit, kind, { ...dates, receivedOn: read }) : [];
  });
  return first ? wrong(first.reason) : { text: dateWords(read) };
};

const reason: Check = (value, { form }) => {
  const fault = reasonFault(value, form.text("what") || undefined);
  return fault ? { text: fault, wrong: true } : { text: "" };
};

const characters: Check = (value, { platform }) => {
  const { refused, stopped } = unprintableIn(value, fontsOf(platform, {}));
  if (refused.length > 0) return { text: unprintableFault(refused), wrong: true };
  if (stopped.length === 0) return { text: "" };
  const text = `${stopped.map(codeWords).join("、")} を印字できる書体がありません。保存はできますが、発行のときに止まり、外字一覧に載ります。`;
  return { text, wrong: true };
};

const personNumber: Check = (value) => {
  const digits = figures(value);
  if (digits.length < 10) return { text: `あと${10 - digits.length}桁` };
  return isPersonNumber(digits)
    ? { text: "番号は正しい形です" }
    : { text: "番号が違います（検査数字が合いません）", wrong: true };
};

const insurer: Check = async (value, { work }) => {
  const { valid, normalized } = checkNumber("insurer", value);
  if (valid) {
    const name = await work((unit) => insurerName(unit, normalized));
    const fill = { name, kind: insuranceKindOf(normalized) };
    return { text: name ?? "番号は正しい形です", fill };
  }
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
    ? { text: found, fill: { address: found } }
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
  "received-on": receivedOn,
  reason,
  characters,
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
  askedByPage: true,
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "reads what stands in a field and keeps nothing",
  async handle({ params, form, platform, work }) {
    const check = checks[params.check];
    if (!check) throw notFound();
    const { clock } = platform;
    const echo = await check(form.text("value"), { clock, work, platform, form });
    return download("echo.json", "application/json", JSON.stringify(echo));
  },
});
