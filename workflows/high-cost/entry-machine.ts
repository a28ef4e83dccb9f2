import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";
import { main, side } from "../flows/states.ts";

/** What the machine may know of a 高額療養費 of a month that the city may claim. Amounts in yen. */
export interface HighCostEntryContext {
  actingStaffId: number;
  /** Insurer, class and household are known. */
  known: boolean;
  /** The insurer asks for no 委任状, or there is one that covers the month. */
  mandated: boolean;
  /** Who asked that it is not claimed any more. */
  dropAskedBy: number | null;
  /** Who entered the last answer of the insurer. */
  answeredBy: number | null;
  /** Whoever acts found it, or told whose insurance it is: so to whom money goes. */
  foundByActor: boolean;
  /** What was found since is more than what came in. */
  moreFound: boolean;
  /** What came in beyond the city's own belongs to the person, and is not owed yet. */
  restUnpaid: boolean;
  /** Nothing was done since the insurer's answer was entered, and its claim is not closed. */
  answerFresh: boolean;
  /** The repayment that was proposed of it was refused. */
  repaymentRefused: boolean;
}

const check = (reason: string, holds: Check<HighCostEntryContext>["holds"]) => ({ reason, holds });

export const highCostEntryChecks = {
  known: check("保険者、適用区分か被保険者が分かっていません。", ({ known }) => known),
  mandated: check("委任状がありません。", ({ mandated }) => mandated),
  notMandated: check("委任状はそろっています。", ({ mandated }) => !mandated),
  unknown: check("調べるものは残っていません。", ({ known }) => !known),
  dropAsked: check(
    "請求しないことは、まだ起案されていません。",
    ({ dropAskedBy }) => dropAskedBy !== null,
  ),
  dropNotAsked: check(
    "請求しないことの承認を待っています。",
    ({ dropAskedBy }) => dropAskedBy === null,
  ),
  notAsker: check(
    "起案した人は決裁できません。別の決裁者が決裁してください。",
    ({ dropAskedBy, actingStaffId }) => dropAskedBy !== actingStaffId,
  ),
  notAnswerer: check(
    "回答を入力した人は決裁できません。別の決裁者が決裁してください。",
    ({ answeredBy, actingStaffId }) => answeredBy !== actingStaffId,
  ),
  notFinder: check(
    "抽出した人や、保険の情報を入力した人は決裁できません。別の決裁者が決裁してください。",
    ({ foundByActor }) => !foundByActor,
  ),
  moreFound: check(
    "受け取った額より多く請求できるものはありません。",
    ({ moreFound }) => moreFound,
  ),
  restUnpaid: check("本人に支給する額はありません。", ({ restUnpaid }) => restUnpaid),
  answerFresh: check(
    "回答を入力した後に手続が進んだか、請求が終わっています。",
    ({ answerFresh }) => answerFresh,
  ),
  repaymentRefused: check(
    "返還は、起案中か決裁済みです。",
    ({ repaymentRefused }) => repaymentRefused,
  ),
} as const;

const [prepare, approve] = [
  { right: "high-cost.prepare" },
  { right: "high-cost.approve" },
] as const;
const byProgram = (title: string) =>
  ({
    title,
    right: ["high-cost.prepare", "high-cost.approve"],
    comment: "optional",
    scheduled: true,
  }) as const;

const events = {
  query: byProgram("調べるものに移す"),
  wantMandate: byProgram("委任状の依頼待ちに移す"),
  awaitMandate: byProgram("委任状を依頼する"),
  ready: byProgram("請求できるものに移す"),
  gather: byProgram("請求に入れる"),
  release: byProgram("請求から外す"),
  lose: byProgram("該当しなくなる"),
  payFull: byProgram("全額の支給を入力する"),
  payDiffering: byProgram("異なる額の支給を入力する"),
  refuse: byProgram("不支給を入力する"),
  payPerson: byProgram("本人への支給を入力する"),
  sendBack: byProgram("保険者からの返戻を入力する"),
  accept: { title: "支給額を認める", ...approve, comment: "optional", forward: true },
  again: { title: "もう一度請求する", ...prepare, comment: "optional" },
  claimRest: { title: "増えた分を請求する", ...prepare, comment: "optional" },
  passOn: { title: "本人に支給する", ...approve, comment: "optional" },
  tellPersonPaid: { title: "本人に支給済と入力する", ...prepare, comment: "optional" },
  askBack: { title: "返還を起案する", ...prepare, comment: "required", forward: true },
  proposeAnew: { title: "返還を起案し直す", ...prepare, comment: "optional" },
  undoAnswer: { title: "回答の入力を取り消す", ...prepare, comment: "optional" },
  askDrop: { title: "請求しないことを起案する", ...prepare, comment: "optional" },
  drop: { title: "請求しないことを承認する", ...approve, comment: "optional" },
  keep: { title: "請求しないことを認めない", ...approve, comment: "optional" },
} as const satisfies Record<string, EventRule>;

