import { expect, test } from "vitest";
import { residentDifferences } from "#src/platform/feeds/residents/differences.ts";
import type { Person, PersonRecord } from "#src/platform/people/index.ts";

const address = {
  postalCode: "8600001",
  town: "熊本市中央区見本町",
  townCode: "0001000",
  block: "１番１号",
  building: "",
};
const record: PersonRecord = {
  householdNumber: "10000001",
  sourceId: "100000001",
  name: { kanji: "見本　花子", kana: "ミホン　ハナコ" },
  birthDate: "1990-04-01",
  sex: "female",
  relationship: "02",
  isHead: true,
  address,
  officeCode: "431010",
  residence: { from: "1990-04-01", fromReason: "birth" },
  nationality: "jp",
};
const known: Person = {
  personNumber: "1000000014",
  householdNumber: "10000001",
  isHead: true,
  relationship: "02",
  birthDate: "1990-04-01",
  sex: "female",
  nationality: "jp",
  officeCode: "431010",
  residence: record.residence,
  isProtected: false,
  outside: false,
  addressMasked: false,
  revision: 1,
  name: record.name,
  address,
};
const elsewhere = { ...address, block: "２番２号" };
const protection = { from: "2026-11-21", to: "2027-11-20" } as const;

test("nothing differs where the row says what is known", () => {
  expect(residentDifferences(record, known, false)).toEqual([]);
});

test("a move, a new name and an out-move are told before and after", () => {
  const changed: PersonRecord = {
    ...record,
    name: { kanji: "改名　花子", kana: "カイメイ　ハナコ" },
    address: elsewhere,
    residence: { ...record.residence, to: "2026-11-21", toReason: "move-out" },
  };
  expect(residentDifferences(changed, known, false)).toEqual([
    { title: "氏名", before: "見本　花子", after: "改名　花子" },
    { title: "カナ", before: "ミホン　ハナコ", after: "カイメイ　ハナコ" },
    { title: "転出・死亡", before: "なし", after: "転出 R8.11.21" },
    { title: "住所", before: "熊本市中央区見本町１番１号", after: "熊本市中央区見本町２番２号" },
  ]);
});

test("the address of somebody protected, from now on or until now, is shown to those alone who may see it", () => {
  const sheltered: PersonRecord = { ...record, address: elsewhere, protection };
  const shown = (row: PersonRecord, person: Person, maySee: boolean) =>
    JSON.stringify(residentDifferences(row, person, maySee));
  expect(shown(sheltered, known, false)).not.toContain("番");
  expect(shown(sheltered, known, true)).toContain("２番２号");
  const { address: _, ...withoutAddress } = { ...known, isProtected: true, addressMasked: true };
  expect(shown({ ...record, address: elsewhere }, withoutAddress, false)).not.toContain("番");
});
