import { codeOfClinic, seedClinics } from "#src/demonstration/clinics.ts";
import type { Actor } from "#src/platform/access/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { getClinicClaim } from "#src/programs/vaccination/clinic-claims/claims.ts";
import { openClinicClaim } from "#src/programs/vaccination/clinic-claims/open.ts";
import { moveClinicClaim } from "#src/programs/vaccination/clinic-claims/steps.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import type { ClinicClaimEvent } from "#workflows/vaccination/clinic-claims/machine.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

/** Slips of one claim. */
const slips = 2000;
const clinic = codeOfClinic(1);

/** A clinic's claim of a month with 2,000 doses: reckoned, asked whether it still stands, proposed and decided. */
export async function run(): Promise<number> {
  const city = await cityOf(settings.populations[0] ?? 0);
  const { admin, platform, actor, measure } = city;
  const [enters, decides] = [await actor("kessai1"), await actor("kessai2")];
  await arrange(city, { enters, decides });
  const as = <T>(who: Actor, work: (work: Work) => Promise<T>) =>
    runWork(platform, who, { purpose: "case", program: "vaccination" }, work);
  const today = platform.clock.today();
  const lines = await admin<{ dose: number; count: number }[]>`
    select dose, count(*)::integer as count from vaccination.shot where clinic_code = ${clinic} group by 1 order by 1`;
  const id = await as(enters, (work) =>
    openClinicClaim(work, {
      claimant: clinic,
      month: today.slice(0, 7),
      kind: "individual",
      receivedOn: today,
      lines: lines.map(({ dose, count }) => ({
        vaccine: "flu",
        dose,
        product: "",
        outcome: "given",
        count,
        amount: count * price,
      })),
    }),
  );
  const move = async (who: Actor, type: ClinicClaimEvent) => {
    const { revision: seen } = await as(enters, (work) => getClinicClaim(work, id));
    return measure(() => as(who, (work) => moveClinicClaim(work, { id, seen, type })));
  };
  const reckoned = await move(enters, "reckon");
  const [rows] = await admin<{ rows: number; paid: number }[]>`
    select count(*)::integer as rows, count(*) filter (where disposition = 'pay')::integer as paid from clinic_claims.claim_row where claim_id = ${id}`;
  console.log(`  clinic claim: ${rows?.rows} rows, ${rows?.paid} to be paid`);
  const stands = await measure(() =>
    as(enters, (work) => work.sql`select * from clinic_claims.standing(${id})`),
  );
  const plain = await measure(
    () => admin`update clinic_claims.claim_row set dose = dose where claim_id = ${id}`,
  );
  const count = slips.toLocaleString("en");
  for (const [what, taken, most] of [
    ["reckoned", reckoned, 3],
    ["asked whether it stands", stands, 1.5],
  ] as const)
    for (const pick of ["seconds", "cpu"] as const) {
      const name = `clinic claim of ${count} doses ${what}${pick === "cpu" ? ", CPU" : ""}`;
      add({ name, value: taken[pick], unit: "s", reference: most, peer: "limit", reach: 1 });
    }
  add({
    name: `clinic claim of ${count} doses asked whether it stands, against its rows`,
    value: stands.seconds,
    unit: "s",
    reference: plain.seconds,
    peer: "plain UPDATE of the rows",
    reach: 30,
  });
  await as(enters, async (work) => {
    const { revision: seen } = await getClinicClaim(work, id);
    await moveClinicClaim(work, { id, seen, type: "withdraw", reason: "entered-twice" });
  });
  return 0;
}

const price = 5500;

/** The clinics of the demonstration, what two people would have set, and the last 2,000 doses of influenza as given by one clinic. */
async function arrange(
  { admin, platform }: BenchCity,
  staff: { enters: Actor; decides: Actor },
): Promise<void> {
  const [known] = await admin`select from clinics.clinic limit 1`;
  if (!known) await seedClinics(platform, staff);
  const values: Record<string, unknown> = {
    "vaccination.prices-individual": {
      taxPercent: 10,
      prices: [{ vaccine: "flu", given: price, screened: 1650 }],
    },
    "vaccination.copays": { copays: [{ vaccine: "flu", ageFrom: 65, amount: 1500 }] },
    "vaccination.clinic-claims": { deadlineDay: 10, lateMonths: 12 },
  };
  const today = platform.clock.today();
  const yearStart = `${Number(today.slice(0, 4)) - (today.slice(5, 7) < "04" ? 1 : 0)}-04-01`;
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    for (const [key, value] of Object.entries(values))
      await sql`
        insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, decision, decided_by, decided_at, tried_at, tried_cases)
        select ${key}, ${sql.json(value as never)}, ${yearStart}, 'bench', 'established', a.id, now(), 'approved', b.id, now(), now(), 0
          from access.staff a, access.staff b
         where a.login_name = 'kessai1' and b.login_name = 'kessai2' and not exists (select from city.parameter p where p.key = ${key} and p.valid_from = ${yearStart} and p.decision = 'approved')`;
    await sql`update vaccination.shot set clinic_code = null where clinic_code = ${clinic}`;
    await sql`
      update vaccination.shot set clinic_code = ${clinic}, route = 'individual'
       where id in (select s.id from vaccination.shot s join vault.person p on p.person_number = s.person_number
                     where s.vaccine = 'flu' and s.source = 'feed' and s.given_on between ${yearStart} and ${today} and s.given_on > ${addDays(today, -300)} and p.resident_to is null
                     order by s.given_on desc, s.id limit ${slips})`;
  });
  await admin`vacuum analyze vaccination.shot`;
}
