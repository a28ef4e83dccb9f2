import { readFile } from "node:fs/promises";
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import {
  applyRunEvent,
  createRun,
  extractRun,
  makeRun,
  type RunRow,
  readRun,
  registerContractor,
  takeOutPackage,
} from "#src/platform/mailings/index.ts";
import type { PersonRecord } from "#src/platform/people/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { couponMailing } from "#src/programs/vaccination/index.ts";
import { writePeople } from "#test/support/register.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import type { CouponOrder } from "#workflows/vaccination/coupons-due.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { invented } from "./people.ts";

/** Children who reach the age of one in December 2026, one a day and again from the start. */
export const oneYearOlds = (count: number, given: Partial<PersonRecord> = {}): PersonRecord[] =>
  Array.from({ length: count }, (_, index) => {
    const birthDate = addDays("2025-12-02", index % 28);
    return invented({
      birthDate,
      residence: { from: birthDate, fromReason: "birth" },
      address: {
        postalCode: ["8600004", "8600806", "8620950"][index % 3] ?? "",
        town: "熊本市中央区試験町",
        townCode: "0000101",
        block: `${1 + (index % 9)}丁目${1 + (index % 37)}番${index}号`,
        building: index % 4 === 0 ? `見本ハイツ${100 + index}号` : "",
      },
      ...given,
    });
  });

type NewRun = Parameters<typeof createRun>[1];

/** The mailings of a test in one 事務: people, runs and packages. */
export async function mailingsOf(test: TestPlatform, program = "vaccination") {
  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "mailing", program }, run);
  const identity = await generateX25519Identity();
  const contractorId = await as("scheme1", async (work) =>
    registerContractor(work, {
      name: "見本印刷株式会社",
      contractFrom: "2026-04-01",
      contractTo: "2027-03-31",
      publicKey: await identityToRecipient(identity),
    }),
  );

  async function enter(people: readonly PersonRecord[]): Promise<string[]> {
    const system = await test.system();
    const numbers: string[] = [];
    for (let start = 0; start < people.length; start += 1000)
      numbers.push(
        ...(await runWork(test.platform, system, { purpose: "feed" }, (work) =>
          writePeople(
            work,
            people.slice(start, start + 1000).map((record) => ({ record })),
          ),
        )),
      );
    return numbers;
  }

  const start = (
    kind: { id: string },
    order: Pick<NewRun, "title" | "parameters"> & Partial<NewRun>,
  ) =>
    as("operator1", (work) =>
      createRun(work, { kind: kind.id, contractorId, repeatReason: "試験", ...order }),
    );

  /** Coupons of a month. */
  const create = (order: Partial<CouponOrder> = {}) =>
    start(couponMailing, {
      title: "予防接種券 令和8年12月分",
      parameters: { month: "2026-12", vaccines: ["mr1"], scope: "new", ...order },
    });

  const inBackground = { purpose: "mailing", program, reason: "task" } as const;

  const details = (run: { id: string }) => as("operator1", (work) => readRun(work, run.id));

  async function extract(run: { id: string }): Promise<RunRow> {
    await extractRun(test.platform, await test.system(), inBackground, run.id);
    return (await details(run)).run;
  }

  /** A run with its pieces found. */
  const extracted = async (order: Partial<CouponOrder> = {}) => extract(await create(order));

  const step = (
    who: TestStaff,
    run: RunRow,
    type: Parameters<typeof applyRunEvent>[1]["type"],
    comment?: string,
  ) =>
    as(who, (work) =>
      applyRunEvent(work, {
        runId: run.id,
        expectedRevision: run.revision,
        type,
        ...(comment ? { comment } : {}),
      }),
    );

  const approved = async (run: RunRow) =>
    step("supervisor1", await step("operator1", run, "submit"), "approve");

  const make = async (run: { id: string }) => {
    const actor = await test.system();
    await makeRun({ platform: test.platform, actor, options: inBackground, runId: run.id });
    return details(run);
  };

  /** What the contractor finds in the package, by name of the file. */
  async function open(run: { id: string }): Promise<Map<string, Buffer>> {
    const { path } = await as("operator1", (work) => takeOutPackage(work, run.id));
    return openPackage(await readFile(path), identity);
  }

  return {
    as,
    identity,
    contractorId,
    enter,
    start,
    create,
    extract,
    extracted,
    step,
    approved,
    make,
    details,
    open,
    inBackground,
  };
}

/** Decrypts and unpacks a package as a contractor would. */
export async function openPackage(
  encrypted: Uint8Array,
  identity: string,
): Promise<Map<string, Buffer>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const archive = Buffer.from(await decrypter.decrypt(encrypted));
  const files = new Map<string, Buffer>();
  for (let at = 0; at < archive.length && archive[at] !== 0; ) {
    const name = archive.toString("latin1", at, at + 100).replace(/\0.*$/s, "");
    const size = Number.parseInt(archive.toString("latin1", at + 124, at + 135), 8);
    files.set(name, archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

/** Lines of the index of a package. */
export function indexOf(files: ReadonlyMap<string, Buffer>) {
  const [name] = [...files.keys()].filter((one) => one.endsWith("index.csv"));
  return (files.get(name ?? "")?.toString("utf8") ?? "")
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\r\n")
    .slice(1)
    .map((line) => {
      const [place, file, page, pages, pieceNumber, postalCode, ...of] = line
        .slice(1, -1)
        .split('","');
      const [envelope, atInEnvelope, inEnvelope, sheets, envelopePage] = of;
      const bundled = { envelope, atInEnvelope, inEnvelope, sheets, envelopePage };
      return { place, file, page, pages, pieceNumber, postalCode, ...bundled };
    });
}

/** The manifest of a package. */
export function manifestOf(files: ReadonlyMap<string, Buffer>) {
  const [name] = [...files.keys()].filter((one) => one.endsWith("manifest.json"));
  return JSON.parse(files.get(name ?? "")?.toString("utf8") ?? "{}") as {
    format: number;
    pieces: number;
    pages: number;
    envelopes?: number;
    firstNumber: string;
    lastNumber: string;
    missingNumbers: string[];
    files: {
      name: string;
      pieces: number;
      pages: number;
      firstNumber: string;
      lastNumber: string;
      sha256: string;
      bytes: number;
    }[];
    index: { name: string; sha256: string };
  };
}
