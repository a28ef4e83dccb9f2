import { createHash } from "node:crypto";
import { printDocument } from "#src/platform/documents/index.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { listedTo, pageOf } from "./upgrade-pages.ts";
import { numbersIn, papersIn } from "./upgrade-papers.ts";
import { casesIn, kindInRelease, partsOfCases, type Row } from "./upgrade-queries.ts";

/** Whose pages are compared: one who examines, and one who decides and may see protected addresses. */
const readers = ["clerk2", "supervisor1"] as const satisfies TestStaff[];

/**
 * All that a release must find again in a database of an older one: rows as the administrator reads them, what is sealed
 * as the program opens it, and pages as people see them. Written to `expected.json` when a dump is made, and compared
 * with what is found after the upgrade. Looking is recorded in the audit and documents are printed, nothing else changes.
 *
 * @param release the older release, in whose names kinds are given
 */
export async function foundIn(test: TestPlatform, release?: string) {
  const { admin } = test;
  const rows = await casesIn(admin);
  const parts = await Promise.all(
    Object.entries(partsOfCases).map(async ([part, query]) => ({ part, rows: await query(admin) })),
  );
  const [numbers, papers] = [await numbersIn(admin), await papersIn(admin)];
  const opened = await openSealed(
    test,
    parts.flatMap(({ rows }) => rows),
  );
  const cases: Record<string, Row & { pages: Record<string, unknown> }> = {};
  for (const row of rows) {
    const own = parts.map(({ part, rows }) => [
      part,
      rows.filter(({ number }) => number === row.number).map(opened),
    ]);
    cases[row.number] = {
      ...row,
      kind: kindInRelease(String(row.kind), release),
      ...Object.fromEntries(own),
      pages: await pagesOf(test, { id: String(row.id), kind: String(row.kind) }),
    };
  }
  const documents = parts.find(({ part }) => part === "documents")?.rows ?? [];
  return asJson({
    cases,
    listed: await listed(test, new Set(rows.map(({ program }) => String(program)))),
    people: await peopleIn(test),
    numbers,
    papers,
    printed: await printAll(test, documents),
  });
}

/** As it stands in a file: dates as text, nothing undefined. */
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));

const asReader = async <T>(test: TestPlatform, who: TestStaff, run: (work: Work) => Promise<T>) =>
  runWork(test.platform, await test.actor(who), { purpose: "case", program: "child-medical" }, run);

async function listed(test: TestPlatform, programs: Iterable<string>): Promise<string[]> {
  const numbers: string[] = [];
  for (const program of programs)
    numbers.push(...(await asReader(test, "clerk2", (work) => listedTo(work, program))));
  return numbers.sort();
}

/** Puts what was sealed in the place of its id. */
async function openSealed(test: TestPlatform, rows: readonly Row[]) {
  const ids = rows.flatMap(({ sealed }) => sealed ?? []);
  const records = await asReader(test, "supervisor1", (work) => getSealed(work, [...new Set(ids)]));
  const data = new Map(records.map((record) => [record.id, record.data]));
  const open = (id: string) => data.get(id) ?? "not there";
  return ({ number: _, sealed, ...row }: Row) => {
    if (sealed === undefined) return row;
    const opened = Array.isArray(sealed) ? Object.assign({}, ...sealed.map(open)) : sealed;
    return { ...row, sealed: typeof opened === "string" ? open(opened) : opened };
  };
}

async function pagesOf(test: TestPlatform, found: { id: string; kind: string }) {
  const pages: Record<string, unknown> = {};
  for (const who of readers) pages[who] = await asReader(test, who, (work) => pageOf(work, found));
  return pages;
}

async function peopleIn(test: TestPlatform) {
  const rows = await test.admin<{ person_number: string }[]>`
    select person_number from vault.person order by person_number`;
  const people = await asReader(test, "supervisor1", (work) =>
    lookAtPeople(
      work,
      rows.map((row) => row.person_number),
      ["name", "address"],
    ),
  );
  // The day by which to reckon follows from what is told; the versions before it was told apart have none.
  return people.map(({ bornOn, ...person }) => {
    if (bornOn !== person.birthDate) throw new Error("a birth of another day than is told");
    return person;
  });
}

/** SHA-256 of every paper as it is printed now, by its number. */
async function printAll(test: TestPlatform, documents: readonly Row[]) {
  const printed: Record<string, string> = {};
  for (const { id, document } of documents) {
    const { pdf } = await asReader(test, "supervisor1", (work) => printDocument(work, String(id)));
    printed[String(document)] = createHash("sha256").update(pdf).digest("hex");
  }
  return printed;
}
