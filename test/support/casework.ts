import { randomUUID } from "node:crypto";
import { makeStep, type StepOptions } from "#src/demonstration/make-step.ts";
import {
  type ApplicationKind,
  openApplication,
  viewApplication,
} from "#src/platform/applications/index.ts";
import { type Applied, runEffects } from "#src/platform/cases/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { TestPlatform, TestStaff } from "./database.ts";

/** A case as somebody last saw it. */
export interface At {
  caseId: string;
  revision: number;
}

/** Applications of one kind in a test: opened, moved and looked at by named staff. */
export function caseworkOf<Entered>(test: TestPlatform, kind: ApplicationKind<Entered>) {
  // Of each counter its own, so that a database that another counter worked on can be worked on again.
  const counterKey = randomUUID();
  let keys = 0;
  const nextKey = (what: string) => `${counterKey} ${what} ${keys++}`;
  const { program } = kind;

  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "counter", program }, run);

  const open = (
    who: TestStaff,
    personNumber: string,
    receivedOn: IsoDate = test.platform.clock.today(),
    /** Why it is received although something stands against it. */
    insisted?: string,
  ) =>
    as(who, (work) =>
      openApplication(work, kind, {
        personNumber,
        receivedOn,
        insisted,
        idempotencyKey: nextKey("open"),
      }),
    );

  /** Makes one step on the case as it stands; a comment comes along where none is given. */
  const step = async (
    who: TestStaff,
    type: string,
    at: At,
    options: StepOptions = {},
  ): Promise<Applied> =>
    makeStep(test.platform, await test.actor(who), at, type, {
      comment: `試験のため（${keys++}）`,
      ...options,
    });

  const effects = async (caseId: string) =>
    runEffects(test.platform, await test.actor("clerk1"), caseId);

  /** The application as clerk2 sees it. */
  const view = (caseId: string) => as("clerk2", (work) => viewApplication(work, kind, caseId));

  return { as, open, step, effects, view, nextKey };
}
