import { fireDeadlines } from "#src/platform/cases/index.ts";
import { everyClerk, type Possible, type Standing } from "./case-standing.ts";
import type { At } from "./casework.ts";
import { numberCard } from "./counter.ts";
import type { TestPlatform } from "./database.ts";
import { keyedDose, keyedRequest, type lettersOf } from "./request-letters.ts";

type Letters = ReturnType<typeof lettersOf>;

const today = "2026-11-20";
const plannedOn = "2026-11-21";
/** The findings of a letter the rules know alone. */
const accept = "accept > examination";
const ofEntry = ["enter", "recordDocuments", "withdraw"];

/** A letter in every state; it was entered by clerk1 and prepared by clerk2. */
export async function lettersInEveryState(
  test: TestPlatform,
  letters: Letters,
): Promise<Standing[]> {
  const { step } = letters;
  const given = { lines: [{ vaccine: "hepb", dose: 1, plannedOn }] } as const;
  const two = {
    lines: [
      { vaccine: "hepb", dose: 1, plannedOn },
      { vaccine: "pcv", dose: 1, plannedOn },
    ],
  } as const;
  const child = async () => (await letters.family()).child;
  const entry = (more: object = {}) => ({ lines: [...given.lines], ...more });
  const examined = async (more: object = {}) => letters.examined(await child(), entry(more));
  const issue = async (more: object = {}) =>
    letters.issue(await letters.granted(await child(), entry(more)));
  const valid = async (more: object = {}) =>
    step("clerk1", "send", await issue(more), { input: { how: "applicant" } });
  const missing = async () =>
    step("clerk1", "recordDocuments", await examined(), { input: { "handbook-copy": "missing" } });
  const rejection = async () => {
    const at = await step("clerk2", "proposeRejection", await examined(), {
      input: { reason: "reason" },
    });
    return step("clerk2", "requestDecision", at);
  };
  const cancelling = async (at: At) =>
    step("clerk2", "proposeCancellation", at, { input: { reason: "moved" } });
  /** Told by nobody until its time ran out. */
  const expired = async (): Promise<At> => {
    const { caseId } = await valid();
    test.platform.clock.moveTo("2027-02-20");
    await fireDeadlines(test.platform, await test.system());
    test.platform.clock.moveTo(today);
    const [row] = await test.admin<{ revision: number }[]>`
      select revision from cases.case where id = ${caseId}`;
    return { caseId, revision: row?.revision ?? 0 };
  };
  const unconfirmed = async () => {
    const at = await examined();
    return step("clerk1", "enter", at, { input: keyedRequest(entry()) });
  };
  // First of all: the clock moves on for it.
  const over = await expired();

  const identified = await step("clerk1", "recordIdentity", await letters.applied(await child()), {
    input: numberCard,
  });
  return [
    await standing(test, "申請受付", letters.applied(await child(), entry()), {
      possible: everyClerk("recordIdentity", "enter", "withdraw"),
    }),
    await standing(test, "本人確認", identified, {
      possible: everyClerk("recordIdentity", "submit", ...ofEntry),
    }),
    await standing(test, "審査（確認前）", unconfirmed(), {
      possible: { ...everyClerk("confirm", ...ofEntry), clerk1: ofEntry },
      leftToRules: [accept],
    }),
    await standing(test, "審査（確認済み）", examined(), {
      possible: everyClerk("propose", "proposeRejection", ...ofEntry),
      leftToRules: [accept],
    }),
    await standing(
      test,
      "審査（契約のある滞在先）",
      examined({
        stay: {
          prefecture: "43",
          municipality: "宇城市",
          postalCode: "8690000",
          address: "熊本県宇城市1番地",
          building: "",
          telephone: "",
        },
      }),
      {
        possible: everyClerk("accept", "proposeRejection", ...ofEntry),
        leftToRules: ["propose > proposed"],
      },
    ),
    await standing(test, "審査（書類が足りない）", missing(), {
      possible: everyClerk("hold", "proposeRejection", ...ofEntry),
      leftToRules: [accept],
    }),
    await standing(test, "保留", step("clerk2", "hold", await missing(), { until: "2026-12-04" }), {
      possible: everyClerk("recordDocuments", "withdraw"),
    }),
    await standing(test, "起案", step("clerk2", "propose", await examined()), {
      possible: { ...everyClerk("withdraw"), clerk2: ["requestDecision", "retract", "withdraw"] },
    }),
    await standing(test, "決裁（交付）", letters.proposed(await child(), entry()), {
      possible: { supervisor1: ["approve", "remand"] },
      ways: { approve: "granted" },
    }),
    await standing(test, "決裁（却下）", rejection(), {
      possible: { supervisor1: ["approve", "remand"] },
      ways: { approve: "rejected" },
    }),
    await standing(test, "交付", letters.granted(await child(), entry()), {
      possible: everyClerk("issue", "proposeCancellation"),
    }),
    await standing(test, "送付", issue(), {
      possible: everyClerk("send", "reissue", "proposeCancellation"),
    }),
    await standing(test, "有効（一回）", valid(), {
      possible: everyClerk("recordResult", "recordScreening", "reissue", "proposeCancellation"),
      ways: { recordResult: "finished", reissue: "issued" },
    }),
    await standing(test, "有効（二回）", valid({ lines: [...two.lines] }), {
      possible: everyClerk("recordResult", "recordScreening", "reissue", "proposeCancellation"),
      ways: { recordResult: "valid", reissue: "issued" },
    }),
    await standing(
      test,
      "取消しの決裁（交付前）",
      cancelling(await letters.granted(await child(), entry())),
      {
        possible: { supervisor1: ["cancel", "remand"] },
        ways: { remand: "granted" },
      },
    ),
    await standing(test, "取消しの決裁（有効）", cancelling(await valid()), {
      possible: { supervisor1: ["cancel", "remand"] },
      ways: { remand: "valid" },
    }),
    await standing(test, "失効", over, { possible: everyClerk("recordResult", "recordScreening") }),
    await standing(
      test,
      "終了",
      step("clerk1", "recordResult", await valid(), { input: { line: 1, outcome: "not-given" } }),
    ),
    await standing(test, "却下", step("supervisor1", "approve", await rejection())),
    await standing(
      test,
      "取下げ",
      step("clerk1", "withdraw", await letters.applied(await child())),
    ),
    await standing(test, "取消", step("supervisor1", "cancel", await cancelling(await valid()))),
  ];
}

