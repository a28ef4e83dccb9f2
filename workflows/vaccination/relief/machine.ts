import { setup } from "xstate";
import { anotherPerson, endings, stages } from "#workflows/cases/application.ts";
import { type CaseFacts, check, proposalChecks } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { clearDeadline, deadline, effects, letter } from "#workflows/cases/effects.ts";
import { applicationEvents } from "#workflows/cases/events.ts";
import { refundEvents } from "#workflows/cases/refund.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";
import type { AnswerOutcome } from "./harm.ts";

/** What the machine may know of a claim for relief (健康被害救済の請求): ids, counts and codes; nothing of a person, no amount. */
export interface ReliefFacts extends Pick<CaseFacts, "actingStaffId" | "enteredBy" | "preparedBy"> {
  /** The Minister is asked; 行政措置 goes without the state. */
  byState: boolean;
  /** The one who was vaccinated lived in this city on the day of the shot. */
  competent: boolean;
  missingDocuments: number;
  /** The committee reported since the case came to it last. */
  reported: boolean;
  /** The papers were made ready for the prefecture after the committee reported last, and none was added since. */
  packaged: boolean;
  /** The newest answer since the case was forwarded last. */
  answer: AnswerOutcome | null;
  /** Who recorded it. */
  answeredBy: number | null;
  proposal: "payment" | "refusal" | null;
  /** Where the case stood when a 審査請求 was made last. */
  appealedFrom: "refused" | "granted" | "paid" | "pension" | null;
  ofPension: boolean;
  /** Of the amounts: what is claimed is entered, nothing speaks against it, every amount is settled, something is to be paid, every payee has an account. */
  benefitsClaimed: boolean;
  benefitsSettled: boolean;
  amountsEstablished: boolean;
  benefitsPayable: boolean;
  payeesHaveAccounts: boolean;
  benefitsEnteredBy: number | null;
  paidOut: boolean;
  pensionEnded: boolean;
}

const of = check<ReliefFacts>;

