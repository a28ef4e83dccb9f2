import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { clinicHint } from "#workflows/vaccination/clinics/hint.ts";
import { clinicsOn } from "./clinic-on.ts";

/** What a slip says of its clinic. */
interface AtClinic {
  clinicCode: string | null | undefined;
  vaccine: string;
  givenOn: string;
}

/**
 * What the register says against the clinics of slips, in the order given: nothing where all is as registered, where a slip names no
 * code, and in a city whose register is empty still.
 */
export async function clinicHints(
  work: Work,
  slips: readonly AtClinic[],
): Promise<(string | undefined)[]> {
  const coded = slips.flatMap(({ clinicCode, givenOn }, at) =>
    clinicCode ? [{ at, code: clinicCode, day: givenOn as IsoDate }] : [],
  );
  const nothing = slips.map(() => undefined);
  if (coded.length === 0) return nothing;
  const [kept] = await work.sql<{ any: boolean }[]>`
    select exists (select from clinics.clinic) as any`;
  if (!kept?.any) return nothing;
  const found = await clinicsOn(work, coded);
  const hints: (string | undefined)[] = nothing;
  coded.forEach(({ at }, n) => {
    hints[at] = clinicHint(found[n], slips[at]?.vaccine ?? "");
  });
  return hints;
}

/** Names by code of those of some clinics that the register has. */
export async function clinicNames(
  work: Work,
  codes: readonly (string | undefined)[],
): Promise<Map<string, string>> {
  const asked = [...new Set(codes.filter((code) => code !== undefined && code !== ""))];
  if (asked.length === 0) return new Map();
  const rows = await work.sql<{ code: string; name: string }[]>`
    select code, name from clinics.clinic where code = any(${asked as string[]}::text[])`;
  return new Map(rows.map(({ code, name }) => [code, name]));
}
