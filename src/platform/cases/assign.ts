import { asc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { assignment } from "#db/schema/cases.ts";
import { holds } from "../access/actor.ts";
import type { Right } from "../access/rights.ts";
import { conflict, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { lockCase } from "./lock-case.ts";
import type { CaseRow } from "./workflow.ts";

/** The rights with which somebody can see to a case; the same list stands in `cases.working_rights`. */
const workingRights: readonly Right[] = [
  "case.enter",
  "case.examine",
  "case.propose",
  "case.approve",
  "case.revoke",
  "certificate.issue",
];

/** Who may have a case. */
export interface Holder {
  staffId: number;
  name: string;
}

/** Those who can see to cases of a 事務 (and an office) today, by name: to whom one may be given. */
export async function holdersOf(
  work: Work,
  where: { program: string; officeCode?: string | undefined },
): Promise<Holder[]> {
  return work.sql<Holder[]>`
    select staff_id as "staffId", display_name as name
      from access.holders(cases.working_rights(), ${where.program}, ${where.officeCode ?? null})`;
}

/** What this person may do about who has the case (担当). */
function assignmentRights(
  { actor }: Pick<Work, "actor">,
  { program, officeCode }: Pick<CaseRow, "program" | "officeCode">,
): { mayTake: boolean; mayAssign: boolean } {
  const where = { program, office: officeCode };
  return {
    mayTake: workingRights.some((right) => holds(actor, right, where)),
    mayAssign: holds(actor, "case.assign", where),
  };
}

/**
 * Puts a case into somebody's hands (`null`: nobody's). The database checks right, person and who had it, and keeps the
 * record.
 *
 * @param had who had the case on the page that the person looked at
 * @throws Problem 409 where somebody else has it by now or it is done with, 403 without the right
 */
export async function assignCase(
  work: Work,
  { caseId, had, to }: { caseId: string; had: number | null; to: number | null },
): Promise<void> {
  const found = await lockCase(work, caseId);
  if (!found) throw notFound("申請が見つかりません。");
  if (found.assignedTo !== had) {
    const name = await nameOf(work, found.assignedTo);
    throw conflict("画面を開いた後に、担当が変わりました。", [`今の担当: ${name ?? "未定"}`]);
  }
  const { mayTake, mayAssign } = assignmentRights(work, found);
  if (!mayAssign && !(mayTake && to === work.actor.staffId))
    throw new Problem({ status: 403, message: "担当を割り振る権限がありません。" });
  const holders = await holdersOf(work, found);
  if (to !== null && !holders.some(({ staffId }) => staffId === to))
    throw new Problem({ status: 422, message: "この申請を扱う権限のない職員です。" });
  if (!(await isOpen(work, found))) throw conflict("手続きが終わった申請の担当は変えられません。");
  await work.sql`select cases.assign(${caseId}, ${had}, ${to})`;
}

async function isOpen({ sql }: Work, found: CaseRow): Promise<boolean> {
  const [row] = await sql<{ open: boolean }[]>`
    select open from cases.machine_state
     where kind = ${found.kind} and version = ${found.machineVersion} and state = ${found.state}`;
  return row?.open ?? false;
}

/** 担当: who has a case; nobody where it is in nobody's hands. */
export const handlerOf = (
  work: Work,
  { assignedTo }: Pick<CaseRow, "assignedTo">,
): Promise<string | undefined> => nameOf(work, assignedTo);

async function nameOf(work: Work, staffId: number | null): Promise<string | undefined> {
  if (staffId === null) return undefined;
  const [row] = await work.tx.select().from(staff).where(eq(staff.id, staffId));
  return row?.displayName;
}

/** One change of who has the case. */
export interface AssignmentLine {
  at: Date;
  by: string;
  from: string | null;
  to: string | null;
}

/** Who has a case, what this person may do about it, and who had it before (the oldest first). */
export interface AssignmentView {
  name: string | null;
  open: boolean;
  mayTake: boolean;
  mayAssign: boolean;
  /** To whom it may be given; empty for whoever may not assign. */
  holders: Holder[];
  history: AssignmentLine[];
}

export async function viewAssignment(work: Work, found: CaseRow): Promise<AssignmentView> {
  const [by, from, to] = [alias(staff, "by"), alias(staff, "from"), alias(staff, "to")];
  const history = await work.tx
    .select({ at: assignment.at, by: by.displayName, from: from.displayName, to: to.displayName })
    .from(assignment)
    .innerJoin(by, eq(by.id, assignment.assignedBy))
    .leftJoin(from, eq(from.id, assignment.fromStaff))
    .leftJoin(to, eq(to.id, assignment.toStaff))
    .where(eq(assignment.caseId, found.id))
    .orderBy(asc(assignment.id));
  const rights = assignmentRights(work, found);
  return {
    ...rights,
    name: (await nameOf(work, found.assignedTo)) ?? null,
    open: await isOpen(work, found),
    holders: rights.mayAssign ? await holdersOf(work, found) : [],
    history,
  };
}
