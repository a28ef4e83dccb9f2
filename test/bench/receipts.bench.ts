import { randomUUID } from "node:crypto";
import { type InventedRecipient, inventedReceipts } from "#src/demonstration/invented-receipts.ts";
import { openSystemSession } from "#src/platform/access/index.ts";
import {
  approveFile,
  getFile,
  judgeFile,
  postFile,
  readUke,
  receiptWork,
  receiveReceipts,
} from "#src/platform/receipts/index.ts";
import { runWork } from "#src/platform/work.ts";
import { planOfCopays } from "#workflows/medical/subsidy.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import { judgeReceipt } from "#workflows/receipts/judge.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

const payer = "83430017";
const copayOf = (visits: number) => Math.min(visits, 2) * 500;
const inMemory = 60_000;
/** Some of the receipts of a month of a city that has 1,500,000 a year. */
const intoDatabase = 60_000;

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

/** Receipts of a month: read and judged in memory, and taken in, judged and posted in a city. */
export async function run(): Promise<number> {
  const [population = 0] = settings.populations;
  const city = await cityOf(population);
  const people = await recipients(city);
  const pure = await city.measure(() => inMemoryOnly(people));
  add({
    name: "receipts: read and judged in memory",
    value: inMemory / pure.seconds,
    unit: "receipts/s",
    reference: 20_000,
    peer: "limit",
    reach: 1,
    more: true,
  });
  const taken = await city.measure(() => wholeFile(city, people));
  add({
    name: "receipts: taken in, judged and posted",
    value: intoDatabase / taken.seconds,
    unit: "receipts/s",
    reference: 3_000,
    peer: "limit",
    reach: 1,
    more: true,
  });
  add({
    name: "receipts: memory of a file",
    value: taken.megabytes,
    unit: "MB",
    reference: 512,
    peer: "limit",
    reach: 1,
  });
  return 0;
}

async function inMemoryOnly(people: readonly InventedRecipient[]): Promise<number> {
  let judged = 0;
  const source = inventedReceipts({
    recipients: people,
    claimMonth: "2026-10",
    count: inMemory,
    copayOf,
  });
  for await (const part of readUke(source))
    if ("receipt" in part) {
      judgeReceipt(part.receipt.facts, [plan], { pointsHigh: 100_000 }, "2026-10");
      judged += 1;
    }
  return judged;
}

async function wholeFile(city: BenchCity, people: readonly InventedRecipient[]): Promise<void> {
  const { platform } = city;
  const fileId = await receiveReceipts(platform, await city.actor("ikkatsu1"), {
    name: `${randomUUID()}.UKE`,
    source: inventedReceipts({
      recipients: people,
      claimMonth: "2026-10",
      count: intoDatabase,
      copayOf,
      faultEvery: 100,
      seed: Date.now() % 1_000,
    }),
    channel: "payment-fund",
    claimMonth: "2026-10",
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
