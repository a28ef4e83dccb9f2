import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { everyClerk, type Standing } from "./case-standing.ts";
import { numberCard } from "./counter.ts";
import {
  childOf,
  householdApplication,
  type householdCounterOf,
  keyed,
  supporterOf,
} from "./household-counter.ts";
import type { Household } from "./households.ts";

type Counter = ReturnType<typeof householdCounterOf>;

/** What is entered for a household of a mother, her children and the grandfather who lives with them. */
export const withGrandfather = (family: Household) =>
  householdApplication(family, {
    people: [...family.children.map((one) => childOf(one)), supporterOf(family.grandfather)],
  });
export const bothIncomes = ({ mother, grandfather }: Household) => [
  keyed(mother),
  keyed(grandfather),
];
const taxOffice = {
  subject: "tax",
  addressee: "例示市 市民税課",
  postalCode: "8100000",
  address: "見本県例示市中央1丁目99番9号",
};
const until: IsoDate = "2026-12-04";

/** An application of a household in every state, in 審査 with what may be missing there. */
export async function applicationsInEveryState(counter: Counter): Promise<Standing[]> {
  const { household, open, step, toExamination, toApproval, toIssued } = counter;
  const of = async (
    come: (...given: Parameters<typeof toExamination>) => ReturnType<typeof toExamination>,
    known = true,
  ) => {
    const family = await household();
    return come(family.mother, withGrandfather(family), known ? bothIncomes(family) : []);
  };
  const opened = async () => {
    const family = await household();
    const { id } = await open("clerk1", family.mother);
    return { family, at: { caseId: id, revision: 1, state: "received" } };
  };
  const confirmed = async () =>
    step("clerk2", "confirmIncome", await step("clerk2", "confirm", await of(toExamination)));
  const proposed = async () => step("clerk2", "propose", await confirmed());
  const revocation = async () =>
    step("clerk2", "proposeRevocation", await of(toIssued), { input: { reason: "fraud" } });

  const received = await opened();
  const identified = await opened();
  let entered = await step("clerk1", "recordIdentity", identified.at, { input: numberCard });
  entered = await step("clerk1", "enter", entered, { input: withGrandfather(identified.family) });
  const unknown = await step("clerk2", "confirm", await of(toExamination, false));
  const missing = await step("clerk1", "recordDocuments", await of(toExamination), {
    input: { "account-proof": "missing" },
  });
  const refused = await step("clerk2", "proposeRejection", await confirmed(), {
    input: { reason: "age" },
  });
  const asked = await step("clerk2", "confirm", await of(toExamination, false));

  const inquire = "inquire > inquiring";
  const ofEntry = ["enter", "recordDocuments", "recordIncome", "withdraw"];
  return [
    {
      title: "申請受付",
      at: received.at,
      possible: everyClerk("recordIdentity", "withdraw"),
    },
    {
      title: "本人確認（入力済み）",
      at: entered,
      possible: everyClerk("recordIdentity", "submit", ...ofEntry),
    },
    {
      title: "審査（確認前）",
      at: await of(toExamination),
      possible: {
        ...everyClerk("confirm", "confirmIncome", ...ofEntry),
        clerk1: ofEntry,
      },
      leftToRules: [inquire],
    },
    {
      title: "審査（所得が分からない）",
      at: unknown,
      possible: everyClerk("inquire", "proposeRejection", ...ofEntry),
      leftToRules: ["propose > proposed"],
    },
    {
      title: "審査（書類が足りない）",
      at: missing,
      possible: {
        ...everyClerk("hold", "confirm", "confirmIncome", ...ofEntry),
        clerk1: ["hold", ...ofEntry],
      },
      leftToRules: [inquire],
    },
    {
      title: "審査（確認済み）",
      at: await confirmed(),
      possible: everyClerk("propose", "proposeRejection", ...ofEntry),
      leftToRules: [inquire],
    },
    {
      title: "保留",
      at: await step(
        "clerk2",
        "hold",
        await step("clerk1", "recordDocuments", await of(toExamination), {
          input: { "account-proof": "missing" },
        }),
        { until },
      ),
      possible: everyClerk("recordDocuments", "withdraw"),
    },
    {
      title: "照会中",
      at: await step("clerk2", "inquire", asked, { until, input: taxOffice }),
      possible: everyClerk(
        "recordDocuments",
        "recordAnswer",
        "closeInquiry",
        "inquire",
        "withdraw",
      ),
      ways: { recordAnswer: "examination" },
    },
    {
      title: "起案",
      at: await proposed(),
      possible: {
        ...everyClerk("withdraw"),
        clerk2: ["requestDecision", "retract", "withdraw"],
      },
    },
    {
      title: "決裁（認定）",
      at: await of(toApproval),
      possible: { supervisor1: ["approve", "remand"] },
      ways: { approve: "certified" },
    },
    {
      title: "決裁（却下）",
      at: await step("clerk2", "requestDecision", refused),
      possible: { supervisor1: ["approve", "remand"] },
      ways: { approve: "rejected" },
    },
    {
      title: "認定",
      at: await step("supervisor1", "approve", await of(toApproval)),
      possible: everyClerk("issue", "proposeRevocation"),
    },
    {
      title: "証交付",
      at: await of(toIssued),
      possible: everyClerk(
        "reissue",
        "returnCertificate",
        "cancelCertificate",
        "proposeRevocation",
      ),
    },
    {
      title: "取消の決裁",
      at: await revocation(),
      possible: { supervisor1: ["remand", "revoke"] },
      ways: { remand: "issued" },
    },
    {
      title: "職権取消",
      at: await step("supervisor1", "revoke", await revocation()),
      possible: {},
    },
    {
      title: "却下",
      at: await step(
        "supervisor1",
        "approve",
        await step(
          "clerk2",
          "requestDecision",
          await step("clerk2", "proposeRejection", await confirmed(), {
            input: { reason: "income" },
          }),
        ),
      ),
      possible: {},
    },
    {
      title: "取下げ",
      at: await step("clerk1", "withdraw", await of(toExamination)),
      possible: {},
    },
  ];
}
