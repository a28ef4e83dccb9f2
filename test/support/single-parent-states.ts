import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { At } from "./casework.ts";
import { numberCard } from "./counter.ts";
import { everyClerk, type Standing } from "./every-step.ts";
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

/** A report of change or loss in every state, of each outcome where they part. */
export async function reportsInEveryState(counter: Counter): Promise<Standing[]> {
  const { household, report, step, toConfirmed, toIssued } = counter;
  const entitled = async () => {
    const family = await household([{ birthDate: "2015-05-10" }, { birthDate: "2018-07-07" }]);
    return {
      family,
      at: await toIssued(family.mother, withGrandfather(family), bothIncomes(family)),
    };
  };
  /** Tells a report about a household. */
  const about = async (
    told: (family: Household) => {
      subject: string;
      reason?: string;
      personNumber?: string;
      occursOn?: IsoDate;
    },
  ): Promise<At> => {
    const { family, at } = await entitled();
    return report(at.caseId, { occursOn: "2026-12-01", ...told(family) });
  };
  const loss = () => about(() => ({ subject: "household-loss", reason: "marriage" }));
  const lossAsked = async () => step("clerk2", "requestLoss", await toConfirmed(await loss()));
  const addition = async () => {
    const [born = ""] = (await household([{ birthDate: "2026-11-01" }])).children;
    const at = await about(() => ({ subject: "child-addition", occursOn: "2026-11-01" }));
    return toConfirmed(at, { child: childOf(born) }, { "insurance-proof": "seen" });
  };
  const additionAsked = async () => step("clerk2", "requestAddition", await addition());
  const insurance = async () => {
    const at = await about(({ children: [personNumber = ""] }) => ({
      subject: "insurance",
      personNumber,
      occursOn: "2026-11-20",
    }));
    return toConfirmed(at, { insurance: childOf("").insurance });
  };
  const disability = async () => {
    const at = await about(({ children: [personNumber = ""] }) => ({
      subject: "severe-disability",
      personNumber,
      occursOn: "2026-11-20",
    }));
    const set = { applies: true, reason: "handbook", benefitClass: null, until: null };
    return toConfirmed(at, { "severe-disability": set }, { "child-disability": "seen" });
  };
  const remote = async () => {
    const at = await about(({ children: [personNumber = ""] }) => ({
      subject: "remote-certificate",
      personNumber,
      occursOn: "2026-11-20",
    }));
    const set = { applies: true, reason: "school", benefitClass: null, until: null };
    return toConfirmed(at, { "remote-certificate": set }, { "school-proof": "seen" });
  };
  const entered = await step(
    "clerk1",
    "enter",
    await step("clerk1", "recordIdentity", await loss(), { input: numberCard }),
    { input: {} },
  );
  const refused = await step("clerk2", "requestRejection", await addition(), {
    input: { reason: "documents" },
  });
  const ofEntry = ["enter", "recordDocuments", "withdraw"];
  const decided = { supervisor1: ["approve", "remand"] };
  return [
    {
      title: "届出受付（入力済み）",
      at: entered,
      possible: everyClerk("recordIdentity", "submit", ...ofEntry),
    },
    {
      title: "審査（喪失）",
      at: await toConfirmed(await loss()),
      possible: everyClerk("requestLoss", ...ofEntry),
    },
    {
      title: "審査（児童の追加）",
      at: await addition(),
      possible: everyClerk("requestAddition", "requestRejection", ...ofEntry),
    },
    {
      title: "審査（健康保険）",
      at: await insurance(),
      possible: everyClerk("apply", ...ofEntry),
      ways: { apply: "applied" },
      leftToRules: ["apply > issuing"],
    },
    {
      title: "審査（遠隔地証）",
      at: await remote(),
      possible: everyClerk("apply", ...ofEntry),
      ways: { apply: "issuing" },
      leftToRules: ["apply > applied"],
    },
    {
      title: "審査（児童重度障害医療）",
      at: await disability(),
      possible: everyClerk("requestChange", "requestRejection", ...ofEntry),
    },
    {
      title: "決裁（喪失）",
      at: await lossAsked(),
      possible: decided,
      ways: { approve: "lost" },
    },
    {
      title: "決裁（児童の追加）",
      at: await additionAsked(),
      possible: decided,
      ways: { approve: "certified" },
    },
    {
      title: "決裁（却下）",
      at: refused,
      possible: decided,
      ways: { approve: "rejected" },
    },
    {
      title: "児童の認定",
      at: await step("supervisor1", "approve", await additionAsked()),
      possible: everyClerk("issue", "closeUnissued"),
    },
    {
      title: "証の交付",
      at: await step("clerk2", "apply", await remote()),
      possible: everyClerk("issue", "closeUnissued"),
    },
    { title: "反映済", at: await step("clerk2", "apply", await insurance()), possible: {} },
    { title: "喪失", at: await step("supervisor1", "approve", await lossAsked()), possible: {} },
    {
      title: "却下",
      at: await step(
        "supervisor1",
        "approve",
        await step("clerk2", "requestRejection", await addition(), {
          input: { reason: "documents" },
        }),
      ),
      possible: {},
    },
    {
      title: "取下げ",
      at: await step("clerk1", "withdraw", await toConfirmed(await loss())),
      possible: {},
    },
  ];
}
