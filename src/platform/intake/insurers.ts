import { eq } from "drizzle-orm";
import { insurer } from "#db/schema/intake.ts";
import type { EventDetail, Step } from "../cases/index.ts";
import type { Work } from "../work.ts";
import { latestEntry, openEntry } from "./entries.ts";

/** Name of an insurer (保険者) as a confirmed entry gave it last; nothing where none did. */
export async function insurerName(work: Work, number: string): Promise<string | undefined> {
  const [known] = await work.tx.select().from(insurer).where(eq(insurer.number, number));
  return known?.name;
}

/**
 * Learns the names of the insurers in the entry that is confirmed: whoever is insured there next need not spell them. Made
 * by a step of the act `confirm`.
 */
export async function learnInsurers(work: Work, { found }: Step): Promise<EventDetail> {
  const entry = await latestEntry(work, found.id);
  const pieces = entry ? await openEntry(work, entry) : [];
  const named = pieces.flatMap(({ data }) => insurersIn(data));
  if (named.length > 0)
    await work.sql`select intake.learn_insurers(${found.id}, ${named.map(({ number }) => number)}::text[],
      ${named.map(({ name }) => name)}::text[])`;
  return {};
}

/** Every insurer that an entry names, however deep it stands. */
function insurersIn(data: unknown): { number: string; name: string }[] {
  if (typeof data !== "object" || data === null) return [];
  const { insurerNumber, insurerName } = data as Record<string, unknown>;
  const own =
    typeof insurerNumber === "string" && typeof insurerName === "string"
      ? [{ number: insurerNumber, name: insurerName }]
      : [];
  return [...own, ...Object.values(data).flatMap(insurersIn)];
}
