import type { Applied } from "#src/platform/cases/index.ts";
import type { Application } from "#src/programs/child-medical/index.ts";
import * as counter from "#src/programs/child-medical/index.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { counterOf, inventedApplication } from "../counter.ts";
import type { TestPlatform } from "../database.ts";

/** A case as its last step left it. */
export type At = Pick<Applied, "caseId" | "revision">;

const kana = [
  ..."アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ",
];

/** Applications of こども医療 as far as a dump wants them; no two children and no two applications are alike. */
export function applicationsOf(test: TestPlatform) {
  const made = counterOf(test);
  const { family, open, step, toExamination, toApproval, toIssued } = made;
  let children = 0;
  let applications = 0;

  /** A child with a father; gives the child's number. */
  const child = (given: Parameters<typeof family>[0] = {}) => {
    const n = children++;
    const birthDate = addDays("2026-03-01", n);
    return family({
      name: {
        kanji: `試験　子の${n + 1}`,
        kana: `シケン　${kana[n]}${kana[(n * 7) % kana.length]}`,
      },
      birthDate,
      residence: { from: birthDate, fromReason: "birth" },
      ...given,
    });
  };

  const application = (given: Partial<Application> = {}): Application => {
    const n = String(++applications).padStart(4, "0");
    const { guardian, insurance } = inventedApplication;
    return {
      ...inventedApplication,
      guardian: { ...guardian, telephone: `096-000-${n}` },
      insurance: { ...insurance, number: `1${n}` },
      ...given,
    };
  };

  const received = async (child: string): Promise<At> => ({
    caseId: (await open("clerk1", child)).id,
    revision: 1,
  });

  /** 本人確認 of an agent, entered, the documents not yet looked at. */
  async function identified(child: string): Promise<At> {
    const at = await step("clerk1", counter.recordIdentityCheck, await received(child), {
      subject: "agent",
      method: "two-documents",
      documents: ["pension", "family-register"],
      mandateSeen: true,
    });
    const agent = { name: "試験　叔父", relation: "おじ", address: "熊本市東区若葉１丁目１番" };
    const entered = application({ agent, account: null });
    return step("clerk1", counter.enterApplication, at, entered);
  }

  const unconfirmed = (child: string) => toExamination(child, application());
  const confirmed = async (child: string) =>
    step("clerk2", counter.confirmEntry, await unconfirmed(child));

  async function held(child: string, until: Parameters<typeof counter.hold>[2]): Promise<At> {
    let at = await unconfirmed(child);
    at = await step("clerk2", counter.recordDocuments, at, { "account-proof": "missing" });
    return step("clerk2", counter.hold, at, until);
  }

  /** Proposed, taken back, and proposed again. */
  async function proposed(child: string): Promise<At> {
    let at = await step("clerk2", counter.proposeGrant, await confirmed(child));
    at = await step("clerk2", counter.retractProposal, at);
    return step("clerk2", counter.proposeGrant, at);
  }

  const waiting = (child: string) => toApproval(child, application());

  async function rejectionWaiting(child: string): Promise<At> {
    const at = await step("clerk2", counter.proposeRejection, await confirmed(child), {
      reason: "insurance",
    });
    return step("clerk2", counter.requestDecision, at);
  }

  const certified = async (child: string) =>
    step("supervisor1", counter.approve, await waiting(child));
  const issued = (child: string) => toIssued(child, application());

  return {
    ...made,
    child,
    received,
    identified,
    unconfirmed,
    confirmed,
    held,
    proposed,
    waiting,
    rejectionWaiting,
    certified,
    issued,
  };
}
