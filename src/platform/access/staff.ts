import { and, asc, eq, gte, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { duty, office, staff, terminal } from "#db/schema/access.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recordAudit } from "../audit/write.ts";
import { conflict, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { type FirstCredential, newCredential } from "./credentials.ts";

/** A member of staff with the duties in force, for the list that is reconciled (USE-4). */
export interface StaffEntry {
  id: number;
  loginName: string;
  displayName: string;
  kind: "employee" | "contractor" | "system";
  officeCode: string | null;
  officeName: string | null;
  status: "active" | "disabled";
  validTo: string | null;
  duties: { duty: string; program: string | null; officeName: string | null; validTo: string }[];
}

/** All ids, disabled ones included, by login name. */
export async function staffList(work: Work): Promise<StaffEntry[]> {
  const today = work.platform.clock.today();
  const people = await work.tx
    .select({
      id: staff.id,
      loginName: staff.loginName,
      displayName: staff.displayName,
      kind: staff.kind,
      officeCode: staff.officeCode,
      officeName: office.name,
      status: staff.status,
      validTo: staff.validTo,
    })
    .from(staff)
    .leftJoin(office, eq(office.code, staff.officeCode))
    .where(ne(staff.kind, "system"))
    .orderBy(asc(staff.loginName));
  const held = await work.tx
    .select({
      staffId: duty.staffId,
      duty: duty.duty,
      program: duty.program,
      officeName: office.name,
      validTo: duty.validTo,
    })
    .from(duty)
    .leftJoin(office, eq(office.code, duty.officeCode))
    .where(and(eq(duty.decision, "approved"), gte(duty.validTo, today)));
  const byStaff = Map.groupBy(held, (grant) => grant.staffId);
  return people.map((person) => ({ ...person, duties: byStaff.get(person.id) ?? [] }));
}

export interface NewStaff {
  loginName: string;
  displayName: string;
  kind: "employee" | "contractor";
  officeCode: string | null;
  validTo: IsoDate | null;
}

/** Registers an id; it holds no right until one is applied for and approved. */
export async function registerStaff(work: Work, made: NewStaff): Promise<FirstCredential> {
  if (made.kind === "contractor" && !made.validTo) {
    throw new Problem({ status: 422, message: "委託先の従事者には利用期限が必要です。" });
  }
  const { first, hash, sealed } = await newCredential(work, made.loginName);
  try {
    await work.sql.savepoint(
      (sql) =>
        sql`select access.register_staff(${made.loginName}, ${made.displayName}, ${made.kind},
        ${made.officeCode}, ${made.validTo}, ${hash}, ${sealed})`,
    );
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "23505") {
      throw conflict("この職員番号はすでに登録されています。");
    }
    throw error;
  }
  return first;
}

/** What of a registration can be changed, one by one. */
export type StaffChange = { officeCode: string | null } | { status: "active" | "disabled" };

/**
 * Moves somebody to another office, or disables the id: rights and sessions end at once.
 *
 * @param had what the page showed, so that what somebody else changed meanwhile is not overwritten unseen
 * @throws Problem 409 where it is something else by now
 */
export async function changeStaff<Change extends StaffChange>(
  work: Work,
  staffId: number,
  { had, wanted }: { had: NoInfer<Change>; wanted: Change },
): Promise<void> {
  if (staffId === work.actor.staffId) {
    throw new Problem({ status: 403, message: "自分自身の登録は変更できません。" });
  }
  const asShown =
    "officeCode" in had
      ? sql`${staff.officeCode} is not distinct from ${had.officeCode}`
      : eq(staff.status, had.status);
  const changed = await work.tx
    .update(staff)
    .set(wanted)
    .where(and(eq(staff.id, staffId), asShown))
    .returning({ id: staff.id });
  if (changed.length === 0) throw await movedOn(work, staffId, had);
  await recordAudit(work, {
    kind: "change",
    action: "staff.changed",
    items: Object.keys(wanted),
    detail: { staff: staffId },
  });
}

const statusTitles = { active: "利用中", disabled: "停止" } as const;

/** What the registration says now, where that is not what the page showed. */
async function movedOn(work: Work, staffId: number, had: StaffChange): Promise<Problem> {
  const found = await getStaff(work, staffId);
  if ("status" in had) {
    return conflict("ほかの管理者が先にこの職員の登録を変えました。", [
      `利用: この画面を開いたとき ${statusTitles[had.status]}、いま ${statusTitles[found.status]}`,
    ]);
  }
  const offices = new Map((await officeList(work)).map(({ code, name }) => [code, name]));
  const named = (code: string | null) => (code === null ? "全市" : (offices.get(code) ?? code));
  return conflict("ほかの管理者が先にこの職員の登録を変えました。", [
    `所属: この画面を開いたとき ${named(had.officeCode)}、いま ${named(found.officeCode)}`,
  ]);
}

/** One member of staff by number of the row. */
export async function getStaff(work: Work, staffId: number) {
  const [found] = await work.tx.select().from(staff).where(eq(staff.id, staffId));
  if (!found) throw notFound();
  return found;
}

/** Offices of the city, by code. */
export function officeList(work: Work): Promise<{ code: string; name: string }[]> {
  return work.tx
    .select({ code: office.code, name: office.name })
    .from(office)
    .orderBy(asc(office.code));
}

/** Terminals that are served (USE-8). */
export function terminalList(work: Work) {
  return work.tx
    .select({
      id: terminal.id,
      name: terminal.name,
      address: terminal.address,
      officeName: office.name,
      registeredAt: terminal.registeredAt,
    })
    .from(terminal)
    .leftJoin(office, eq(office.code, terminal.officeCode))
    .where(isNull(terminal.removedAt))
    .orderBy(asc(terminal.name));
}

/**
 * Registers a terminal, or takes one back that had been removed.
 *
 * @throws Problem 409 where the address is that of one that is registered: its name and place are never overwritten unseen
 */
export async function registerTerminal(
  work: Work,
  made: { name: string; address: string; officeCode: string | null },
): Promise<void> {
  const { name, address } = made;
  const written = await work.tx
    .insert(terminal)
    .values(made)
    .onConflictDoUpdate({
      target: terminal.address,
      set: { name, removedAt: null },
      setWhere: isNotNull(terminal.removedAt),
    })
    .returning({ id: terminal.id });
  if (written.length === 0) {
    const [found] = await work.tx.select().from(terminal).where(eq(terminal.address, address));
    throw conflict("このIPアドレスの端末は、すでに登録されています。", [
      `端末名: ${found?.name ?? ""}`,
    ]);
  }
  await recordAudit(work, { kind: "change", action: "terminal.registered" });
}

/** From now on the terminal is not served. @throws Problem 409 where somebody else removed it before */
export async function removeTerminal(work: Work, terminalId: number): Promise<void> {
  const removed = await work.tx
    .update(terminal)
    .set({ removedAt: new Date() })
    .where(and(eq(terminal.id, terminalId), isNull(terminal.removedAt)))
    .returning({ id: terminal.id });
  if (removed.length === 0) throw conflict("この端末の登録は、すでに外されています。");
  await recordAudit(work, {
    kind: "change",
    action: "terminal.removed",
    detail: { terminal: terminalId },
  });
}
