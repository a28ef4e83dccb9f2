import { holds } from "#src/platform/access/actor.ts";
import type { Work } from "#src/platform/work.ts";
import type { NumberHit } from "#src/web/screens.ts";
import { readClinicCode } from "#workflows/vaccination/clinics/code.ts";
import { findClinic } from "../../clinics/register.ts";
import { clinicPaths } from "./paths.ts";

/** The clinic of a 医療機関コード that was typed where numbers are sought. */
export async function clinicHits(work: Work, typed: string): Promise<NumberHit[]> {
  const code = readClinicCode(typed);
  if (!/^\d{10}$/.test(code) || !holds(work.actor, "case.read", { program: "vaccination" }))
    return [];
  const found = await findClinic(work, code);
  return found ? [{ title: `医療機関 ${code}`, to: { path: clinicPaths.clinic(code) } }] : [];
}
