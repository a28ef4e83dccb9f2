import { readTransfers } from "#src/formats/zengin/transfers.ts";
import {
  decideSetting,
  enterAccount,
  gatherRun,
  moveAccount,
  movePaymentRun,
  proposeSetting,
  readPaymentRun,
  settingsOf,
  takeRunFile,
  writeRunFile,
} from "#src/platform/payments/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { addDays, addMonths } from "#workflows/dates/iso-date.ts";
import { earliestTransfer } from "#workflows/payments/calendar.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

/** Lines of a run, and the seconds that they may take from the gathering to the bank's file. */
const [lines, limit] = [30_000, 60];
/** People with an account; each is paid several times, so that every line opens a record. */
const payees = 1_000;
const program = "child-medical";

/** Thirty thousand payables: gathered, approved, written as the bank's file, and read back. */
export async function run(): Promise<number> {
  for (const population of settings.populations) {
    const city = await cityOf(population);
    await arrange(city);
    const today = city.platform.clock.today();
    const begun = performance.now();
    let id = "";
    const gathered = await city.measure(async () => {
      id = await as(city, "ikkatsu1", (work) =>
        gatherRun(work, {
          program,
          closingOn: today,
          payOn: earliestTransfer(today, { leadDays: 2 }),
        }),
      );
    });
    await as(city, "ikkatsu1", (work) => movePaymentRun(work, { id, seen: 1, type: "submit" }));
    await as(city, "kessai1", (work) => movePaymentRun(work, { id, seen: 2, type: "approve" }));
    const written = await city.measure(() =>
      as(city, "ikkatsu1", (work) => writeRunFile(work, id, 3)),
    );
    const seconds = (performance.now() - begun) / 1000;
    const { run: made } = await as(city, "kessai1", (work) => readPaymentRun(work, id));
    const file = readTransfers((await as(city, "suito1", (work) => takeRunFile(work, id))).bytes);
    const sum = file.rows.reduce((total, { values }) => total + Number(values.amount), 0);
    if (file.faults.length > 0 || file.rows.length !== lines || sum !== made.approvedSum) {
      console.log("  payments: the file does not read back as it was approved");
      return 1;
    }
    const title = `payments: ${lines.toLocaleString("en")} lines to the bank's file`;
    console.log(
      `  ${title}: gathered ${gathered.seconds.toFixed(1)} s, written ${written.seconds.toFixed(1)} s (CPU ${written.cpu.toFixed(1)})`,
    );
    add({ name: title, value: seconds, unit: "s", reference: limit, peer: "limit", reach: 1 });
  }
  return 0;
}

const as = async <T>(city: BenchCity, who: string, work: (work: Work) => Promise<T>): Promise<T> =>
  runWork(city.platform, await city.actor(who), { purpose: "payment", program }, work);

/** How it pays, accounts confirmed by a second person, and what earlier decisions left owed. */
async function arrange(city: BenchCity): Promise<void> {
  const today = city.platform.clock.today();
  await as(city, "ikkatsu1", (work) =>
    proposeSetting(work, program, {
      validFrom: addMonths(today, -12),
      originatorCode: "0000000001",
      originatorName: "ﾐﾎﾝｼ",
      bankCode: "0001",
      branchCode: "001",
      accountType: "1",
      accountNumber: "0000001",
      clearingHouse: "zeros",
      category: "7",
      lineEnds: true,
      closingDay: 31,
      payMonths: 1,
      payDay: 20,
      whenClosed: "after",
      leadDays: 2,
      source: "試験の協定",
    }),
  );
  await as(city, "kessai1", async (work) => {
    for (const { id, decision } of await settingsOf(work, program))
      if (decision === null) await decideSetting(work, id, "approved");
  });
  const people = await city.admin<{ number: string; office: string }[]>`
    select person_number as number, office_code as office from vault.person
     where resident_to is null and office_code = '431010' order by person_number limit ${payees}`;
  const entered: string[] = [];
  for (let from = 0; from < people.length; from += 100)
    await as(city, "kessai2", async (work) => {
      for (const [at, { number }] of people.slice(from, from + 100).entries())
        entered.push(
          await enterAccount(work, {
            program,
            personNumber: number,
            source: "counter",
            account: {
              bankCode: "0001",
              branchCode: "001",
              kind: "ordinary",
              number: String(1_000_000 + from + at),
              holderKana: "ミホン　タロウ",
            },
          }),
        );
    });
  for (let from = 0; from < entered.length; from += 100)
    await as(city, "kessai1", async (work) => {
      for (const id of entered.slice(from, from + 100))
        await moveAccount(work, id, "confirm", { evidence: "passbook" });
    });
  await city.admin`
    insert into payments.payable (program, person_number, office_code, source_kind, source_id, amount, kind, owed_on, decided_by)
    select ${program}, p.number, p.office, 'bench', gen_random_uuid(), 1000 + n, 'transfer', ${addDays(today, -1)}, s.id
      from generate_series(1, ${lines}::integer) n
      join (select x.number, x.office, row_number() over () as at from unnest(${people.map(({ number }) => number)}::text[],
             ${people.map(({ office }) => office)}::text[]) x(number, office)) p on p.at = 1 + n % ${people.length}::integer
      join access.staff s on s.login_name = 'kessai2'`;
}
