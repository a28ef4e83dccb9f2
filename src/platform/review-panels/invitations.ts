import { and, eq } from "drizzle-orm";
import { sessionMember } from "#db/schema/review-panels.ts";
import type { Form, Issuer } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  recipientOf,
  subjectOf,
} from "../letters/index.ts";
import { officeFinder } from "../printing/index.ts";
import { EntryProblem, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { membersOn, type PanelMember } from "./members.ts";
import type { ReviewPanel } from "./panel.ts";
import { agendaOf, invitedTo, type PanelSession, sessionOf } from "./sessions.ts";

/** The agenda; letters of a meeting name no citizen: what cannot be printed of one is told with the first case. */
async function agenda(work: Work, sessionId: number) {
  const cases = await agendaOf(work, sessionId);
  const [first] = cases;
  if (!first)
    throw new Problem({
      status: 422,
      message: "議題がありません。議題を加えてから招集してください。",
    });
  return { cases, first: first.found };
}

async function makeInvitation(
  work: Work,
  panel: ReviewPanel,
  { heldOn, heldAt, place, id }: PanelSession,
  member: PanelMember,
  number: string,
): Promise<MadePaper> {
  const { first, cases } = await agenda(work, id);
  const lines: string[] = [];
  for (const { position, found } of cases)
    lines.push(`事例${position}　${await panel.agendaLine(work, found)}`);
  return makePaper(work, panel.letters.papers, {
    form: panel.invitation,
    data: {
      to: await recipientOf(work, {
        name: member.name,
        postalCode: member.postalCode,
        address: member.address,
        building: member.organisation,
      }),
      documentNumber: number,
      date: work.platform.clock.today(),
      office: (await officeFinder(work))(first.officeCode),
      program: panel.letters.title,
      facts: [],
      heldOn: heldOn as IsoDate,
      heldAt,
      place,
      agenda: lines,
    },
    subject: subjectOf(first),
    sample: false,
  });
}

/**
 * Invites members to a meeting: a letter each, kept as it was printed.
 *
 * @throws EntryProblem where nobody is chosen; Problem 422 without an agenda
 */
export async function inviteMembers(
  work: Work,
  panel: ReviewPanel,
  sessionId: number,
  memberIds: readonly number[],
): Promise<number> {
  const session = await sessionOf(work, panel, sessionId);
  const already = new Set((await invitedTo(work, sessionId)).map(({ member }) => member.id));
  const members = (await membersOn(work, panel, session.heldOn as IsoDate, session.groupId)).filter(
    ({ id }) => memberIds.includes(id) && !already.has(id),
  );
  if (members.length === 0) throw new EntryProblem("member", "招集する委員を選んでください。");
  for (const member of members) {
    const number = await documentNumber(work, panel.letters, "document");
    const { pdf, paper } = await makeInvitation(work, panel, session, member, number);
    await work.sql`select review_panels.invite(${sessionId}, ${member.id}, ${number}, ${Buffer.from(pdf)}, ${paper.template}, ${paper.setting})`;
  }
  return members.length;
}

/** A letter of invitation as it was printed. @throws Problem 404 */
export async function readInvitation(
  work: Work,
  sessionId: number,
  memberId: number,
): Promise<Uint8Array> {
  const [row] = await work.tx
    .select({ letter: sessionMember.letter })
    .from(sessionMember)
    .where(and(eq(sessionMember.sessionId, sessionId), eq(sessionMember.memberId, memberId)));
  if (!row) throw notFound("招集通知が見つかりません。");
  return row.letter;
}

/** Papers of a meeting, with the names masked; made anew each time, and each look is logged. @throws Problem 422 */
export async function makePanelPapers(
  work: Work,
  panel: ReviewPanel,
  sessionId: number,
): Promise<Uint8Array> {
  const session = await sessionOf(work, panel, sessionId);
  const { cases, first } = await agenda(work, sessionId);
  const { form, data } = await panel.papers(work, session.heldOn as IsoDate, cases);
  const { pdf } = await makePaper(work, panel.letters.papers, {
    form: form as unknown as Form<{ readonly issuer: Issuer }>,
    data,
    subject: subjectOf(first),
    sample: false,
  });
  return pdf;
}
