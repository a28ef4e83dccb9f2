import { and, eq, inArray } from "drizzle-orm";
import { inquiry } from "#db/schema/exchange.ts";
import type { Fault } from "#src/formats/fault.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { parseJapaneseDate } from "#workflows/dates/wareki.ts";
import { readTable, vaccineNamed } from "../own-files.ts";
import { type AnsweredRecord, takeAnswer } from "./answers.ts";
import type { Inquiry } from "./inquiries.ts";

/** Columns of the file by which an answer comes back; docs/feeds.md describes it. */
export const answerHeadings = [
  "照会番号",
  "予防接種",
  "回数",
  "接種日",
  "製造番号",
  "医療機関名",
] as const;
type Heading = (typeof answerHeadings)[number];
const needed: readonly Heading[] = ["照会番号", "予防接種", "接種日"];
/** How many rows a file has at most. */
const mostRows = 5000;

/** What a file answers: the records of each inquiry by its serial, those without any, and what is wrong, row by row. */
export interface ReadAnswers {
  records: ReadonlyMap<number, readonly AnsweredRecord[]>;
  /** Serials of inquiries whose rows tell nothing. */
  empty: readonly number[];
  faults: readonly Fault[];
}

/** Reads a file of answers: a row for each record, the number of the inquiry in each; other columns are left unread. */
export function readAnswerFile(bytes: Uint8Array, today: IsoDate): ReadAnswers {
  const nothing = { records: new Map(), empty: [] };
  const table = readTable(bytes, answerHeadings, needed);
  const whole = (field: string, reason: string) => ({
    ...nothing,
    faults: [{ record: 1, field, reason }],
  });
  if (!table) return whole("ファイル", "CSVとして読めません。");
  if (table.missing.length > 0)
    return {
      ...nothing,
      faults: table.missing.map((field) => ({ record: 1, field, reason: "この列がありません。" })),
    };
  if (table.records.length > mostRows)
    return whole("ファイル", `一度に${mostRows.toLocaleString("ja-JP")}行までです。`);
  const faults: Fault[] = [];
  const records = new Map<number, AnsweredRecord[]>();
  const named = new Set<number>();
  table.records.forEach((row, at) => {
    if (row.every((cell) => cell === "")) return;
    const record = at + 2;
    const cell = (heading: Heading) => table.cell(row, heading);
    const before = faults.length;
    const need = <Value>(field: Heading, value: Value | undefined, reason: string): Value => {
      if (value === undefined) faults.push({ record, field, reason });
      return value as Value;
    };
    const [, serial] = /^Q(\d{6,9})$/.exec(cell("照会番号").normalize("NFKC").toUpperCase()) ?? [];
    const number = need(
      "照会番号",
      serial ? Number(serial) : undefined,
      "照会番号ではありません。例: Q000012",
    );
    if (answerHeadings.slice(1).every((heading) => cell(heading) === "")) {
      if (faults.length === before) named.add(number);
      return;
    }
    const vaccine = need(
      "予防接種",
      vaccineNamed(cell("予防接種")),
      "予防接種の名称ではありません。",
    );
    const day = dayOf(cell("接種日"));
    const givenOn = need("接種日", day, "日付ではありません。例: R7.11.20");
    if (day && day > today) faults.push({ record, field: "接種日", reason: "きょうより後です。" });
    const told = cell("回数").normalize("NFKC");
    const dose = /^\d{1,2}$/.test(told) && Number(told) > 0 ? Number(told) : undefined;
    if (told !== "") need("回数", dose, "1から99までの数ではありません。");
    const [lot, clinicName] = [
      cell("製造番号").normalize("NFKC").toUpperCase(),
      cell("医療機関名"),
    ];
    if (lot.length > 40) faults.push({ record, field: "製造番号", reason: "40文字までです。" });
    if (clinicName.length > 80)
      faults.push({ record, field: "医療機関名", reason: "80文字までです。" });
    if (faults.length > before) return;
    named.add(number);
    records.set(number, [
      ...(records.get(number) ?? []),
      { vaccine, givenOn, dose, lot: lot || undefined, clinicName: clinicName || undefined },
    ]);
  });
  return { records, empty: [...named].filter((number) => !records.has(number)), faults };
}

const dayOf = (text: string): IsoDate | undefined => {
  const typed = text.normalize("NFKC").replaceAll("/", "-");
  return isIsoDate(typed) ? typed : parseJapaneseDate(typed);
};

/** What came of a file. */
export interface TakenAnswers {
  inquiries: number;
  records: number;
  /** Of the records, those that wait in the work list of slips. */
  waiting: number;
  /** Inquiries of the file whose rows told nothing: they stay as they are. */
  empty: number;
  faults: readonly Fault[];
}

/**
 * Takes the answers of a file down, all of it or nothing: every number has to be that of an inquiry about records that was asked and
 * has no answer yet.
 *
 * @throws Problem 403
 */
export async function takeAnswerFile(work: Work, bytes: Uint8Array): Promise<TakenAnswers> {
  const read = readAnswerFile(bytes, work.platform.clock.today());
  const serials = [...read.records.keys()];
  const known = new Map(
    (serials.length === 0
      ? []
      : await work.tx
          .select()
          .from(inquiry)
          .where(and(inArray(inquiry.serial, serials), eq(inquiry.kind, "records")))
    ).map((row) => [row.serial, row]),
  );
  const faults = [
    ...read.faults,
    ...serials.flatMap((serial) => {
      const reason = whyNot(known.get(serial));
      return reason
        ? [{ record: 0, field: `照会番号 Q${String(serial).padStart(6, "0")}`, reason }]
        : [];
    }),
  ];
  const none = { inquiries: 0, records: 0, waiting: 0, empty: read.empty.length, faults };
  if (faults.length > 0) return none;
  let [taken, waiting] = [0, 0];
  for (const [serial, records] of read.records) {
    const row = known.get(serial);
    if (!row) continue;
    const kept = await takeAnswer(work, { id: row.id, seen: row.revision, records });
    taken += kept.length;
    waiting += kept.filter(({ state }) => state === "doubtful" || state === "unmatched").length;
  }
  return { ...none, inquiries: read.records.size, records: taken, waiting };
}

function whyNot(row: Inquiry | undefined): string | undefined {
  if (!row) return "接種歴の照会が見つかりません。";
  if (row.state !== "asked") return "照会中ではありません。";
  return row.slipIds.length > 0 ? "回答の接種記録が既に入っています。" : undefined;
}
