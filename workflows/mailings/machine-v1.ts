import { setup } from "xstate";
import type { FlowDefinition } from "#workflows/flows/definition.ts";
import {
  actions,
  checks,
  events,
  guards,
  type RunContext,
  type RunStateMeta,
  states,
} from "./states.ts";

const machine = setup({
  types: {
    context: {} as RunContext,
    events: {} as { type: keyof typeof events },
    meta: {} as RunStateMeta,
  },
  guards,
  actions,
}).createMachine({
  id: "mailing-run",
  initial: "preparing",
  context: {} as RunContext,
  states,
});

/**
 * 一括発送の一回: 抽出中 → 抽出済 → 承認待ち → 承認 → 作成中 → 完成 → 引渡済 → 受領 → 返却・消去済. A returned run (差戻し)
 * is extracted again or sent on as it is; a failed one goes on where it stopped; until the package is whole it can be
 * cancelled.
 */
export const mailingRunV1 = {
  kind: "mailing-run",
  version: 1,
  title: "一括発送",
  machine,
  events,
  checks,
} satisfies FlowDefinition<RunContext>;
