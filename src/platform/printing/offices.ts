import { office } from "#db/schema/access.ts";
import type { Office } from "#forms/index.ts";
import type { Work } from "../work.ts";
import type { ProgramPapers } from "./program-papers.ts";

/** Offices by code as papers name them under お問い合わせ先; of a person without one the first. */
export async function officeFinder(
  work: Work,
  { city, hours }: ProgramPapers,
): Promise<(code: string) => Office> {
  const rows = await work.tx.select().from(office).orderBy(office.code);
  const offices = new Map(
    rows.map(({ code, name, postalCode, address, telephone }) => [
      code,
      { name: `${city} ${name}`, postalCode, address, telephone, hours },
    ]),
  );
  return (code) => {
    const found = offices.get(code) ?? offices.values().next().value;
    if (!found) throw new Error("no office is registered");
    return found;
  };
}
