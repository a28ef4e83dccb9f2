import { openChange } from "#src/platform/applications/index.ts";
import { childMedicalChanges } from "#src/programs/child-medical/index.ts";
import type { SeenCase } from "./case-sql.ts";
import { everyClerk, type Possible, type Standing } from "./case-standing.ts";
import { type counterOf, inventedApplication, numberCard } from "./counter.ts";

/** The policy of the office for applications: who may do what in which state, when nothing is missing. */
const applicationPolicy: Readonly<Record<string, Possible>> = {
  received: everyClerk("recordIdentity", "withdraw"),
  identity: everyClerk("recordIdentity", "enter", "recordDocuments", "submit", "withdraw"),
  examination: everyClerk("enter", "recordDocuments", "propose", "proposeRejection", "withdraw"),
  held: everyClerk("recordDocuments", "withdraw"),
  proposed: { ...everyClerk("withdraw"), clerk2: ["requestDecision", "retract", "withdraw"] },
  approval: { supervisor1: ["approve", "remand"] },
  certified: everyClerk("issue", "proposeRevocation"),
  issued: everyClerk("reissue", "returnCertificate", "cancelCertificate", "proposeRevocation"),
  revocation: { supervisor1: ["remand", "revoke"] },
};

/** The same for reports of a loss. */
const changePolicy: Readonly<Record<string, Possible>> = {
  received: everyClerk("recordIdentity", "enter", "submit", "withdraw"),
  examination: everyClerk("enter", "requestDecision", "withdraw"),
  approval: { supervisor1: ["approve", "remand"] },
};

/** Of two ways the database takes the one whose conditions hold in these cases. */
const ways: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  approval: { approve: "certified" },
  revocation: { remand: "issued" },
};

/** What is entered for a step of an application. */
export const stepInputs: Readonly<Record<string, unknown>> = {
  recordIdentity: numberCard,
  enter: inventedApplication,
  recordDocuments: { "income-proof": "not-needed" },
  proposeRejection: { reason: "insurance" },
  reissue: { reason: "damaged" },
  proposeRevocation: { reason: "mistake" },
};

/** An application in every state; the one in 審査 is confirmed. */
export async function applicationsInEveryState(
  counter: ReturnType<typeof counterOf>,
): Promise<Standing[]> {
  const { family, open, step, toExamination, toApproval, toIssued } = counter;
  const cases: Standing[] = [];
  const put = (at: Standing["at"]) =>
    cases.push({
      title: at.state,
      at,
      possible: applicationPolicy[at.state] ?? {},
      ways: ways[at.state] ?? {},
    });
  const opened = async () => ({
    caseId: (await open("clerk1", await family())).id,
    revision: 1,
    state: "received",
  });
  const confirmed = async () => step("clerk2", "confirm", await toExamination(await family()));
  put(await opened());
  const identified = await step("clerk1", "recordIdentity", await opened(), { input: numberCard });
  put(await step("clerk1", "enter", identified, { input: inventedApplication }));
  put(await confirmed());
  const missing = await step("clerk1", "recordDocuments", await toExamination(await family()), {
    input: { "account-proof": "missing" },
  });
  put(await step("clerk2", "hold", missing, { until: "2026-12-04" }));
  put(await step("clerk2", "propose", await confirmed()));
  put(await toApproval(await family()));
  put(await step("supervisor1", "approve", await toApproval(await family())));
  put(await toIssued(await family()));
  const refused = await step("clerk2", "proposeRejection", await confirmed(), {
    input: { reason: "age" },
  });
  put(await step("supervisor1", "approve", await step("clerk2", "requestDecision", refused)));
  put(await step("clerk1", "withdraw", await toExamination(await family())));
  const revocation = async () =>
    step("clerk2", "proposeRevocation", await toIssued(await family()), {
      input: { reason: "fraud" },
    });
  put(await revocation());
  put(await step("supervisor1", "revoke", await revocation()));
  return cases;
}

/** A report of a loss, or of something else, just opened by clerk1. */
export async function reportOfLoss(
  counter: ReturnType<typeof counterOf>,
  about: { subject: string; reason?: string } = { subject: "loss", reason: "welfare" },
): Promise<SeenCase> {
  const { as, family, toIssued } = counter;
  const { caseId: grantingCaseId } = await toIssued(await family());
  const { found } = await as("clerk1", (work) =>
    openChange(work, childMedicalChanges, {
      grantingCaseId,
      ...about,
      occursOn: "2026-12-01",
      origin: "report",
      idempotencyKey: `loss ${grantingCaseId}`,
    }),
  );
  return { caseId: found.id, revision: 1 };
}

/** A report of a loss in every state; those after 届出受付 were identified and entered by clerk1, confirmed by clerk2. */
export async function reportsInEveryState(
  counter: ReturnType<typeof counterOf>,
): Promise<Standing[]> {
  const { step } = counter;
  const entered = async (about?: { subject: string }, input: object = {}) => {
    const at = await step("clerk1", "recordIdentity", await reportOfLoss(counter, about), {
      input: numberCard,
    });
    return step("clerk1", "enter", at, { input });
  };
  const confirmed = async (...about: Parameters<typeof entered>) =>
    step("clerk2", "confirm", await step("clerk1", "submit", await entered(...about)));
  const proposed = async () => step("clerk2", "requestDecision", await confirmed());
  const cases = [
    await entered(),
    await confirmed(),
    await proposed(),
    await step("supervisor1", "approve", await proposed()),
    await step("clerk2", "apply", await confirmed({ subject: "mailing" }, { mailing: null })),
    await step("clerk1", "withdraw", await confirmed()),
  ];
  return cases.map((at) => ({ title: at.state, at, possible: changePolicy[at.state] ?? {} }));
}