const checks = {
  entered: of("請求の内容が入力されていません。", (c) => c.enteredBy !== null),
  competent: of(
    "接種した日に市内に住んでいなかった方です。接種した日に住んでいた市区町村が受け付けます。",
    (c) => c.competent,
  ),
  documentsMissing: of(
    "不足している書類がありません。書類の点検で不足を記録してください。",
    (c) => c.missingDocuments > 0,
  ),
  documentsComplete: of("不足している書類があります。", (c) => c.missingDocuments === 0),
  committeeReported: of(
    "調査委員会の報告がありません。会議の記録で、この請求の報告を入力してください。",
    (c) => c.reported,
  ),
  packaged: of(
    "進達する書類が整っていません。すべてのページの個人番号を確かめ、写しを作成してください。",
    (c) => c.packaged,
  ),
  byState: of(null, (c) => c.byState),
  byCity: of(null, (c) => !c.byState),
  mayGrant: of(
    "厚生労働大臣の認定がないため、支給を起案できません。",
    (c) => !c.byState || c.answer === "recognised",
  ),
  mayRefuse: of(
    "厚生労働大臣の否認がなく、支給する額もあるため、不支給にできません。",
    (c) =>
      !c.byState ||
      c.answer === "denied" ||
      (c.answer === "recognised" && c.benefitsClaimed && !c.benefitsPayable),
  ),
  answerRecognised: of(null, (c) => c.byState && c.answer === "recognised"),
  answerDenied: of(null, (c) => c.byState && c.answer === "denied"),
  benefitsClaimed: of("請求された給付の内容が入力されていません。", (c) => c.benefitsClaimed),
  benefitsSettled: of("確かめる必要のある請求の内容があります。", (c) => c.benefitsSettled),
  amountsEstablished: of(
    "給付の額が定められていません。制度の数値に、給付の額を登録してください。",
    (c) => c.amountsEstablished,
  ),
  benefitsPayable: of("支給する額がありません。", (c) => c.benefitsPayable),
  payeesHaveAccounts: of(
    "振込先口座が、別の職員によって確認されていません。",
    (c) => c.payeesHaveAccounts,
  ),
  ...proposalChecks,
  notEntererOfDecision: of(
    "請求の内容を入力した本人は決裁できません。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
  notBenefitsEnterer: of(
    "給付の内容を入力した本人は決裁できません。",
    (c) => c.benefitsEnteredBy !== c.actingStaffId,
  ),
  notAnswerRecorder: of(
    "大臣の通知を記録した本人は決裁できません。",
    (c) => c.answeredBy !== c.actingStaffId,
  ),
  payment: of(null, (c) => c.proposal === "payment"),
  refusal: of(null, (c) => c.proposal === "refusal"),
  ofPension: of("年金の請求ではありません。", (c) => c.ofPension),
  lumpSum: of("年金の請求です。年金の支給に移してください。", (c) => !c.ofPension),
  paidOut: of("支払が済んでいません。", (c) => c.paidOut),
  pensionEnded: of("年金の受給権が消滅していません。", (c) => c.pensionEnded),
  appealedRefusal: of(null, (c) => c.appealedFrom === "refused"),
  appealedGrant: of(null, (c) => c.appealedFrom === "granted"),
  appealedPaid: of(null, (c) => c.appealedFrom === "paid"),
  appealedPension: of(null, (c) => c.appealedFrom === "pension"),
} as const;

const { enter, recordDocuments, hold, resume, expire, retract, approve, remand, withdraw } =
  applicationEvents;

const examines = { right: "case.examine", comment: "optional" } as const;

/** The events of a claim, in the order of the work. */
const events = {
  enter: { ...enter, title: "請求の内容を入力する", page: "claim" },
  receive: { title: "請求を受け付ける", right: "case.enter", comment: "optional", forward: true },
  recordDocuments: { ...recordDocuments, title: "書類を点検する" },
  enterBenefits: {
    title: "給付の内容を入力する",
    right: "case.enter",
    comment: "optional",
    page: "benefits",
  },
  hold: { ...hold, title: "補正を求める" },
  resume: { ...resume, title: "補正を終える" },
  expire: { ...expire, title: "補正期限の経過" },
  toCommittee: { title: "調査委員会に付す", ...examines, forward: true },
  takeReport: { title: "調査委員会の報告を受ける", ...examines, forward: true },
  forward: { title: "都道府県に進達する", ...examines, page: "forward", forward: true },
  recognise: { title: "認定の通知を記録する", ...examines, page: "recognise", forward: true },
  deny: { title: "否認の通知を記録する", ...examines, page: "deny" },
  defer: { title: "保留の通知を記録する", ...examines, page: "defer" },
  supplement: { title: "資料を追加して進達し直す", right: "case.examine", comment: "required" },
  propose: refundEvents.propose,
  proposeRefusal: {
    title: "不支給を起案して決裁に回す",
    right: "case.propose",
    comment: "required",
    act: "propose",
    subject: "refusal",
  },
  retract,
  approve,
  remand,
  confirmPaid: { title: "支払が済んだことを確かめる", ...examines, forward: true },
  beginPension: { title: "年金の支給に移す", ...examines, forward: true },
  endPension: { title: "受給権の消滅を記録する", right: "case.examine", comment: "required" },
  recordAppeal: {
    title: "審査請求があったことを記録する",
    right: "case.examine",
    comment: "required",
    page: "appeal",
  },
  upholdAppeal: {
    title: "決定を取り消す裁決を記録する",
    right: "case.examine",
    comment: "required",
    page: "ruling-upheld",
  },
  dismissAppeal: {
    title: "棄却・却下の裁決、取下げを記録する",
    right: "case.examine",
    comment: "required",
    page: "ruling-dismissed",
  },
  reopen: {
    title: "新しい事実により審査を再開する",
    right: "case.examine",
    comment: "required",
  },
  withdraw,
} as const satisfies Record<string, CaseEventRule>;

type ReliefEvent =
  | { type: Exclude<keyof typeof events, "hold"> }
  | { type: "hold"; until: IsoDate };

/** Until it lies before the approver the claimant may take it back; what is entered and the papers may be mended. */
const mending = {
  enter: {},
  recordDocuments: {},
  enterBenefits: {},
} as const;
const withdrawing = { withdraw: { target: "withdrawn" } } as const;
const answering = {
  recognise: { target: "recognised" },
  deny: { target: "denied" },
} as const;
const appealing = { recordAppeal: { target: "appeal" } } as const;

const proposingPayment = {
  target: "approval",
  guard: meets(
    "entered",
    "mayGrant",
    "benefitsClaimed",
    "benefitsSettled",
    "amountsEstablished",
    "benefitsPayable",
    "payeesHaveAccounts",
  ),
} as const;
const proposingRefusal = { target: "approval", guard: meets("entered", "mayRefuse") } as const;

const main = (title: string, waits: NonNullable<StateMeta["waits"]>) =>
  ({ title, line: "main", open: true, waits }) as const satisfies StateMeta;
const examined = (title: string) => ({ title, right: "case.examine" }) as const;

/** Where a case stands again after an appeal that left the decision as it was. */
const returning = [
  { target: "refused", guard: meets("appealedRefusal") },
  { target: "granted", guard: meets("appealedGrant") },
  { target: "paid", guard: meets("appealedPaid") },
  { target: "pension", guard: meets("appealedPension") },
] as const;

/**
 * A claim for the relief of a damage to health by a vaccination (予防接種法第15条, and the city's own scheme): 相談 → 請求受付 → (補正) →
 * 調査委員会 → 進達 → 国の審査 → 認定・否認・保留 → 決裁 → 支給・不支給決定 → 支払 → (年金). The committee advises and decides nothing;
 * without the Minister's answer nothing is decided, and what was answered binds. 行政措置 goes from the committee to the city's own
 * examination. There is no limit to how long it takes.
 */
export const reliefV1: CaseDefinition<ReliefFacts> = {
  kind: "vaccination/relief",
  version: 1,
  title: "健康被害救済 請求",
  machine: setup({
    types: { context: {} as ReliefFacts, events: {} as ReliefEvent, meta: {} as StateMeta },
    guards: { meets: guardOf(checks) },
    actions: effects,
  }).createMachine({
    id: "vaccination/relief",
    initial: "consultation",
    context: {} as ReliefFacts,
    states: {
      consultation: {
        meta: main("相談", { title: "請求の内容の入力", right: "case.enter" }),
        on: {
          enter: {},
          receive: {
            target: "received",
            guard: meets("entered", "competent"),
            actions: [letter("relief-receipt")],
          },
          ...withdrawing,
        },
      },
      received: {
        meta: main("請求受付", { title: "書類の点検", right: "case.enter" }),
        on: {
          ...mending,
          hold: {
            target: "held",
            guard: meets("documentsMissing"),
            actions: [letter("hold"), deadline("hold", "expire")],
          },
          toCommittee: {
            target: "committee",
            guard: meets("entered", "competent", "documentsComplete"),
          },
          ...withdrawing,
        },
      },
      held: {
        meta: {
          title: "補正待ち",
          line: "side",
          open: true,
          waits: examined("補正待ち"),
          tone: "warning",
        },
        on: {
          ...mending,
          resume: {
            target: "received",
            guard: meets("documentsComplete"),
            actions: [clearDeadline("hold")],
          },
          expire: { target: "received" },
          withdraw: { target: "withdrawn", actions: [clearDeadline("hold")] },
        },
      },
      committee: {
        meta: main("調査委員会", examined("調査委員会の報告待ち")),
        on: {
          ...mending,
          takeReport: [
            { target: "forwarding", guard: meets("byState", "committeeReported") },
            { target: "assessment", guard: meets("byCity", "committeeReported") },
          ],
          ...withdrawing,
        },
      },
      forwarding: {
        meta: main("進達の準備", examined("進達する書類の作成")),
        on: {
          ...mending,
          forward: {
            target: "ministry",
            guard: meets("packaged", "documentsComplete"),
            actions: [letter("relief-forwarding")],
          },
          ...withdrawing,
        },
      },
      ministry: {
        meta: main("国の審査待ち", examined("国の審査の結果待ち")),
        on: {
          enterBenefits: {},
          ...answering,
          defer: { target: "deferred" },
          ...withdrawing,
        },
      },
      deferred: {
        meta: {
          title: "保留（国）",
          line: "side",
          open: true,
          waits: examined("追加の資料の提出"),
          tone: "warning",
        },
        on: { ...mending, ...answering, supplement: { target: "forwarding" }, ...withdrawing },
      },
      recognised: {
        meta: {
          ...main("認定", { title: "支給の起案", right: "case.propose" }),
          tone: "success",
        },
        // Recognised, and yet nothing is left to be paid.
        on: {
          enterBenefits: {},
          propose: proposingPayment,
          proposeRefusal: proposingRefusal,
          ...withdrawing,
        },
      },
      denied: {
        meta: {
          title: "否認",
          line: "side",
          open: true,
          waits: { title: "不支給の起案", right: "case.propose" },
          tone: "error",
        },
        on: { proposeRefusal: proposingRefusal, ...withdrawing },
      },
      assessment: {
        meta: {
          title: "市の審査",
          line: "side",
          open: true,
          waits: { title: "支給・不支給の起案", right: "case.propose" },
        },
        on: {
          ...mending,
          propose: proposingPayment,
          proposeRefusal: proposingRefusal,
          ...withdrawing,
        },
      },
      approval: {
        meta: stages.approval,
        on: {
          approve: [
            {
              target: "granted",
              guard: meets(
                "payment",
                ...anotherPerson,
                "notBenefitsEnterer",
                "notAnswerRecorder",
                "mayGrant",
                "payeesHaveAccounts",
              ),
              actions: [letter("relief-decision")],
            },
            {
              target: "refused",
              guard: meets("refusal", ...anotherPerson, "notAnswerRecorder", "mayRefuse"),
              actions: [letter("relief-decision")],
            },
          ],
          retract: [
            { target: "recognised", guard: meets("preparer", "answerRecognised") },
            { target: "denied", guard: meets("preparer", "answerDenied") },
            { target: "assessment", guard: meets("preparer", "byCity") },
          ],
          remand: [
            { target: "recognised", guard: meets("notPreparer", "answerRecognised") },
            { target: "denied", guard: meets("notPreparer", "answerDenied") },
            { target: "assessment", guard: meets("notPreparer", "byCity") },
          ],
        },
      },
      granted: {
        meta: {
          ...main("支給決定", examined("支払の確認")),
          tone: "success",
        },
        on: {
          confirmPaid: { target: "paid", guard: meets("lumpSum", "paidOut") },
          beginPension: { target: "pension", guard: meets("ofPension") },
          ...appealing,
        },
      },
      paid: {
        meta: { title: "支払済", line: "main", open: false, tone: "success" },
        on: appealing,
      },
      pension: {
        meta: { title: "年金の支給", line: "side", open: false, tone: "success" },
        on: { endPension: { target: "ended", guard: meets("pensionEnded") }, ...appealing },
      },
      ended: {
        meta: { title: "受給権の消滅", line: "side", open: false, tone: "neutral" },
        type: "final",
      },
      refused: {
        meta: { title: "不支給決定", line: "side", open: false, tone: "error" },
        on: { reopen: { target: "received" }, ...appealing },
      },
      appeal: {
        meta: {
          title: "審査請求",
          line: "side",
          open: true,
          waits: examined("知事の裁決待ち"),
          tone: "warning",
        },
        on: {
          upholdAppeal: [
            { target: "forwarding", guard: meets("appealedRefusal", "byState") },
            { target: "assessment", guard: meets("appealedRefusal", "byCity") },
            ...returning.slice(1),
          ],
          dismissAppeal: [...returning],
        },
      },
      withdrawn: endings.withdrawn,
    },
  }),
  events,
  checks,
};
