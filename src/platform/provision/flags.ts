import { count, desc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { flag } from "#db/schema/provision.ts";
import { lookAtPerson } from "../people/index.ts";
import { conflict, EntryProblem } from "../problem.ts";
import type { Work } from "../work.ts";

export const flagReasons = {
  "own-request": "本人の申出",
  safety: "身体・生活の安全のため",
  dispute: "争いがあるため",
  other: "その他（申請書のとおり）",
} as const;
export const liftReasons = {
  "own-request": "本人の申出",
  ended: "理由がなくなった",
  mistake: "設定の誤り",
} as const;

export type Flag = Awaited<ReturnType<typeof listFlags>>[number];

/** People of whom nothing is answered by itself, the newest first; 支援措置 counts besides, without standing here. */
export function listFlags(work: Work, { page, size }: { page: number; size: number }) {
  const [setter, asker] = [alias(staff, "setter"), alias(staff, "asker")];
  return work.tx
    .select({
      id: flag.id,
      personNumber: flag.personNumber,
      reason: flag.reason,
      setter: setter.displayName,
      setAt: flag.setAt,
      liftReason: flag.liftReason,
      liftAskedBy: flag.liftAskedBy,
      liftAsker: asker.displayName,
      liftAskedAt: flag.liftAskedAt,
    })
    .from(flag)
    .innerJoin(setter, eq(setter.id, flag.setBy))
    .leftJoin(asker, eq(asker.id, flag.liftAskedBy))
    .where(isNull(flag.liftedAt))
    .orderBy(desc(flag.id))
    .limit(size)
    .offset((page - 1) * size);
}

/** How many are in force. */
export async function countFlags(work: Work): Promise<number> {
  const [row] = await work.tx.select({ found: count() }).from(flag).where(isNull(flag.liftedAt));
  return row?.found ?? 0;
}

/** Flags a person. @throws EntryProblem of `person` */
export async function setFlag(
  work: Work,
  person: string,
  reason: keyof typeof flagReasons,
): Promise<void> {
  if (!(await lookAtPerson(work, person, ["facts"])))
    throw new EntryProblem("person", "この番号の方は見つかりません。");
  const [row] = await work.sql<{ set: boolean }[]>`
    select provision.set_flag(${person}, ${reason}) as set`;
  if (!row?.set) throw new EntryProblem("person", "この方は、既に自動応答不可です。");
}

/** Proposes to lift a flag, lifts it (another person), or keeps it. @throws Problem 409 */
export async function moveFlag(
  work: Work,
  id: number,
  how: "ask" | "lift" | "keep",
  reason: keyof typeof liftReasons | null,
): Promise<void> {
  const [row] = await work.sql<{ moved: boolean | null }[]>`
    select provision.move_flag(${id}, ${how}, ${reason}) as moved`;
  if (!row?.moved) throw conflict("ほかの職員が先に処理しました。");
}
