import { syncMachines } from "#src/platform/cases/index.ts";
import { writePeople } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { type At, caseworkOf } from "./casework.ts";
import { numberCard } from "./counter.ts";
import type { TestPlatform } from "./database.ts";
import { type HouseholdEntered, household, householdMachines } from "./household-program.tsx";
import { invented } from "./people.ts";

/** What the mother of an invented household applies for. */
const parent: HouseholdEntered["parent"] = {
  name: "試験　母子",
  kana: "シケン　ボシ",
  relation: "mother",
  postalCode: "8600004",
  address: "熊本市中央区新町２丁目４番２７号",
  building: "",
  telephone: "096-000-0000",
};

/** The counter of a 事務 whose applications are made by households; tells the database of its machines. */
export async function householdOf(test: TestPlatform) {
  await syncMachines(test.admin, householdMachines);
  const casework = caseworkOf(test, household);
  const { step } = casework;

  /** A mother with a daughter and a son; `given` is of the son. */
  async function family(given: Parameters<typeof invented>[0] = {}) {
    const mother = invented({
      name: { kanji: "試験　母子", kana: "シケン　ボシ" },
      birthDate: "1990-02-03",
      isHead: true,
      relationship: "02",
    });
    const { householdNumber } = mother;
    const daughter = invented({
      householdNumber,
      name: { kanji: "試験　長女", kana: "シケン　チョウジョ" },
    });
    const son = invented({
      householdNumber,
      name: { kanji: "試験　長男", kana: "シケン　チョウナン" },
      birthDate: "2022-01-01",
      ...given,
    });
    const system = await test.system();
    const records = [mother, daughter, son].map((record) => ({ record }));
    const numbers = await runWork(test.platform, system, { purpose: "feed" }, (work) =>
      writePeople(work, records),
    );
    const [motherNumber = "", ...children] = numbers;
    return { mother: motherNumber, children };
  }

  type Family = Awaited<ReturnType<typeof family>>;

  async function open({ mother }: Family): Promise<At> {
    const found = await casework.open("clerk1", mother);
    return { caseId: found.id, revision: 1 };
  }

  /** From the counter to 決裁. */
  async function toApproval(family: Family): Promise<At> {
    let at = await open(family);
    at = await step("clerk1", "recordIdentity", at, { input: numberCard });
    at = await step("clerk1", "enter", at, { input: { parent, children: family.children } });
    at = await step("clerk1", "submit", at);
    at = await step("clerk2", "confirm", at);
    at = await step("clerk2", "propose", at);
    return step("clerk2", "requestDecision", at);
  }

  /** Onwards to 証交付. */
  const toIssued = async (family: Family): Promise<At> =>
    step("clerk1", "issue", await step("supervisor1", "approve", await toApproval(family)));

  return { family, open, step, toApproval, toIssued };
}
