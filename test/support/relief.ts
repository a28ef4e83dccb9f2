import { randomUUID } from "node:crypto";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { makeStep, type StepOptions } from "#src/demonstration/make-step.ts";
import { type Applied, getCase } from "#src/platform/cases/index.ts";
import { addAttachment } from "#src/platform/notes/index.ts";
import {
  addToAgenda,
  appoint,
  holdSession,
  inviteMembers,
  membersOn,
  planSession,
  recordAnswer,
} from "#src/platform/review-panels/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { reliefCommittee } from "#src/programs/vaccination/relief/committee.ts";
import { openRelief } from "#src/programs/vaccination/relief/index.ts";
import { checkPage, makePackage, scansToCheck } from "#src/programs/vaccination/relief/package.ts";
import type { SeenCase } from "./case-sql.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { invented } from "./people.ts";
import { writePeople } from "./register.ts";

const program = "vaccination";

/** A claim by a guardian for 医療費 and 医療手当 after a routine vaccination; the code of the demonstration city. */
export const keyedClaim = (given: Record<string, unknown> = {}) => ({
  class: "A",
  vaccine: "5mix",
  shotOn: "2026-04-20",
  residenceCode: "431001",
  benefits: ["medical-cost", "medical-allowance"],
  relation: "self",
  claimedOn: "2026-11-20",
  symptoms: "接種の翌日に発熱とけいれん。6日間入院した。",
  ...given,
});

/** What was seen of all papers of 医療費 and 医療手当. */
export const papersSeen = {
  "relief-claim": "seen",
  "relief-visits": "seen",
  "relief-receipts": "seen",
  "relief-shot": "seen",
  "relief-charts": "seen",
} as const;

export const noticeOfMinister = {
  answeredOn: "2026-11-20",
  arrivedOn: "2026-11-20",
  reference: "厚生労働省発感1120第1号",
};

/** A scan of one page on which a number stands as text. */
export async function scanWithNumber(number = "123456789018"): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([595, 842]);
  page.drawText(number, {
    x: 100,
    y: 700,
    size: 24,
    font: await pdf.embedFont(StandardFonts.Courier),
  });
  page.drawText("rest", { x: 100, y: 300, size: 24 });
  return pdf.save();
}

