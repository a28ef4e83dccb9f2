import { Encrypter } from "age-encryption";
import { asc, eq } from "drizzle-orm";
import { contractor } from "#db/schema/mailings.ts";
import type { BundleMarkName } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recordAudit } from "../audit/write.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";

export type Contractor = typeof contractor.$inferSelect;

export interface NewContractor {
  name: string;
  contractFrom: IsoDate;
  contractTo: IsoDate;
  /** `age1…`, as the contractor told it; the identity that belongs to it never comes to us. */
  publicKey: string;
  /** How sheets that go together are marked for its enveloping machine; words for people unless said otherwise. */
  bundleMark?: BundleMarkName;
}

/** Whether packages can be encrypted for this key. */
export function isPublicKey(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return text.startsWith("age1");
  } catch {
    return false;
  }
}

/** Registers a contractor with its key. A key that changed is a new entry; the old one is ended. */
export async function registerContractor(work: Work, entry: NewContractor): Promise<number> {
  if (!isPublicKey(entry.publicKey))
    throw new Problem({ status: 422, message: "age の公開鍵（age1…）を入力してください。" });
  if (entry.contractFrom > entry.contractTo)
    throw new Problem({ status: 422, message: "契約の終わりは始まりより後にしてください。" });
  const [made] = await work.tx
    .insert(contractor)
    .values({
      ...entry,
      registeredBy: work.actor.staffId,
      registeredAt: work.platform.clock.now(),
    })
    .returning({ id: contractor.id });
  if (!made) throw new Error("contractor was not registered");
  await recordAudit(work, {
    kind: "change",
    action: "contractor.registered",
    detail: { contractor: made.id },
  });
  return made.id;
}

/** Ends a contract; runs under way for it are not touched. */
export async function endContractor(work: Work, id: number): Promise<void> {
  await work.tx
    .update(contractor)
    .set({ endedAt: work.platform.clock.now() })
    .where(eq(contractor.id, id));
  await recordAudit(work, {
    kind: "change",
    action: "contractor.ended",
    detail: { contractor: id },
  });
}

/** All contractors, ended ones too. */
export const listContractors = (work: Work): Promise<Contractor[]> =>
  work.tx.select().from(contractor).orderBy(asc(contractor.id));

/** Whether runs may be started for a contractor today. */
export const isUnderContract = (one: Contractor, today: IsoDate): boolean =>
  !one.endedAt && one.contractFrom <= today && today <= one.contractTo;
