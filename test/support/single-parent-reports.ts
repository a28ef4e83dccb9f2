import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { everyClerk, type Standing } from "./case-standing.ts";
import type { At } from "./casework.ts";
import { numberCard } from "./counter.ts";
import { childOf, type householdCounterOf, insuredSince } from "./household-counter.ts";
import type { Household } from "./households.ts";
import { bothIncomes, withGrandfather } from "./single-parent-states.ts";

type Counter = ReturnType<typeof householdCounterOf>;

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
    const birthDate = "2026-11-01";
    const [born = ""] = (await household([{ birthDate }])).children;
    const at = await about(() => ({ subject: "child-addition", occursOn: "2026-11-01" }));
    return toConfirmed(
      at,
      { child: childOf(born, insuredSince(birthDate)) },
      { "insurance-proof": "seen" },
    );
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
  const days = async (subject: "suspension" | "correction") =>
    toConfirmed(
      await about(({ children: [personNumber = ""] }) =>
        subject === "correction"
          ? { subject, reason: "wrong-end", personNumber, occursOn: "2026-11-20" }
          : { subject, reason: "welfare", occursOn: "2026-11-20" },
      ),
      subject === "correction" ? { correction: { from: "2026-11-01", to: "2027-03-31" } } : {},
    );
  const suspended = async () => {
    const { family, at } = await entitled();
    const told = { reason: "welfare", occursOn: "2026-11-20" } as const;
    const asked = await toConfirmed(await report(at.caseId, { subject: "suspension", ...told }));
    await step("supervisor1", "approve", await step("clerk2", "requestSuspension", asked));
    const [personNumber = ""] = family.children;
    return toConfirmed(
      await report(at.caseId, {
        subject: "person-resumption",
        reason: "reason-ended",
        personNumber,
        occursOn: "2026-11-20",
      }),
    );
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
      title: "審査（停止）",
      at: await days("suspension"),
      possible: everyClerk("requestSuspension", ...ofEntry),
    },
    {
      title: "審査（再開）",
      at: await suspended(),
      possible: everyClerk("requestResumption", ...ofEntry),
    },
    {
      title: "審査（訂正）",
      at: await days("correction"),
      possible: everyClerk("requestCorrection", ...ofEntry),
    },
    {
      title: "決裁（停止）",
      at: await step("clerk2", "requestSuspension", await days("suspension")),
      possible: decided,
      ways: { approve: "applied" },
    },
    {
      title: "決裁（訂正）",
      at: await step("clerk2", "requestCorrection", await days("correction")),
      possible: decided,
      ways: { approve: "applied" },
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
