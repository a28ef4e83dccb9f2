import { readFileSync } from "node:fs";

/** A bank or a branch: its name and its kana as bank files write it. */
export interface BankName {
  name: string;
  kana: string;
}

const rows = (file: string) =>
  readFileSync(new URL(file, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));

const banks = new Map(
  rows("banks.tsv").map(([code = "", name = "", kana = ""]) => [code, { name, kana }]),
);
const branches = new Map(
  rows("branches.tsv").map(([bank = "", code = "", name = "", kana = ""]) => [
    `${bank}-${code}`,
    { name, kana },
  ]),
);
const withBranches = new Set([...branches.keys()].map((key) => key.slice(0, 4)));

/** The bank of a 金融機関コード (4 digits). */
export function findBank(code: string): BankName | undefined {
  return banks.get(code);
}

/** The branch of a 店番 (3 digits); `unknown` where the list of this bank's branches is not at hand. */
export function findBranch(bank: string, code: string): BankName | "unknown" | undefined {
  return withBranches.has(bank) ? branches.get(`${bank}-${code}`) : "unknown";
}