/** From where nothing is on its way to the insurer, it may be left: asked by one, approved by another. */
const mayBeLeft = (state: string) =>
  ({
    askDrop: { target: state, guard: meets("dropNotAsked") },
    drop: { target: "dropped", guard: meets("dropAsked", "notAsker") },
    keep: { target: state, guard: meets("dropAsked", "notAsker") },
  }) as const;
const undoAnswer = { target: "claimed", guard: meets("answerFresh") } as const;
const query = { target: "query", guard: meets("unknown") } as const;
const wantMandate = { target: "mandate-wanted", guard: meets("known", "notMandated") } as const;
const ready = { target: "claimable", guard: meets("known", "mandated") } as const;

const machine = setup({
  types: {
    context: {} as HighCostEntryContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(highCostEntryChecks) },
}).createMachine({
  id: "high-cost-entry",
  initial: "query",
  context: {} as HighCostEntryContext,
  states: {
    query: {
      meta: main("照会待ち", { tone: "warning", waits: { title: "高額療養費の照会", ...prepare } }),
      on: {
        wantMandate,
        ready,
        lose: "gone",
        tellPersonPaid: "person-paid",
        ...mayBeLeft("query"),
      },
    },
    "mandate-wanted": {
      meta: main("委任状の依頼待ち", {
        tone: "warning",
        waits: { title: "委任状の依頼", ...prepare },
      }),
      on: {
        query,
        ready,
        awaitMandate: { target: "mandate-asked", guard: meets("known") },
        lose: "gone",
        tellPersonPaid: "person-paid",
        ...mayBeLeft("mandate-wanted"),
      },
    },
    "mandate-asked": {
      meta: main("委任状の返送待ち"),
      on: {
        query,
        wantMandate,
        ready,
        lose: "gone",
        tellPersonPaid: "person-paid",
        ...mayBeLeft("mandate-asked"),
      },
    },
    claimable: {
      meta: main("請求できる", { waits: { title: "高額療養費の請求", ...prepare } }),
      on: {
        query,
        wantMandate,
        gather: { target: "claimed", guard: meets("known", "mandated", "dropNotAsked") },
        lose: "gone",
        tellPersonPaid: "person-paid",
        ...mayBeLeft("claimable"),
      },
    },
    claimed: {
      meta: main("請求中"),
      on: {
        release: "claimable",
        payFull: "paid",
        payDiffering: "differs",
        refuse: "refused",
        payPerson: "person-paid",
        sendBack: "sent-back",
      },
    },
    paid: {
      meta: main("支給済", { open: false, tone: "success" }),
      on: {
        claimRest: { target: "claimable", guard: meets("moreFound") },
        passOn: { target: "paid", guard: meets("restUnpaid", "notAnswerer", "notFinder") },
        undoAnswer,
      },
    },
    differs: {
      meta: side("支給額が異なる", {
        tone: "warning",
        waits: { title: "高額療養費の支給額の確認", ...approve },
      }),
      on: {
        accept: { target: "paid", guard: meets("notAnswerer") },
        again: "claimable",
        undoAnswer,
      },
    },
    refused: {
      meta: side("不支給", { tone: "error", waits: { title: "不支給の扱い", ...prepare } }),
      on: {
        again: "claimable",
        tellPersonPaid: "person-paid",
        undoAnswer,
        ...mayBeLeft("refused"),
      },
    },
    "sent-back": {
      meta: side("保険者から返戻", {
        tone: "warning",
        waits: { title: "返戻された請求の訂正", ...prepare },
      }),
      on: {
        again: "claimable",
        tellPersonPaid: "person-paid",
        undoAnswer,
        ...mayBeLeft("sent-back"),
      },
    },
    "person-paid": {
      meta: side("本人に支給済", {
        tone: "warning",
        waits: { title: "本人に支給された高額療養費の返還", ...prepare },
      }),
      on: { askBack: "asked-back", undoAnswer, ...mayBeLeft("person-paid") },
    },
    "asked-back": {
      meta: side("本人に返還を請求", { open: false, tone: "neutral" }),
      on: { proposeAnew: { target: "person-paid", guard: meets("repaymentRefused") } },
    },
    dropped: { meta: side("請求しない", { open: false, tone: "neutral" }), type: "final" },
    gone: {
      meta: side("該当しなくなった", { open: false, tone: "neutral" }),
      on: { query, wantMandate, ready },
    },
  },
});

export type HighCostEntryState = StateValueFrom<typeof machine>;
export type HighCostEntryEvent = keyof typeof events;

/** 高額療養費の該当: a household's month with an insurer, from what was found to what came in, or was asked back of the person. */
export const highCostEntryV1 = {
  kind: "high-cost-entry",
  version: 1,
  title: "高額療養費",
  machine,
  events,
  checks: highCostEntryChecks,
} satisfies FlowDefinition<HighCostEntryContext>;
