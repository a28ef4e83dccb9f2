import { everyClerk, type Possible, type Standing } from "./case-standing.ts";
import type { TestPlatform } from "./database.ts";
import { noticeOfMinister, type reliefOf } from "./relief.ts";

const mending = ["enter", "recordDocuments", "enterBenefits"];

/** The policy of the office for claims for relief whose amounts were not entered: who may do what in which state. */
const policy: Readonly<Record<string, Possible>> = {
  consultation: everyClerk("enter", "receive", "withdraw"),
  received: everyClerk(...mending, "toCommittee", "withdraw"),
  held: everyClerk(...mending, "withdraw"),
  committee: everyClerk(...mending, "withdraw"),
  forwarding: everyClerk(...mending, "forward", "withdraw"),
  ministry: everyClerk("enterBenefits", "recognise", "deny", "defer", "withdraw"),
  deferred: everyClerk(...mending, "recognise", "deny", "supplement", "withdraw"),
  recognised: everyClerk("enterBenefits", "withdraw"),
  denied: everyClerk("proposeRefusal", "withdraw"),
  assessment: everyClerk(...mending, "proposeRefusal", "withdraw"),
  approval: { clerk2: ["retract"], supervisor1: ["approve", "remand"] },
  granted: everyClerk("recordAppeal"),
  paid: everyClerk("recordAppeal"),
  pension: everyClerk("recordAppeal"),
  refused: everyClerk("recordAppeal", "reopen"),
  appeal: everyClerk("upholdAppeal", "dismissAppeal"),
};

/** Of several ways the one whose conditions hold in these cases. */
const ways: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  approval: { approve: "refused", retract: "denied", remand: "denied" },
  appeal: { upholdAppeal: "forwarding", dismissAppeal: "refused" },
};

/**
 * What the database leaves to the rules: that a recognised claim is refused only where nothing is left to be paid. A proposal
 * without amounts it lets begin, and refuses as its transaction ends (`relief_benefits.proposal_stated`).
 */
const leftToRules: Readonly<Record<string, readonly string[]>> = {
  recognised: ["propose > approval", "proposeRefusal > approval"],
  assessment: ["propose > approval"],
  pension: ["endPension > ended"],
};

/** A claim in every state; it was entered by clerk1 and examined by clerk2. */
export async function claimsInEveryState(
  test: TestPlatform,
  relief: ReturnType<typeof reliefOf>,
): Promise<Standing[]> {
  const { step } = relief;
  const cases: Standing[] = [];
  const put = (at: Standing["at"]) =>
    cases.push({
      title: at.state,
      at,
      possible: policy[at.state] ?? {},
      ways: ways[at.state] ?? {},
      leftToRules: leftToRules[at.state] ?? [],
    });
  /** Of what is paid the amounts have a part of their own; here only the machine is asked. */
  const arranged = async (state: string) => {
    const { caseId, revision } = await relief.refused();
    await test.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update cases.case set state = ${state} where id = ${caseId}`;
    });
    put({ caseId, revision, state });
  };
  put(await relief.entered());
  put(await relief.complete());
  put(await step("clerk2", "hold", await relief.received(), { until: "2026-12-04" }));
  put(await relief.inCommittee());
  const ready = await relief.packaged(await relief.forwarding());
  put({ ...ready, state: "forwarding" });
  put(await relief.forwarded());
  put(await step("clerk2", "defer", await relief.forwarded(), { input: noticeOfMinister }));
  put(await relief.recognised());
  put(await relief.denied());
  put(await relief.assessed());
  put(await step("clerk2", "proposeRefusal", await relief.denied()));
  put(await relief.refused());
  put(
    await step("clerk2", "recordAppeal", await relief.refused(), { input: { on: "2026-11-20" } }),
  );
  put(await step("clerk1", "withdraw", await relief.received()));
  for (const state of ["granted", "paid", "pension", "ended"]) await arranged(state);
  return cases;
}
