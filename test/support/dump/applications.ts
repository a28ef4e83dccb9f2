import type { Applied } from "#src/platform/cases/index.ts";
import type { Entered } from "#src/programs/child-medical/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
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

  const application = (given: Partial<Entered> = {}): Entered => {
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
    const at = await step("clerk1", "recordIdentity", await received(child), {
      input: {
        subject: "agent",
        method: "two-documents",
        documents: ["pension", "family-register"],
        mandateSeen: true,
      },
    });
    const agent = { name: "試験　叔父", relation: "おじ", address: "熊本市東区若葉１丁目１番" };
    const entered = application({ agent, account: null });
    return step("clerk1", "enter", at, { input: entered });
  }

  const unconfirmed = (child: string) => toExamination(child, application());
  const confirmed = async (child: string) => step("clerk2", "confirm", await unconfirmed(child));

  async function held(child: string, until: IsoDate): Promise<At> {
    let at = await unconfirmed(child);
    at = await step("clerk2", "recordDocuments", at, { input: { "account-proof": "missing" } });
    return step("clerk2", "hold", at, { until });
  }

  /** Proposed, taken back, and proposed again. */
  async function proposed(child: string): Promise<At> {
    let at = await step("clerk2", "propose", await confirmed(child));
    at = await step("clerk2", "retract", at);
    return step("clerk2", "propose", at);
  }

  const waiting = (child: string) => toApproval(child, application());

  async function rejectionWaiting(child: string): Promise<At> {
    const at = await step("clerk2", "proposeRejection", await confirmed(child), {
      input: { reason: "insurance" },
    });
    return step("clerk2", "requestDecision", at);
  }

  const certified = async (child: string) => step("supervisor1", "approve", await waiting(child));
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
