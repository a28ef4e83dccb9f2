import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { caseRow, member } from "#db/schema/cases.ts";
import type { Work } from "../work.ts";
import type { CaseRow } from "./workflow.ts";

/** A person of a case beside its subject. */
export interface Member {
  personNumber: string;
  role: MemberRole;
}

export const memberRoleTitles = {
  subject: "対象者",
  applicant: "申請者",
  beneficiary: "対象者",
  spouse: "配偶者",
  supporter: "扶養義務者",
  household: "世帯員",
} as const;
export type MemberRole = keyof typeof memberRoleTitles;

/** The persons of a case, its subject first. A person may have two roles (申請者 and 対象者). */
export async function membersOf(work: Work, caseId: string): Promise<Member[]> {
  const rows = await work.tx
    .select({ personNumber: member.personNumber, role: member.role })
    .from(member)
    .where(and(eq(member.caseId, caseId), isNull(member.toRevision)))
    .orderBy(asc(member.id));
  return rows as Member[];
}

/** Numbers of the persons of a case, each once. */
export async function peopleOfCase(work: Work, caseId: string): Promise<string[]> {
  return [...new Set((await membersOf(work, caseId)).map(({ personNumber }) => personNumber))];
}

/** Names the persons of the case, in the step that opens it or enters an application. */
export async function setMembers(
  work: Work,
  caseId: string,
  members: readonly Member[],
): Promise<void> {
  await work.sql`select cases.set_members(${caseId}, ${members.map((one) => one.personNumber)}::text[],
    ${members.map((one) => one.role)}::text[])`;
}

/** A case to which a person belongs, and as what. */
export type CaseOfPerson = CaseRow & { roles: MemberRole[] };

/** Cases to which a person belongs, the newest first. */
export async function casesOfPerson(
  work: Work,
  program: string,
  personNumber: string,
): Promise<CaseOfPerson[]> {
  const rows = await work.tx
    .select({ found: caseRow, role: member.role })
    .from(member)
    .innerJoin(caseRow, eq(caseRow.id, member.caseId))
    .where(
      and(
        eq(member.personNumber, personNumber),
        isNull(member.toRevision),
        eq(caseRow.program, program),
      ),
    )
    .orderBy(desc(caseRow.receivedOn), desc(caseRow.number), asc(member.id));
  return [...Map.groupBy(rows, ({ found }) => found.id).values()].flatMap((own) =>
    own.slice(0, 1).map(({ found }) => ({
      ...found,
      roles: own.map(({ role }) => role as MemberRole),
    })),
  );
}
