import { and, asc, desc, eq, gte, inArray, isNull, lte } from "drizzle-orm";
import { memberGroup, panelGroup, panelMember } from "#db/schema/review-panels.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { EntryProblem, notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import type { ReviewPanel } from "./panel.ts";

export type PanelMember = typeof panelMember.$inferSelect;
export type PanelGroup = typeof panelGroup.$inferSelect;

interface Appointment {
  name: string;
  role: string;
  organisation: string;
  postalCode: string;
  address: string;
  from: IsoDate;
  to: IsoDate;
  /** Of which groups. */
  groups?: readonly number[];
}

/** Members with the ids of their groups, those of whose term comes last first. */
export async function listMembers(
  work: Work,
  { code }: ReviewPanel,
): Promise<(PanelMember & { groups: number[] })[]> {
  const members = await work.tx
    .select()
    .from(panelMember)
    .where(eq(panelMember.panel, code))
    .orderBy(desc(panelMember.to), asc(panelMember.id));
  const groups = Map.groupBy(
    await work.tx
      .select()
      .from(memberGroup)
      .where(
        inArray(
          memberGroup.memberId,
          members.map(({ id }) => id),
        ),
      ),
    ({ memberId }) => memberId,
  );
  return members.map((one) => ({
    ...one,
    groups: (groups.get(one.id) ?? []).map(({ groupId }) => groupId),
  }));
}

/** Those whose term holds on a day, of one group where it is named. */
export const membersOn = (
  work: Work,
  { code }: ReviewPanel,
  day: IsoDate,
  groupId: number | null = null,
): Promise<PanelMember[]> =>
  work.tx
    .select()
    .from(panelMember)
    .where(
      and(
        eq(panelMember.panel, code),
        lte(panelMember.from, day),
        gte(panelMember.to, day),
        groupId === null
          ? undefined
          : inArray(
              panelMember.id,
              work.tx
                .select({ id: memberGroup.memberId })
                .from(memberGroup)
                .where(eq(memberGroup.groupId, groupId)),
            ),
      ),
    )
    .orderBy(asc(panelMember.id));

/** @throws EntryProblem where the term is none */
export async function appoint(
  work: Work,
  { code }: ReviewPanel,
  given: Appointment,
): Promise<void> {
  if (given.to < given.from) throw new EntryProblem("to", "任期の終わりは、始まりより後の日です。");
  await work.sql`select review_panels.appoint(${code}, ${given.name}, ${given.role}, ${given.organisation}, ${given.postalCode},
    ${given.address}, ${given.from}, ${given.to}, ${[...(given.groups ?? [])]}::int[])`;
}

/** 解任, 辞任: the term ends on a day from today on. @throws Problem 404, EntryProblem */
export async function endTerm(work: Work, memberId: number, on: IsoDate): Promise<void> {
  const member = await memberOf(work, memberId);
  if (on < work.platform.clock.today() || on < member.from || on > member.to)
    throw new EntryProblem("on", "任期を終える日は、今日から任期の終わりまでの日です。");
  await work.sql`select review_panels.end_term(${memberId}, ${on})`;
}

async function memberOf(work: Work, memberId: number): Promise<PanelMember> {
  const [member] = await work.tx.select().from(panelMember).where(eq(panelMember.id, memberId));
  if (!member) throw notFound("委員が見つかりません。");
  return member;
}

/** Groups of a panel that are not closed. */
export const openGroups = (work: Work, { code }: ReviewPanel): Promise<PanelGroup[]> =>
  work.tx
    .select()
    .from(panelGroup)
    .where(and(eq(panelGroup.panel, code), isNull(panelGroup.closedOn)))
    .orderBy(asc(panelGroup.id));

/** All groups of a panel by id, closed ones too. */
export async function groupTitles(
  work: Work,
  { code }: ReviewPanel,
): Promise<ReadonlyMap<number, string>> {
  const rows = await work.tx.select().from(panelGroup).where(eq(panelGroup.panel, code));
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** @throws EntryProblem where there is one of that name */
export async function addGroup(work: Work, panel: ReviewPanel, title: string): Promise<void> {
  const there = [...(await groupTitles(work, panel)).values()];
  if (there.includes(title)) throw new EntryProblem("title", "同じ名前の審査グループがあります。");
  await work.sql`select review_panels.add_group(${panel.code}, ${title})`;
}

/** A group that meets no more; what it heard stays. */
export const closeGroup = async (work: Work, groupId: number): Promise<void> => {
  await work.sql`select review_panels.close_group(${groupId})`;
};

/** Of which groups somebody is a member from now on. @throws Problem 404 */
export async function setGroups(
  work: Work,
  memberId: number,
  groups: readonly number[],
): Promise<void> {
  await memberOf(work, memberId);
  await work.sql`select review_panels.set_groups(${memberId}, ${[...groups]}::int[])`;
}