/** Claims for relief in a test. */
export function reliefOf(test: TestPlatform) {
  const as = async <T>(
    who: TestStaff,
    run: (work: Work) => Promise<T>,
    within: { caseId?: string } = {},
  ) => runWork(test.platform, await test.actor(who), { purpose: "case", program, ...within }, run);

  async function person(given: Parameters<typeof invented>[0] = {}): Promise<string> {
    const record = invented(given);
    const [number = ""] = await runWork(
      test.platform,
      await test.system(),
      { purpose: "feed" },
      (work) => writePeople(work, [{ record }]),
    );
    return number;
  }

  const opened = (personNumber: string, follows?: string): Promise<SeenCase> =>
    as("clerk1", async (work) => {
      const found = await openRelief(work, {
        personNumber,
        receivedOn: work.platform.clock.today(),
        follows,
        idempotencyKey: randomUUID(),
      });
      return { caseId: found.id, revision: found.revision };
    });

  const step = async (
    who: TestStaff,
    type: string,
    at: SeenCase,
    options: StepOptions = {},
  ): Promise<Applied> =>
    makeStep(test.platform, await test.actor(who), at, type, {
      comment: "試験のため",
      input: {},
      ...options,
    });

  const entered = async (given: Record<string, unknown> = {}, personNumber?: string) => {
    const number = personNumber ?? (await person());
    return step("clerk1", "enter", await opened(number), {
      input: keyedClaim({ claimantNumber: number, ...given }),
    });
  };
  const received = async (given?: Record<string, unknown>, personNumber?: string) =>
    step("clerk1", "receive", await entered(given, personNumber));
  const complete = async (given?: Record<string, unknown>, person?: string) =>
    step("clerk1", "recordDocuments", await received(given, person), { input: papersSeen });
  const inCommittee = async (given?: Record<string, unknown>, person?: string) =>
    step("clerk2", "toCommittee", await complete(given, person));

  /** A meeting with three members, two of whom came with the chair. */
  async function met(caseIds: readonly string[]): Promise<number> {
    const today = test.platform.clock.today();
    return as("clerk2", async (work) => {
      if ((await membersOn(work, reliefCommittee, today)).length === 0)
        for (const name of ["委員 一郎", "髙橋 二郎", "𠮷田 三郎"])
          await appoint(work, reliefCommittee, {
            name,
            role: "specialist",
            organisation: "例示市民病院",
            postalCode: "8600001",
            address: "例示県例示市例示町1丁目1番1号",
            from: "2026-04-01",
            to: "2028-03-31",
          });
      const members = (await membersOn(work, reliefCommittee, today)).map(({ id }) => id);
      const session = await planSession(work, reliefCommittee, {
        heldOn: today,
        heldAt: "14時00分",
        place: "第2会議室",
      });
      for (const caseId of caseIds) await addToAgenda(work, session, caseId);
      await inviteMembers(work, reliefCommittee, session, members);
      const [chair] = members;
      await holdSession(work, reliefCommittee, session, { came: members, chair });
      return session;
    });
  }

  const reported = async (at: SeenCase): Promise<SeenCase> => {
    const session = await met([at.caseId]);
    await as(
      "clerk2",
      async (work) =>
        recordAnswer(
          work,
          reliefCommittee,
          session,
          await getCase(work, at.caseId),
          [
            {
              matter: "",
              votes: { related: 2, unrelated: 0, undetermined: 0 },
              casting: null,
              reason: null,
            },
          ],
          { report: "因果関係を否定できない。", minutes: "質疑の後、採決した。" },
        ),
      { caseId: at.caseId },
    );
    return at;
  };
  const forwarding = async (given?: Record<string, unknown>, person?: string) =>
    step("clerk2", "takeReport", await reported(await inCommittee(given, person)));

  const packaged = async (at: SeenCase): Promise<SeenCase> => {
    await as(
      "clerk2",
      async (work) => {
        await addAttachment(
          work,
          { caseId: at.caseId },
          { bytes: await scanWithNumber(), documentCode: "relief-charts" },
        );
      },
      { caseId: at.caseId },
    );
    await as(
      "clerk2",
      async (work) => {
        for (const { attachment, pages } of await scansToCheck(work, at.caseId))
          for (const { page } of pages)
            await checkPage(work, at.caseId, { attachmentId: attachment.id, page });
      },
      { caseId: at.caseId },
    );
    await as("clerk2", async (work) => makePackage(work, await getCase(work, at.caseId)), {
      caseId: at.caseId,
    });
    return at;
  };
  const forwarded = async (given?: Record<string, unknown>, person?: string) =>
    step("clerk2", "forward", await packaged(await forwarding(given, person)), {
      input: { forwardedOn: "2026-11-20" },
    });
  const recognised = async (given?: Record<string, unknown>) =>
    step("clerk2", "recognise", await forwarded(given), {
      input: {
        ...noticeOfMinister,
        benefits: {
          "medical-cost": { recognised: true },
          "medical-allowance": { recognised: true },
        },
      },
    });
  const denied = async (given?: Record<string, unknown>, person?: string) =>
    step("clerk2", "deny", await forwarded(given, person), { input: noticeOfMinister });
  const assessed = async () =>
    step("clerk2", "takeReport", await reported(await inCommittee({ class: "city" })));
  const refused = async () =>
    step("supervisor1", "approve", await step("clerk2", "proposeRefusal", await denied()));

  return {
    as,
    person,
    opened,
    step,
    entered,
    received,
    complete,
    inCommittee,
    met,
    reported,
    forwarding,
    packaged,
    forwarded,
    recognised,
    denied,
    assessed,
    refused,
  };
}
