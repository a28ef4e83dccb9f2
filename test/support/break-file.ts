import { Random } from "#db/city/random.ts";

/** Ways in which a row of the residents file can be wrong, as they are seen in real hand-overs. */
export type Damage =
  | "date-not-a-number"
  | "day-32"
  | "date-in-the-future"
  | "check-digit"
  | "name-missing"
  | "kana-in-kanji"
  | "sex-unknown-code"
  | "reason-unknown-code"
  | "number-missing"
  | "number-twice"
  | "column-missing"
  | "column-surplus"
  | "death-before-birth"
  | "postal-code"
  | "protection-reversed"
  | "encoding"
  | "quote-unclosed"
  | "quote-inside";

/** A row that was broken; rows are counted as a spreadsheet shows them, the header being row 1. */
export interface BrokenRow {
  row: number;
  damage: Damage;
}

const column = {
  id: 1,
  name: 2,
  kana: 3,
  born: 7,
  sex: 8,
  postalCode: 12,
  arrivedBy: 19,
  eventDate: 20,
  event: 21,
  protection: 24,
  individualNumber: 27,
};

/** 高橋 in CP932 where UTF-8 is agreed, and what holds its place until the line is bytes. */
const cp932Name = Buffer.from([0x8d, 0x82, 0x8b, 0xb4]);
const misencoded = "????";

type Mend = (fields: string[], previousId: string) => string[];
const set = (fields: string[], index: number, value: string) => fields.with(index, value);

const damages: Record<Damage, Mend> = {
  "date-not-a-number": (fields) => set(fields, column.born, "昭和六十年"),
  "day-32": (fields) => set(fields, column.born, "20150232"),
  "date-in-the-future": (fields) => set(fields, column.born, "29991231"),
  "check-digit": (fields) => set(fields, column.individualNumber, "123456789010"),
  "name-missing": (fields) => set(fields, column.name, ""),
  "kana-in-kanji": (fields) => set(fields, column.kana, "漢字　太郎"),
  "sex-unknown-code": (fields) => set(fields, column.sex, "7"),
  "reason-unknown-code": (fields) => set(fields, column.arrivedBy, "88"),
  "number-missing": (fields) => set(fields, column.id, ""),
  "number-twice": (fields, previousId) => set(fields, column.id, previousId),
  "column-missing": (fields) => fields.slice(0, -1),
  "column-surplus": (fields) => [...fields, "余分"],
  "death-before-birth": (fields) =>
    set(set(fields, column.event, "05"), column.eventDate, "18991231"),
  "postal-code": (fields) => set(fields, column.postalCode, "860-00X1"),
  "protection-reversed": (fields) =>
    [...fields].toSpliced(column.protection, 3, "1", "20260401", "20260301"),
  encoding: (fields) => set(fields, column.name, misencoded),
  "quote-unclosed": (fields) => set(fields, column.name, `"${fields[column.name]}`),
  "quote-inside": (fields) => set(fields, column.name, `"山"田　太郎`),
};
const kinds = Object.keys(damages) as Damage[];

/**
 * Breaks a share of the rows of a residents file (UTF-8, as the city generator writes it), each kind
 * of damage in turn, and tells which. For tests of the import.
 */
export function breakFile(
  csv: Uint8Array,
  fraction: number,
  seed: number,
): { bytes: Uint8Array; broken: BrokenRow[] } {
  const random = new Random(seed, 0);
  const [header = "", ...lines] = new TextDecoder().decode(csv).trimEnd().split("\r\n");
  const broken: BrokenRow[] = [];
  const parts = [Buffer.from(`${header}\r\n`)];
  let previousId = "";
  for (const [index, line] of lines.entries()) {
    const fields = line.split(",");
    const damage = kinds[broken.length % kinds.length];
    // A number can be used twice only after a row that has one and is in order.
    if (!damage || line.includes('"') || !previousId || !random.chance(fraction)) {
      parts.push(Buffer.from(`${line}\r\n`));
      previousId = fields[column.id] ?? "";
      continue;
    }
    broken.push({ row: index + 2, damage });
    const mended = Buffer.from(`${damages[damage](fields, previousId).join(",")}\r\n`);
    const at = mended.indexOf(misencoded);
    if (at >= 0) cp932Name.copy(mended, at);
    parts.push(mended);
  }
  return { bytes: Buffer.concat(parts), broken };
}
