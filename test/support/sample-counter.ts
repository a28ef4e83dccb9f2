import { demonstrationCity } from "#src/demonstration/city.ts";
import { declaredMachines, syncMachines } from "#src/platform/cases/index.ts";
import { registerCity } from "#src/platform/city/index.ts";
import type { PersonRecord } from "#src/platform/people/index.ts";
import { type At, caseworkOf } from "./casework.ts";
import { numberCard } from "./counter.ts";
import type { TestPlatform } from "./database.ts";
import { type Household, householdsOf } from "./households.ts";
import { type SampleEntered, sampleAllowance, sampleArea } from "./sample-program.tsx";

/** Whoever applies, and the children for whom; without any it is for the mother herself. */
type Family = Pick<Household, "mother" | "children">;

/** The mother of an invented household as applicant. */
const applicant: SampleEntered["applicant"] = {
  name: "試験　母子",
  kana: "シケン　ハハコ",
  relation: "mother",
  postalCode: "8600004",
  address: "熊本市中央区新町２丁目４番２７号",
  building: "",
  telephone: "096-000-0000",
};

/**
 * The counter of 見本手当 in a test: a mother applies for her daughter and her son, or for herself. Tells the database of
 * its machines and what the city settles of it.
 */
export async function sampleCounterOf(test: TestPlatform) {
  await syncMachines(test.admin, declaredMachines());
  await registerCity(test.admin, {
    ...demonstrationCity,
    presets: [{ area: sampleArea.id, preset: "sample", from: "2019-04-01" }],
  });
  const casework = caseworkOf(test, sampleAllowance);
  const { household } = householdsOf(test);

  /** A mother with a daughter and a son; `given` is of the son. */
  const family = (given: Partial<PersonRecord> = {}) =>
    household([
      { name: { kanji: "試験　長女", kana: "シケン　チョウジョ" }, birthDate: "2020-05-10" },
      {
        name: { kanji: "試験　長男", kana: "シケン　チョウナン" },
        birthDate: "2022-01-01",
        ...given,
      },
    ]);

  async function open({ mother }: Family): Promise<At> {
    const found = await casework.open("clerk1", mother);
    return { caseId: found.id, revision: 1 };
  }

  /** From the counter to 決裁. */
  async function toApproval(family: Family): Promise<At> {
    const { step } = casework;
    const people = family.children.map((personNumber) => ({ role: "child", personNumber }));
    let at = await step("clerk1", "recordIdentity", await open(family), { input: numberCard });
    at = await step("clerk1", "enter", at, { input: { applicant, people } });
    at = await step("clerk1", "submit", at);
    at = await step("clerk2", "confirm", at);
    at = await step("clerk2", "propose", at);
    return step("clerk2", "requestDecision", at);
  }

  /** Onwards to 証交付. */
  async function toIssued(family: Family): Promise<At> {
    const at = await casework.step("supervisor1", "approve", await toApproval(family));
    return casework.step("clerk1", "issue", at);
  }

  return { ...casework, family, open, toApproval, toIssued };
}
