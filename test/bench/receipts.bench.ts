import { type InventedRecipient, inventedReceipts } from "#src/demonstration/invented-receipts.ts";
import { openSystemSession } from "#src/platform/access/index.ts";
import { getFile, judgeFile, receiveReceipts } from "#src/platform/receipts/index.ts";
import { approveFile } from "#src/platform/receipts/jobs.ts";
import { receiptWork } from "#src/platform/receipts/move.ts";
import { postFile } from "#src/platform/receipts/post-file.ts";
import { readUke } from "#src/platform/receipts/uke.ts";
import { runWork } from "#src/platform/work.ts";
import { planOfCopays } from "#workflows/medical/subsidy.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import { judgeReceipt } from "#workflows/receipts/judge.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

const payer = "83430017";
const copayOf = (visits: number) => Math.min(visits, 2) * 500;
const claimMonth = "2026-10";
/** Some of the receipts of a month of a city that has 1,500,000 a year. */
const whole = 40_000;

const row = <T>(value: T) => ({
  name: "bench",
  rows: [{ from: "2020-04-01" as const, value, source: "bench", certainty: "assumed" as const }],
});
const plan = {
  program: "child-medical",
  entitlementKind: "medical",
  payers: row([payer]),
  copay: row(planOfCopays([{ kind: "outpatient", unit: "visit", amount: 500, maxTimes: 2 }])),
};

/** Receipts of a month: read and judged in memory, and taken in, judged and posted in a city; the files are made beforehand. */
export async function run(): Promise<number> {
  const [population = 0] = settings.populations;
  const city = await cityOf(population);
  const people = await recipients(city);
  const fileOf = (count: number, seed: number) => [
    ...inventedReceipts({ recipients: people, claimMonth, count, copayOf, faultEvery: 100, seed }),
  ];
  const inMemory = fileOf(whole, 1);
  const read = await city.measure(() => inMemoryOnly(inMemory));
  rate("receipts: read and judged in memory", read, 20_000);
  const part = await city.measure(() => takeIn(city, fileOf(whole / 4, 2)));
  const taken = await city.measure(() => takeIn(city, fileOf(whole, 3)));
  rate("receipts: taken in, judged and posted", taken, 3_000);
  add({
    name: "receipts: memory of the larger file",
    value: taken.megabytes,
    unit: "MB",
    reference: part.megabytes,
    peer: "of one of a quarter",
    reach: 1.3,
  });
  return 0;
}

/** By the clock, and by the time of all processors together. */
function rate(name: string, { seconds, cpu }: { seconds: number; cpu: number }, limit: number) {
  for (const [title, taken] of [
    [name, seconds],
    [`${name}, CPU`, cpu],
  ] as const)
    add({
      name: title,
      value: whole / taken,
      unit: "receipts/s",
      reference: limit,
      peer: "limit",
      reach: 1,
      more: true,
    });
}

async function inMemoryOnly(source: readonly Uint8Array[]): Promise<number> {
  let judged = 0;
  for await (const part of readUke(inParts(source)))
    if ("receipt" in part) {
      judgeReceipt(part.receipt.facts, [plan], { pointsHigh: 100_000 }, claimMonth);
      judged += 1;
    }
  return judged;
}

/** As a file comes from a disk: parts of 64 KB. */
function* inParts(source: readonly Uint8Array[]): Generator<Uint8Array> {
  const bytes = Buffer.concat(source);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function takeIn(city: BenchCity, source: readonly Uint8Array[]): Promise<void> {
  const { platform } = city;
  const fileId = await receiveReceipts(platform, await city.actor("ikkatsu1"), {
    name: "RECEIPTC.UKE",
    source: inParts(source),
    channel: "payment-fund",
    claimMonth,
    paymentMonth: "2026-11",
  });
  const system = await openSystemSession(platform);
  await judgeFile(platform, system, fileId);
  await runWork(platform, await city.actor("kessai1"), receiptWork, async (work) => {
    const { revision } = await getFile(work, fileId);
    await approveFile(work, { fileId, revision });
  });
  await Promise.all([postFile(platform, system, fileId), postFile(platform, system, fileId)]);
}

/** People of the city with numbers and entitlements, arranged by the administrator. */
async function recipients({ admin }: BenchCity): Promise<InventedRecipient[]> {
  const people = await admin<{ person: string; birth: string }[]>`
    select person_number as person, birth_date::text as birth from vault.person where birth_date > '2010-01-01' order by person_number limit 5000`;
  const all = people.map(({ person, birth }, at) => ({
    payer,
    person,
    birth: birth as InventedRecipient["birth"],
    recipientNumber: withCheckDigit(String(300_000 + at)),
  }));
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`insert into entitlements.recipient (program, recipient_number, person_number, valid_from)
      select 'child-medical', n, p, '2020-04-01' from unnest(${all.map((o) => o.recipientNumber)}::text[], ${all.map((o) => o.person)}::text[]) x(n, p) on conflict do nothing`;
    await sql`insert into entitlements.entitlement (program, kind, person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on)
      select 'child-medical', 'medical', p, gen_random_uuid(), n, '431010', '2020-04-01', '2030-03-31', '2030-03-31', '2020-04-01'
        from unnest(${all.map((o) => o.recipientNumber)}::text[], ${all.map((o) => o.person)}::text[]) x(n, p)
       where not exists (select from entitlements.entitlement e where e.person_number = p and e.program = 'child-medical')`;
  });
  await admin`analyze`;
  return all;
}