/** A claim for a refund in every state; it was entered by clerk1 and prepared by clerk2. */
export async function refundsInEveryState(
  test: TestPlatform,
  letters: Letters,
): Promise<Standing[]> {
  const { step } = letters;
  const receipt = (more: object = {}) => keyedDose({ givenOn: today, paidOn: today, ...more });
  const lines = [{ vaccine: "hepb", dose: 1, plannedOn }] as const;
  /** A letter of an adult whose account was confirmed, unless it shall not be, and a claim of what was paid on it. */
  const claimed = async (doses = [receipt()], account = true) => {
    const { child, father } = await letters.family();
    const given = { lines: [...lines], applicantNumber: father as never };
    const at = await letters.issue(await letters.granted(child, given));
    await step("clerk1", "send", at, { input: { how: "applicant" } });
    if (account) await letters.payments.account(father);
    return letters.claimed(child, doses);
  };
  const unpayable = () => claimed([receipt({ dose: 2 })]);
  const proposed = async (doses?: ReturnType<typeof receipt>[]) =>
    step("clerk2", "propose", await claimed(doses));
  const refusal = async () =>
    step("clerk2", "proposeRefusal", await unpayable(), { input: { reason: "no-letter" } });
  const paid = async () => step("supervisor1", "approve", await proposed());
  const partly = async () =>
    step(
      "supervisor1",
      "approve",
      await proposed([receipt(), receipt({ vaccine: "pcv", clinic: "別" })]),
    );
  const cancelling = async (at: At) =>
    step("clerk2", "proposeCancellation", at, { input: { reason: "host-paid" } });
  /** As a claim stands in the step that opens it, before its receipts are entered. */
  const received = async () => {
    const at = await claimed();
    await test.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update cases.case set state = 'received' where id = ${at.caseId}`;
    });
    return at;
  };
  const entering = ["enter", "withdraw"];
  return [
    await standing(test, "受付", received(), { possible: everyClerk(...entering) }),
    await standing(test, "審査", claimed(), {
      possible: everyClerk("hold", "propose", "proposeRefusal", ...entering),
    }),
    await standing(test, "審査（払い戻す額がない）", unpayable(), {
      possible: everyClerk("hold", "proposeRefusal", ...entering),
      // It is refused as its transaction ends: the receipt is of no letter.
      leftToRules: ["propose > approval"],
    }),
    await standing(test, "審査（口座がない）", claimed([receipt()], false), {
      possible: everyClerk("hold", "proposeRefusal", ...entering),
    }),
    await standing(
      test,
      "補正待ち",
      step("clerk2", "hold", await claimed(), { until: "2026-12-04" }),
      {
        possible: everyClerk("resume", ...entering),
      },
    ),
    await standing(test, "決裁（支給）", proposed(), {
      possible: { clerk2: ["retract"], supervisor1: ["approve", "remand"] },
      ways: { approve: "paid" },
    }),
    await standing(
      test,
      "決裁（一部支給）",
      proposed([receipt(), receipt({ vaccine: "pcv", clinic: "別" })]),
      {
        possible: { clerk2: ["retract"], supervisor1: ["approve", "remand"] },
        ways: { approve: "partly" },
      },
    ),
    await standing(test, "決裁（不支給）", refusal(), {
      possible: { clerk2: ["retract"], supervisor1: ["approve", "remand"] },
      ways: { approve: "refused" },
    }),
    await standing(test, "支給決定", paid(), { possible: everyClerk("proposeCancellation") }),
    await standing(test, "一部支給決定", partly(), { possible: everyClerk("proposeCancellation") }),
    await standing(test, "取消しの決裁", cancelling(await paid()), {
      possible: { supervisor1: ["cancel", "remand"] },
      ways: { remand: "paid" },
    }),
    await standing(test, "取消しの決裁（一部支給）", cancelling(await partly()), {
      possible: { supervisor1: ["cancel", "remand"] },
      ways: { remand: "partly" },
    }),
    await standing(test, "不支給決定", step("supervisor1", "approve", await refusal())),
    await standing(
      test,
      "決定の取消し",
      step("supervisor1", "cancel", await cancelling(await paid())),
    ),
    await standing(test, "取下げ", step("clerk1", "withdraw", await claimed())),
  ];
}

/** A case as it stands, with what is possible there; nothing at the end of its way. */
async function standing(
  test: TestPlatform,
  title: string,
  come: At | Promise<At>,
  more: { possible?: Possible; ways?: Standing["ways"]; leftToRules?: readonly string[] } = {},
): Promise<Standing> {
  const { caseId, revision } = await come;
  const [row] = await test.admin<{ state: string }[]>`
    select state from cases.case where id = ${caseId}`;
  return {
    title,
    at: { caseId, revision, state: row?.state ?? "" },
    possible: more.possible ?? {},
    ...(more.ways ? { ways: more.ways } : {}),
    ...(more.leftToRules ? { leftToRules: more.leftToRules } : {}),
  };
}
