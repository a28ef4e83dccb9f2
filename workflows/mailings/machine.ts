import { type StateValue, setup, transition } from "xstate";

/**
 * 一括発送の一回: 準備 → 抽出済 → 承認待ち → 承認 → 作成中 → 完成 → 引渡済 → 受領 → 返却・消去済.
 * A returned run (差戻し) is extracted again or sent on as it is; a failed one goes on where it
 * stopped; until the package is whole it can be cancelled. Holds staff ids and counts only.
 */
export const runStateTitles = {
  preparing: "抽出中",
  extracted: "抽出済",
  "awaiting-approval": "承認待ち",
  approved: "承認",
  making: "作成中",
  complete: "完成",
  "handed-over": "引渡済",
  received: "受領",
  closed: "返却・消去済",
  "extraction-failed": "抽出失敗",
  failed: "作成失敗",
  cancelled: "取消",
} as const;
export type RunState = keyof typeof runStateTitles;

export const runEventTitles = {
  extracted: "抽出を終える",
  extract: "抽出し直す",
  submit: "承認を求める",
  return: "差し戻す",
  approve: "承認する",
  make: "作成を始める",
  made: "作成を終える",
  fail: "失敗",
  resume: "再開する",
  cancel: "取り消す",
  "hand-over": "引き渡す",
  receive: "受領を記録する",
  close: "返却・消去報告を記録する",
} as const;
export type RunEventType = keyof typeof runEventTitles;

/** What guards look at. `preparers` are all who prepared or submitted this run. */
export interface RunFacts {
  preparers: readonly number[];
  /** Pieces that would be sent. */
  ready: number;
}

export interface RunEvent {
  type: RunEventType;
  /** Staff id of who does it. */
  by: number;
  comment?: string | undefined;
}

type Guard = (facts: RunFacts, event: RunEvent) => string | null;

/** Each guard answers with the reason for its refusal, so that a grey button can say why. */
const guards = {
  hasPieces: ({ ready }) => (ready > 0 ? null : "発送できるものが一件もありません。"),
  isAnother: ({ preparers }, { by }) =>
    preparers.includes(by) ? "準備した人は承認できません。別の決裁者が承認してください。" : null,
  hasComment: (_, { comment }) => (comment?.trim() ? null : "理由を書いてください。"),
} satisfies Record<string, Guard>;
type GuardName = keyof typeof guards;

const states: Record<RunState, Partial<Record<RunEventType, { to: RunState; if?: GuardName }>>> = {
  preparing: {
    extracted: { to: "extracted" },
    fail: { to: "extraction-failed" },
    cancel: { to: "cancelled", if: "hasComment" },
  },
  extracted: {
    extract: { to: "preparing" },
    submit: { to: "awaiting-approval", if: "hasPieces" },
    cancel: { to: "cancelled", if: "hasComment" },
  },
  "awaiting-approval": {
    approve: { to: "approved", if: "isAnother" },
    return: { to: "extracted", if: "hasComment" },
    cancel: { to: "cancelled", if: "hasComment" },
  },
  approved: {
    make: { to: "making" },
    fail: { to: "failed" },
    cancel: { to: "cancelled", if: "hasComment" },
  },
  making: {
    made: { to: "complete" },
    fail: { to: "failed" },
    cancel: { to: "cancelled", if: "hasComment" },
  },
  complete: { "hand-over": { to: "handed-over" } },
  "handed-over": { receive: { to: "received" } },
  received: { close: { to: "closed" } },
  closed: {},
  "extraction-failed": {
    resume: { to: "preparing" },
    cancel: { to: "cancelled", if: "hasComment" },
  },
  failed: { resume: { to: "making" }, cancel: { to: "cancelled", if: "hasComment" } },
  cancelled: {},
};

const passes = (name: GuardName) => (input: { context: RunFacts; event: RunEvent }) =>
  guards[name](input.context, input.event) === null;

export const runMachine = setup({
  types: { context: {} as RunFacts, events: {} as RunEvent, input: {} as RunFacts },
  guards: {
    hasPieces: passes("hasPieces"),
    isAnother: passes("isAnother"),
    hasComment: passes("hasComment"),
  },
}).createMachine({
  id: "mailing-run",
  context: ({ input }) => input,
  initial: "preparing",
  states: Object.fromEntries(
    Object.entries(states).map(([state, events]) => [
      state,
      {
        on: Object.fromEntries(
          Object.entries(events).map(([type, { to, if: guard }]) => [
            type,
            guard ? { target: to, guard } : { target: to },
          ]),
        ),
      },
    ]),
  ),
});

/** Why an event is refused in this state, in words for the screen; `null` when it is allowed. */
export function whyNot(state: RunState, facts: RunFacts, event: RunEvent): string | null {
  const way = states[state][event.type];
  if (!way)
    return `「${runStateTitles[state]}」では「${runEventTitles[event.type]}」はできません。`;
  return way.if ? guards[way.if](facts, event) : null;
}

/** The state after an event, or the reason why it stays. */
export function nextRunState(
  state: RunState,
  facts: RunFacts,
  event: RunEvent,
): { state: RunState } | { refused: string } {
  const refused = whyNot(state, facts, event);
  if (refused) return { refused };
  const [after] = transition(
    runMachine,
    runMachine.resolveState({ value: state, context: facts }),
    event,
  );
  return { state: stateOf(after.value) };
}

function stateOf(value: StateValue): RunState {
  if (typeof value === "string" && value in runStateTitles) return value as RunState;
  throw new Error(`unknown state of a mailing run: ${JSON.stringify(value)}`);
}

/** The events that a state knows at all, for buttons. */
export const eventsOf = (state: RunState): RunEventType[] =>
  Object.keys(states[state]) as RunEventType[];
