import { and, eq, inArray } from "drizzle-orm";
import { mandate } from "#db/schema/high-cost.ts";
import { csvClaims } from "#src/formats/high-cost-claims/csv.ts";
import type { ClaimFileLine } from "#src/formats/high-cost-claims/layout.ts";
import { lookAtPeople } from "../people/index.ts";
import { refuseInWords } from "../refusals.ts";
import type { Work } from "../work.ts";
import { claimNumber, getClaim, linesOfClaim } from "./claims.ts";
import { entryNumber } from "./entries.ts";

const EVERYTHING = 100_000;

/**
 * The file of an approved claim, as the insurer gets it. Made of what stands; that it is taken out is recorded.
 *
 * @throws Problem 404, 409
 */
export async function takeClaimFile(
  work: Work,
  id: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const row = await getClaim(work, id);
  await refuseInWords(
    work.sql`select high_cost.take_file(${id})`,
    "承認された請求だけが取り出せます。",
    ["42501"],
  );
  const lines = await linesOfClaim(work, id, { from: 0, size: EVERYTHING });
  const numbers = [...new Set(lines.flatMap(({ entry }) => entry.persons))];
  const people = new Map(
    (await lookAtPeople(work, numbers, ["facts", "name"])).map((one) => [one.personNumber, one]),
  );
  const mandates = await work.tx
    .select()
    .from(mandate)
    .where(
      and(
        eq(mandate.program, row.program),
        eq(mandate.insurerNumber, row.insurerNumber),
        eq(mandate.state, "received"),
        inArray(mandate.personNumber, [...numbers, ...lines.map(({ entry }) => entry.household)]),
      ),
    );
  const written = lines.map(({ line, entry }): ClaimFileLine => {
    const own = mandates.find(
      (one) =>
        [...entry.persons, entry.household].includes(one.personNumber) &&
        one.fromMonth <= entry.treatmentMonth &&
        (one.toMonth === null || one.toMonth >= entry.treatmentMonth),
    );
    return {
      number: entryNumber(entry),
      insurer: entry.insurerNumber,
      month: entry.treatmentMonth,
      people: entry.persons.flatMap((number) => {
        const person = people.get(number);
        return person
          ? [
              {
                name: person.name?.kanji ?? "",
                kana: person.name?.kana ?? "",
                birth: person.birthDate,
              },
            ]
          : [];
      }),
      category: entry.category,
      multiple: entry.multiple,
      totalCost: amountOf(entry.steps, "総医療費(10割)"),
      share: amountOf(entry.steps, "医療保険の一部負担の額"),
      paidByCity: amountOf(entry.steps, "市が支払った額"),
      highCost: entry.amount,
      claimed: line.amount,
      mandateReceivedOn: entry.needsMandate ? (own?.receivedOn ?? null) : null,
    };
  });
  return {
    name: `kogaku-${row.insurerNumber}-${claimNumber(row)}.${csvClaims.ending}`,
    bytes: csvClaims.write(written),
  };
}

const amountOf = (steps: readonly { label: string; amount: number }[], label: string): number =>
  steps.find((step) => step.label === label)?.amount ?? 0;
