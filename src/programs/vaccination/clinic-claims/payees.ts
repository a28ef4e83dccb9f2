import { inArray } from "drizzle-orm";
import { body, clinic } from "#db/schema/clinics.ts";
import type { Party } from "#src/platform/payments/index.ts";
import type { Work } from "#src/platform/work.ts";

/** What stands on a paper for a claimant. */
export interface Claimant {
  readonly code: string;
  readonly name: string;
  readonly postalCode: string;
  readonly address: string;
}

/** Clinics and associations by their codes, as the register has them now. */
export async function claimantsOf(
  work: Work,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Claimant>> {
  const wanted = [...new Set(codes)];
  if (wanted.length === 0) return new Map();
  const of = (table: typeof clinic | typeof body) => ({
    code: table.code,
    name: table.name,
    postalCode: table.postalCode,
    address: table.address,
  });
  const rows = [
    ...(await work.tx.select(of(clinic)).from(clinic).where(inArray(clinic.code, wanted))),
    ...(await work.tx.select(of(body)).from(body).where(inArray(body.code, wanted))),
  ];
  return new Map(rows.map((row) => [row.code, row]));
}

/** To whom 予防接種 pays besides persons. */
export async function vaccinationParties(
  work: Work,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Party>> {
  const found = await claimantsOf(work, codes);
  return new Map(
    [...found].map(([code, { name }]) => [
      code,
      {
        name: `${name}（${code}）`,
        path: code.startsWith("D")
          ? `/vaccination/clinics/bodies/${code}`
          : `/vaccination/clinics/${code}`,
      },
    ]),
  );
}
