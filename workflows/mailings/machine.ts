import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import type { EventRule, FlowDefinition } from "#workflows/flows/definition.ts";
import { mailingRunV1 } from "./machine-v1.ts";
import { mailingRunV2, type RunState } from "./machine-v2.ts";
import type { RunContext, RunStateMeta } from "./states.ts";

export type { RunState } from "./machine-v2.ts";
export type { RunContext } from "./states.ts";

/** What a new run follows. It has every state and event of the versions before it, under the same names. */
export const mailingRun = mailingRunV2;

export type RunEventType = keyof typeof mailingRun.events;
/** Steps that a person makes; the others are the program's own. */
export type PersonsStep = {
  [Type in RunEventType]: (typeof mailingRun.events)[Type] extends { scheduled: true }
    ? never
    : Type;
}[RunEventType];

/** Every version, the newest last. */
export const mailingRuns: readonly FlowDefinition<RunContext>[] = [mailingRunV1, mailingRunV2];

/** The machine of a run: the version under which it was begun. @throws when there never was such a version */
export function machineOf({ machineVersion }: { machineVersion: number }) {
  const found = mailingRuns.find(({ version }) => version === machineVersion);
  if (!found) throw new Error(`There is no version ${machineVersion} of the machine of a run.`);
  return found;
}

/** What a state of a run is called, and what screens say of it. */
export const runStateMeta = (state: RunState): RunStateMeta => stateMeta(mailingRun, state);

/** The rule of an event of a run. */
export const runEventRule = (type: RunEventType): EventRule => mailingRun.events[type];

/** States of which something is said. */
export const runStatesWith = (is: (meta: RunStateMeta) => unknown): RunState[] =>
  (stateNames(mailingRun) as RunState[]).filter((state) => is(runStateMeta(state)));
