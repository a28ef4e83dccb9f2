import {
  applyRunEvent,
  handOverPackage,
  recordErasure,
  recordReceipt,
  runIdOf,
  withdrawPackage,
} from "#src/platform/mailings/index.ts";
import type { Work } from "#src/platform/work.ts";
import { sentWith } from "#src/web/cases/sent.tsx";
import { readDate } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { PersonsStep } from "#workflows/mailings/machine.ts";
import { runReply } from "./run-page.tsx";
import type { Mailings } from "./set.ts";
import { pastDateOf, textOf } from "./step-fields.ts";

interface Step {
  /** Said when it is done. */
  done: string;
  /** What it enters beside the state of the run. */
  carryOut?(
    work: Work,
    step: { runId: string; expectedRevision: number },
    form: Values,
  ): Promise<void>;
}

const steps: Record<PersonsStep, Step> = {
  submit: { done: "承認を求めました。" },
  approve: { done: "承認しました。発送データの作成を始めます。" },
  return: { done: "差し戻しました。" },
  extract: { done: "抽出をやり直しています。" },
  resume: { done: "再開しました。" },
  cancel: { done: "取り消しました。" },
  "ask-withdrawal": { done: "取下げの承認を求めました。" },
  withdraw: {
    done: "取り下げました。番号は無効になり、発送データは消去されます。",
    carryOut: withdrawPackage,
  },
  "refuse-withdrawal": { done: "取下げを認めませんでした。引渡しに進めます。" },
  "retract-withdrawal": { done: "取下げの求めをやめました。" },
  "hand-over": {
    done: "引き渡しを授受簿に記載しました。",
    carryOut: (work, step, form) =>
      handOverPackage(work, {
        ...step,
        manner: form.choice("manner", ["transfer", "medium"]) ?? "transfer",
      }),
  },
  receive: {
    done: "受領を授受簿に記載しました。",
    carryOut: (work, step, form) =>
      recordReceipt(work, {
        ...step,
        receivedOn: pastDateOf(work, form, "receivedOn", "受領日"),
        receiptNumber: textOf(form, "receiptNumber", "受領書番号"),
      }),
  },
  close: {
    done: "返却・消去報告を授受簿に記載しました。",
    carryOut: (work, step, form) =>
      recordErasure(work, {
        ...step,
        erasedOn: pastDateOf(work, form, "erasedOn", "消去した日"),
        erasureReport: textOf(form, "erasureReport", "消去報告書番号"),
        mediumReturnedOn: readDate(form.text("mediumReturnedOn")),
      }),
  },
};

/** Every step a person makes on a run; right, revision and state are checked where the run moves. */
export const runSteps = (of: Mailings): AnyRoute[] =>
  (Object.keys(steps) as PersonsStep[]).map((type) => stepRoute(of, type, steps[type]));

const asApprover: readonly PersonsStep[] = ["approve", "return", "withdraw", "refuse-withdrawal"];

const stepRoute = (of: Mailings, type: PersonsStep, { done, carryOut }: Step) =>
  defineRoute({
    ...of.reading,
    method: "post",
    path: `${of.paths.runs}/:run/steps/${type}` as const,
    purpose: asApprover.includes(type) ? "approval" : "mailing",
    audit: `mailing.${type === "hand-over" ? "handed-over" : `${type}-asked`}`,
    async handle(request) {
      const { params, form, work } = request;
      const step = { runId: runIdOf(params.run), expectedRevision: form.integer("revision") ?? 0 };
      try {
        await work(async (unit) => {
          if (carryOut) await carryOut(unit, step, form);
          else
            await applyRunEvent(unit, {
              ...step,
              type,
              comment: form.text(`comment-${type}`),
              seenPaper: form.text("paper"),
            });
        });
      } catch (error) {
        return runReply(of, request, sentWith(type, form, error));
      }
      return redirect(of.paths.run(params.run), done);
    },
  });
