import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { everyClerk, type Standing } from "./case-standing.ts";
import type { At } from "./casework.ts";
import { numberCard } from "./counter.ts";
import type { TestPlatform } from "./database.ts";
import { patientApplication, type patientCounterOf } from "./patient-counter.ts";
import { panelOf } from "./review-panel.ts";

type Counter = ReturnType<typeof patientCounterOf>;

const until: IsoDate = "2026-12-04";
const insurer = {
  subject: "insurer",
  addressee: "熊本市国民健康保険",
  postalCode: "8600001",
  address: "熊本市中央区手取本町１番１号",
};

/** An application for 支給認定 in every state, in 審査 and 審査会 with what may be missing there. */
export async function patientsInEveryState(
  city: TestPlatform,
  counter: Counter,
): Promise<Standing[]> {
  const { household, open, step, toExamination, toApproval, toCertified, listDoctors } = counter;
  const panel = panelOf(city, counter);
  await listDoctors();
  const patient = async () => (await household()).mother;
  const opened = async () => {
    const { id } = await open("clerk1", await patient());
    return { caseId: id, revision: 1, state: "received" };
  };
  const confirmed = async (given: Parameters<typeof patientApplication>[0] = {}) =>
    step("clerk2", "confirm", await toExamination(await patient(), patientApplication(given)));
  const missing = (at: At, code: string) =>
    step("clerk1", "recordDocuments", at, { input: { [code]: "missing" } });
  const referred = async () =>
    step("clerk2", "refer", await confirmed(), { input: { group: null } });
  /** Before the panel, which has said so of its disease. */
  const heard = async (opinion: string, reason?: string) => {
    const at = await referred();
    const session = await panel.met([at.caseId]);
    await panel.say(session, at.caseId, { "6": reason ? [opinion, reason] : [opinion] });
    await panel.compare(session, at.caseId);
    return at;
  };
  const answered = async (opinion: string, reason?: string) =>
    step("clerk2", "takePanelAnswer", await heard(opinion, reason));
  const deferred = async () => missing(await heard("deferred", "papers"), "test-results");
  const refused = async () =>
    step("clerk2", "proposeRejection", await answered("fails", "severity"), {
      input: { reason: "severity" },
    });
  const issued = async () => step("clerk1", "issue", await toCertified(await patient()));
  const revocation = async () =>
    step("clerk2", "proposeRevocation", await issued(), { input: { reason: "fraud" } });

  const identified = await opened();
  let entered = await step("clerk1", "recordIdentity", identified, { input: numberCard });
  entered = await step("clerk1", "enter", entered, { input: patientApplication() });

  const ofEntry = ["enter", "recordDocuments", "withdraw"];
  const examined = ["checkRecords", "inquire", ...ofEntry];
  const ofPanel = ["recordDocuments", "takeBackReferral", "withdraw"];
  const decided = { supervisor1: ["approve", "remand"] };
  return [
    {
      title: "申請受付",
      at: await opened(),
      possible: everyClerk("recordIdentity", "withdraw"),
    },
    {
      title: "本人確認（入力済み）",
      at: entered,
      possible: everyClerk("recordIdentity", "submit", ...ofEntry),
    },
    {
      title: "審査（確認前）",
      at: await toExamination(await patient()),
      possible: { ...everyClerk("confirm", ...examined), clerk1: examined },
    },
    {
      title: "審査（支所で受け付けた）",
      at: await confirmed({ reception: "branch" }),
      possible: everyClerk("recordArrival", ...examined),
    },
    {
      title: "審査（書類が足りない）",
      at: await missing(await toExamination(await patient()), "clinical-record"),
      possible: { ...everyClerk("hold", "confirm", ...examined), clerk1: ["hold", ...examined] },
    },
    {
      title: "審査（上限月額が決まらない）",
      at: await confirmed({ tax: null }),
      possible: everyClerk("refer", "proposeDismissal", ...examined),
      leftToRules: ["propose > proposed"],
    },
    {
      title: "審査（確認済み）",
      at: await confirmed(),
      possible: everyClerk("refer", "propose", "proposeDismissal", ...examined),
    },
    {
      title: "審査（答申が基準を満たさない）",
      at: await answered("fails", "severity"),
      possible: everyClerk("refer", "proposeRejection", "proposeDismissal", ...examined),
    },
    {
      title: "保留",
      at: await step(
        "clerk2",
        "hold",
        await missing(await toExamination(await patient()), "clinical-record"),
        { until },
      ),
      possible: everyClerk("recordDocuments", "withdraw"),
    },
    {
      title: "保留（審査会の求める資料がそろった）",
      at: await step(
        "clerk1",
        "recordDocuments",
        await step("clerk2", "holdForPapers", await deferred(), { until }),
        { input: { "test-results": "seen" } },
      ),
      possible: everyClerk("recordDocuments", "resume", "withdraw"),
    },
    { title: "審査会", at: await referred(), possible: everyClerk(...ofPanel) },
    {
      title: "審査会（答申あり）",
      at: await heard("meets"),
      possible: everyClerk("takePanelAnswer", ...ofPanel),
    },
    {
      title: "審査会（資料を求める保留。求める書類が決まっていない）",
      at: await heard("deferred", "papers"),
      possible: everyClerk(...ofPanel),
    },
    {
      title: "審査会（資料を求める保留）",
      at: await deferred(),
      possible: everyClerk("holdForPapers", ...ofPanel),
    },
    {
      title: "審査会（指定医に照会する保留）",
      at: await heard("deferred", "doctor"),
      possible: everyClerk("holdForDoctor", ...ofPanel),
    },
    {
      title: "照会中",
      at: await step("clerk2", "inquire", await confirmed(), { until, input: insurer }),
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
      at: await step("clerk2", "propose", await confirmed()),
      possible: { ...everyClerk("withdraw"), clerk2: ["requestDecision", "retract", "withdraw"] },
    },
    {
      title: "決裁（認定）",
      at: await toApproval(await patient()),
      possible: decided,
      ways: { approve: "certified" },
    },
    {
      title: "決裁（不認定）",
      at: await step("clerk2", "requestDecision", await refused()),
      possible: decided,
      ways: { approve: "rejected" },
    },
    {
      title: "認定",
      at: await toCertified(await patient()),
      possible: everyClerk("issue", "proposeRevocation"),
    },
    {
      title: "証交付",
      at: await issued(),
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
        await step("clerk2", "requestDecision", await refused()),
      ),
      possible: {},
    },
    {
      title: "取下げ",
      at: await step("clerk1", "withdraw", await toExamination(await patient())),
      possible: {},
    },
  ];
}
