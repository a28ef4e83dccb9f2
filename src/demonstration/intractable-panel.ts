import { getCase } from "#src/platform/cases/index.ts";
import {
  addToAgenda,
  appoint,
  holdSession,
  inviteMembers,
  membersOn,
  planSession,
  recordAnswer,
} from "#src/platform/review-panels/index.ts";
import type { Work } from "#src/platform/work.ts";
import { intractablePanel } from "#src/programs/intractable-disease/index.ts";
import { addDays, addYears, type IsoDate } from "#workflows/dates/iso-date.ts";
import { inventedNames } from "./clinics.ts";

const panel = intractablePanel;
/** How many of the members come. */
const come = 4;

/** Members of the 指定難病審査会, each of a specialty. */
export async function appointMembers(work: Work): Promise<void> {
  const today = work.platform.clock.today();
  for (const [at, name] of inventedNames.entries())
    await appoint(work, panel, {
      name: `${name}　${at % 2 === 0 ? "次郎" : "三子"}`,
      role: "designated-doctor",
      organisation: "見本市民病院",
      postalCode: "8600806",
      address: `熊本市中央区花畑町９９番${at + 1}号`,
      from: addYears(today, -1),
      to: addDays(addYears(today, 1), -1),
    });
}

/** Invites all members to a meeting on cases. */
export async function planMeeting(
  work: Work,
  heldOn: IsoDate,
  caseIds: readonly string[],
): Promise<number> {
  const session = await planSession(work, panel, {
    heldOn,
    heldAt: "14時00分",
    place: "中央区役所　第2会議室",
  });
  for (const caseId of caseIds) await addToAgenda(work, session, caseId);
  const members = (await membersOn(work, panel, heldOn)).map(({ id }) => id);
  await inviteMembers(work, panel, session, members);
  return session;
}

/** What a meeting says of the one disease of a case. */
export interface Said {
  opinion: "meets" | "fails" | "deferred";
  reason: "severity" | "diagnosis" | "doctor" | null;
}

/** Records that a meeting was held, and what it said, unanimously, of each of its cases. */
export async function recordMeeting(
  work: Work,
  session: number,
  answers: readonly { caseId: string; said: Said }[],
): Promise<void> {
  const members = (await membersOn(work, panel, work.platform.clock.today())).map(({ id }) => id);
  const came = members.slice(0, come);
  await holdSession(work, panel, session, { came, chair: came[0] });
  for (const { caseId, said } of answers) {
    const found = await getCase(work, caseId);
    const matters = await panel.matters(work, found);
    await recordAnswer(
      work,
      panel,
      session,
      found,
      matters.map(({ code }) => ({
        matter: code,
        votes: { [said.opinion]: come - 1 },
        casting: null,
        reason: said.reason,
      })),
      { report: panel.opinions[said.opinion] ?? "", minutes: "個人票の所見を確かめ、採決した。" },
    );
  }
}
