import { createHash, randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { clinicImport, doctor } from "#db/schema/clinics.ts";
import type { Layout } from "#src/platform/feeds/layout.ts";
import { conflict, EntryProblem, notFound, Problem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed, getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { sameName } from "#workflows/vaccination/clinics/search.ts";
import { listBodies } from "../bodies.ts";
import { contractsOf, counts, moveEntry, proposeContract, waitingOfImport } from "../entries.ts";
import {
  addDoctors,
  type Clinic,
  type ClinicFacts,
  correctClinic,
  findClinic,
  registerClinic,
  setHandled,
} from "../register.ts";
import { clinicLayouts } from "./items.ts";
import { type ClinicRow, type RowFault, readClinicFile } from "./read.ts";

export type ClinicImport = typeof clinicImport.$inferSelect;

/** What a file would do, or did. */
export interface ImportEffect {
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  contracts: number;
  faults: readonly RowFault[];
}

interface SealedFile {
  layout: string;
  text: string;
}

/**
 * Receives a file of the register and keeps it sealed, so that somebody may look at what it would do before it is taken in.
 *
 * @returns the id of the import
 * @throws EntryProblem of `file` where it is none of the column map
 */
export async function receiveClinicFile(
  work: Work,
  { bytes, layoutId }: { bytes: Uint8Array; layoutId: string },
): Promise<string> {
  const layout = await layoutOf(work, layoutId);
  let total: number;
  try {
    total = (await read(work, bytes, layout)).total;
  } catch (error) {
    if (error instanceof Problem && error.status === 422)
      throw new EntryProblem("file", error.message);
    throw error;
  }
  const id = randomUUID();
  const sealedId = await putSealed(work, {
    holder: `clinic-import:${id}`,
    program: "vaccination",
    kind: "clinic-file",
    data: { layout: layout.id, text: Buffer.from(bytes).toString("base64") } satisfies SealedFile,
  });
  const digest = createHash("sha256").update(bytes).digest();
  await work.sql`select clinics.receive_file(${id}, ${sealedId}, ${digest}, ${total})`;
  return id;
}

async function layoutOf(work: Work, id: string): Promise<Layout> {
  const found = (await clinicLayouts(work.platform)).find((one) => one.id === id);
  if (!found) throw new EntryProblem("layout", "列の並びを選んでください。");
  return found;
}

const read = async (work: Work, bytes: Uint8Array, layout: Layout) =>
  readClinicFile(bytes, layout, {
    bodies: (await listBodies(work)).map(({ code }) => code),
    today: work.platform.clock.today(),
  });

/** @throws Problem 404 */
export async function getClinicImport(work: Work, id: string): Promise<ClinicImport> {
  const [row] = await work.tx.select().from(clinicImport).where(eq(clinicImport.id, id));
  if (!row) throw notFound("取込が見つかりません。");
  return row;
}

/** Imports, the latest first. */
export const listClinicImports = (work: Work): Promise<ClinicImport[]> =>
  work.tx.select().from(clinicImport).orderBy(desc(clinicImport.serial)).limit(50);

async function rowsOf(work: Work, found: ClinicImport) {
  if (found.sealedId === null) throw conflict("このファイルは、もう処理されています。");
  const { layout, text } = await getSealedOne<SealedFile>(work, found.sealedId);
  return read(work, Buffer.from(text, "base64"), await layoutOf(work, layout));
}

/** What a file that waits would do now; nothing is written. @throws Problem 409 once it was settled */
export async function checkClinicFile(work: Work, found: ClinicImport): Promise<ImportEffect> {
  const { rows, faults, total } = await rowsOf(work, found);
  const effect = { rows: total, created: 0, changed: 0, unchanged: 0, contracts: 0, faults };
  for (const row of rows) {
    const { present, differs, contracts } = await standingOf(work, row);
    if (!present) effect.created += 1;
    else if (differs) effect.changed += 1;
    else effect.unchanged += 1;
    effect.contracts += contracts.length;
  }
  return effect;
}

/** A clinic of the register beside its row: whether it says something else, and which contracts are new. */
async function standingOf(work: Work, row: ClinicRow) {
  const present = await findClinic(work, row.code);
  const held = present ? await contractsOf(work, row.code) : [];
  const contracts = row.contracts.filter(
    (kind) =>
      !held.some(
        (one) =>
          one.kind === kind &&
          (one.state === "waiting" ||
            (counts(one) && overlaps(one.validFrom, one.validTo, row.contract))),
      ),
  );
  return {
    present,
    differs: present !== undefined && factsDiffer(present, row.facts),
    contracts,
  };
}

const overlaps = (
  from: string,
  to: string | null,
  other: { from: IsoDate | undefined; to: IsoDate | undefined },
): boolean => from <= (other.to ?? "9999") && (other.from ?? "") <= (to ?? "9999");

const factsDiffer = (present: Clinic, facts: ClinicFacts): boolean =>
  (Object.keys(facts) as (keyof ClinicFacts)[]).some((item) => present[item] !== facts[item]);

/**
 * Takes in the good rows of a file: clinics, vaccines and doctors at once, contracts as proposals that another person confirms.
 * What the file does not name stays. All of it or nothing.
 *
 * @throws Problem 409 where it was settled already
 */
export async function loadClinicFile(work: Work, found: ClinicImport): Promise<ImportEffect> {
  const { rows, faults, total } = await rowsOf(work, found);
  const effect = { rows: total, created: 0, changed: 0, unchanged: 0, contracts: 0, faults };
  const today = work.platform.clock.today();
  for (const row of rows) {
    const { present, differs, contracts } = await standingOf(work, row);
    if (!present) await registerClinic(work, row.code, row.facts, found.id);
    else if (differs) await correctClinic(work, present, row.facts, found.id);
    effect[present ? (differs ? "changed" : "unchanged") : "created"] += 1;
    if (row.handled)
      await setHandled(work, { code: row.code, revision: null }, row.handled, found.id);
    for (const kind of contracts) {
      await proposeContract(work, row.code, { ...row.contract, kind }, undefined, found.id);
      effect.contracts += 1;
    }
  }
  await addMissingDoctors(work, rows, { today, importId: found.id });
  await settle(work, found.id, "loaded", effect);
  return effect;
}

/** Those whom the register does not have at their clinic yet; nobody is ended by a file. */
async function addMissingDoctors(
  work: Work,
  rows: readonly ClinicRow[],
  { today, importId }: { today: IsoDate; importId: string },
): Promise<void> {
  const named = rows.filter(({ doctors }) => doctors.length > 0);
  if (named.length === 0) return;
  const codes = new Set(named.map(({ code }) => code));
  const standing = (await work.tx.select().from(doctor).where(eq(doctor.removed, false))).filter(
    ({ clinicCode, role, validTo }) =>
      codes.has(clinicCode) && role === "doctor" && validTo === null,
  );
  const names = new Map(
    (
      await getSealed(
        work,
        standing.map(({ sealedId }) => sealedId),
      )
    ).map(({ id, data }) => [id, (data as { name: string }).name]),
  );
  const isThere = (code: string, name: string) =>
    standing.some(
      (one) => one.clinicCode === code && sameName(names.get(one.sealedId) ?? "", name),
    );
  const fresh = named.flatMap(({ code, doctors }) =>
    doctors
      .filter((name) => !isThere(code, name))
      .map((name) => ({ code, role: "doctor" as const, name, from: today })),
  );
  await addDoctors(work, fresh, importId);
}

/** Gives a file up that nobody wants taken in. @throws Problem 409 */
export async function dropClinicFile(work: Work, found: ClinicImport): Promise<void> {
  await settle(work, found.id, "dropped", { faults: [] });
}

async function settle(
  work: Work,
  id: string,
  state: "loaded" | "dropped",
  { faults, ...counts }: Partial<Omit<ImportEffect, "faults">> & Pick<ImportEffect, "faults">,
): Promise<void> {
  await refuseInWords(
    work.sql`select clinics.settle_file(${id}, ${state}, ${JSON.stringify(counts)}::text::jsonb, ${JSON.stringify(faults)}::text::jsonb)`,
    "このファイルは、ほかの職員が先に処理しました。",
  );
}

/** Confirms all contracts of an import that wait; all of them or none. @throws Problem 403 for who entered them, 409 */
export async function confirmImported(work: Work, importId: string): Promise<number> {
  const rows = await waitingOfImport(work, importId);
  if (rows.length === 0) throw conflict("確認を待つ契約はありません。");
  for (const row of rows) await moveEntry(work, "contract", row, "confirm");
  return rows.length;
}
