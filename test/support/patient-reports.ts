import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { everyClerk, type Standing } from "./case-standing.ts";
import { numberCard } from "./counter.ts";
import type { patientCounterOf } from "./patient-counter.ts";

type Counter = ReturnType<typeof patientCounterOf>;

/** A report of change or loss of 支給認定 in every state, of each outcome where they part. */
export async function patientReportsInEveryState(counter: Counter): Promise<Standing[]> {
  const { household, report, step, toCertified, toConfirmed, listDoctors } = counter;
  await listDoctors();
  const about = async (subject: string, given: { reason?: string; occursOn?: IsoDate } = {}) => {
    const { mother } = await household();
    const granted = await step("clerk1", "issue", await toCertified(mother));
    return report(granted.caseId, { subject, occursOn: "2026-11-18", ...given });
  };
  const onWelfare = {
    tax: null,
    welfare: true,
    welfarePrevention: null,
    incomeUnconfirmed: false,
    pediatric: null,
  };
  const loss = async () => toConfirmed(await about("loss", { reason: "declined" }));
  const terms = async () => toConfirmed(await about("tier"), onWelfare);
  const institution = async () =>
    toConfirmed(await about("institution"), {
      anyInstitution: false,
      institutions: [{ code: "4310113718", name: "見本大学病院", main: true, since: "2026-11-18" }],
    });
  const mailing = async () => toConfirmed(await about("mailing"), { mailing: null });
  const correction = async () =>
    toConfirmed(await about("correction", { reason: "wrong-end", occursOn: "2026-11-20" }), {
      correction: { from: "2026-11-05", to: "2027-03-31" },
    });
  const lossAsked = async () => step("clerk2", "requestDecision", await loss());
  const termsAsked = async () => step("clerk2", "requestChange", await terms());
  const refused = async () =>
    step("clerk2", "requestRejection", await terms(), { input: { reason: "severity" } });

  const reported = await about("loss", { reason: "declined" });
  let entered = await step("clerk1", "recordIdentity", reported, { input: numberCard });
  entered = await step("clerk1", "enter", entered, { input: {} });

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
      at: await loss(),
      possible: everyClerk("requestDecision", ...ofEntry),
    },
    {
      title: "審査（階層区分）",
      at: await terms(),
      possible: everyClerk("requestChange", "requestRejection", ...ofEntry),
    },
    {
      title: "審査（指定医療機関）",
      at: await institution(),
      possible: everyClerk("apply", ...ofEntry),
      ways: { apply: "issuing" },
      leftToRules: ["apply > applied"],
    },
    {
      title: "審査（送付先）",
      at: await mailing(),
      possible: everyClerk("apply", ...ofEntry),
      ways: { apply: "applied" },
      leftToRules: ["apply > issuing"],
    },
    {
      title: "審査（訂正）",
      at: await correction(),
      possible: everyClerk("requestCorrection", ...ofEntry),
    },
    {
      title: "決裁（喪失）",
      at: await lossAsked(),
      possible: decided,
      ways: { approve: "lost" },
    },
    {
      title: "決裁（階層区分）",
      at: await termsAsked(),
      possible: decided,
      ways: { approve: "issuing" },
      leftToDecider: ["approve > applied"],
    },
    {
      title: "決裁（却下）",
      at: await refused(),
      possible: decided,
      ways: { approve: "rejected" },
    },
    {
      title: "証の交付",
      at: await step("supervisor1", "approve", await termsAsked()),
      possible: everyClerk("issue", "closeUnissued"),
    },
    { title: "反映済", at: await step("clerk2", "apply", await mailing()), possible: {} },
    { title: "喪失", at: await step("supervisor1", "approve", await lossAsked()), possible: {} },
    { title: "却下", at: await step("supervisor1", "approve", await refused()), possible: {} },
    { title: "取下げ", at: await step("clerk1", "withdraw", await loss()), possible: {} },
  ];
}
