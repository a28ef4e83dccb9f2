import fc from "fast-check";
import { decodeJis } from "#src/formats/zengin/characters.ts";
import { type Debit, type DebitResult, writeDebits } from "#src/formats/zengin/debits.ts";
import type { Originator } from "#src/formats/zengin/originator.ts";
import {
  type Transfer,
  type TransferProfile,
  writeTransfers,
} from "#src/formats/zengin/transfers.ts";

/** The city as a client of its bank, and one payment each way; everybody is invented. */
export const originator: Originator = {
  code: "1234567890",
  name: "ミドリノシカイケイカンリシャ",
  account: {
    bank: { code: "0001", name: "ミズホ" },
    branch: { code: "001", name: "トウキヨウ" },
    type: "1",
    number: "0000012",
  },
};
export const profile: TransferProfile = { clearingHouse: "0000", category: "7", lineEnd: "" };
export const account = {
  bank: { code: "0017", name: "サイタマリソナ" },
  branch: { code: "020", name: "オオミヤ-ヒガシ" },
  type: "1",
  number: "7654321",
};
export const transfer: Transfer = {
  account,
  name: "ヤマダ　ジュンコ",
  amount: 12_345,
  newCode: "1",
  reference: ["12", "3400000000"],
};
export const debit: Debit = {
  account,
  name: "ヲノデラ・ヴィオラ",
  amount: 6_200,
  newCode: "0",
  customerNumber: "R8A000123",
};

/** The bytes of a file of 総合振込 without line ends. */
export const transfersOf = (
  transfers: readonly Transfer[],
  changed: Partial<TransferProfile> = {},
) =>
  Buffer.concat([
    ...writeTransfers(originator, "2026-11-30", transfers, { ...profile, ...changed }),
  ]);

/** The bytes of a file of 口座振替; with `resultOf`, as the bank sends it back. */
export const debitsOf = (debits: readonly Debit[], resultOf?: (debit: Debit) => DebitResult) =>
  Buffer.concat([...writeDebits(originator, "2026-12-28", debits, "", resultOf)]);

/** The records of a file as text, 120 characters each. */
export const textsOf = (file: Uint8Array) => decodeJis(file).match(/.{120}/gs) ?? [];

/** Each fault on one line: record, field and reason. */
export const told = (faults: readonly { record: number; field: string; reason: string }[]) =>
  faults.map(({ record, field, reason }) => `${record} ${field}: ${reason}`);

/** Any account, name and amount that a bank takes. */
export const someAccount = fc.record({
  bank: fc.record({
    code: fc.stringMatching(/^\d{4}$/),
    name: fc.constantFrom("ミズホ", "ガガガガガガガガ"),
  }),
  branch: fc.record({
    code: fc.stringMatching(/^\d{3}$/),
    name: fc.constantFrom("ホンテン", "ｱ-1"),
  }),
  type: fc.constantFrom("1", "2", "9"),
  number: fc.stringMatching(/^\d{7}$/),
});
export const someName = fc.stringMatching(/^[ァ-ヴA-Za-z.()-][ァ-ヴーA-Za-z 　・()-]{0,39}$/);
export const someMoney = fc.integer({ min: 1, max: 9_999_999_999 });
