import { getCase } from "#src/platform/cases/index.ts";
import {
  addToAgenda,
  appoint,
  compareAnswer,
  holdSession,
  inviteMembers,
  membersOn,
  planSession,
  recordAnswer,
} from "#src/platform/review-panels/index.ts";
import { intractablePanel } from "#src/programs/intractable-disease/panel.ts";
import type { SeenCase } from "./case-sql.ts";
import type { TestPlatform } from "./database.ts";
import type { patientCounterOf } from "./patient-counter.ts";

/** The 指定難病審査会 of a test: five members, three of whom come. */
export function panelOf(test: TestPlatform, { as, step }: ReturnType<typeof patientCounterOf>) {
  /** A meeting that was held on cases that wait for it. */
  async function met(caseIds: readonly string[], came = 3): Promise<number> {
    const today = test.platform.clock.today();
    return as("clerk2", async (work) => {
      if ((await membersOn(work, intractablePanel, today)).length === 0)
        for (const name of ["委員 一郎", "髙橋 二郎", "𠮷田 三郎", "渡邉 四郎", "委員 五郎"])
          await appoint(work, intractablePanel, {
            name,
            role: "designated-doctor",
            organisation: "例示市民病院",
            postalCode: "8600001",
            address: "例示県例示市例示町1丁目1番1号",
            from: "2026-04-01",
            to: "2028-03-31",
          });
      const members = (await membersOn(work, intractablePanel, today)).map(({ id }) => id);
      const session = await planSession(work, intractablePanel, {
        heldOn: today,
        heldAt: "14時00分",
        place: "第2会議室",
      });
      for (const caseId of caseIds) await addToAgenda(work, session, caseId);
      await inviteMembers(work, intractablePanel, session, members);
      const there = members.slice(0, came);
      await holdSession(work, intractablePanel, session, { came: there, chair: there[0] });
      return session;
    });
  }

  /** What a meeting says of the diseases of a case, unanimously; by clerk2. */
  const say = (
    session: number,
    caseId: string,
    said: Readonly<Record<string, readonly [opinion: string, reason?: string]>>,
  ) =>
    as("clerk2", async (work) =>
      recordAnswer(
        work,
        intractablePanel,
        session,
        await getCase(work, caseId),
        Object.entries(said).map(([matter, [opinion, reason = null]]) => ({
          matter,
          votes: { [opinion]: 2 },
          casting: null,
          reason,
        })),
        { report: "答申の内容", minutes: "質疑の後、採決した。" },
      ),
    );

  const compare = (session: number, caseId: string, stands = true) =>
    as("supervisor1", (work) => compareAnswer(work, session, caseId, stands));

  /** From 審査 through the panel and back, with its answer compared. */
  async function answered(at: SeenCase, said: Parameters<typeof say>[2]): Promise<SeenCase> {
    const referred = await step("clerk2", "refer", at, { input: { group: null } });
    const session = await met([at.caseId]);
    await say(session, at.caseId, said);
    await compare(session, at.caseId);
    return step("clerk2", "takePanelAnswer", referred);
  }

  return { met, say, compare, answered };
}
