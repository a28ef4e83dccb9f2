import {
  applyRunEvent,
  handOverPackage,
  recordErasure,
  recordReceipt,
  runIdOf,
} from "#src/platform/mailings/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { sentWith } from "#src/web/cases/sent.tsx";
import { readDate } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { PersonsStep } from "#workflows/mailings/machine.ts";
import { runReply } from "./run-page.tsx";
import type { Mailings } from "./set.ts";

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
        receivedOn: dateOf(work, form, "receivedOn", "受領日"),
        receiptNumber: textOf(form, "receiptNumber", "受領書番号"),
      }),
  },
  close: {
    done: "返却・消去報告を授受簿に記載しました。",
    carryOut: (work, step, form) =>
      recordErasure(work, {
        ...step,
        erasedOn: dateOf(work, form, "erasedOn", "消去した日"),
        erasureReport: textOf(form, "erasureReport", "消去報告書番号"),
        mediumReturnedOn: readDate(form.text("mediumReturnedOn")),
      }),
  },
};

/** Every step a person makes on a run; right, revision and state are checked where the run moves. */
export const runSteps = (of: Mailings): AnyRoute[] =>
  (Object.keys(steps) as PersonsStep[]).map((type) => stepRoute(of, type, steps[type]));

const stepRoute = (of: Mailings, type: PersonsStep, { done, carryOut }: Step) =>
  defineRoute({
    ...of.reading,
    method: "post",
    path: `${of.paths.runs}/:run/steps/${type}` as const,
    purpose: type === "approve" || type === "return" ? "approval" : "mailing",
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

/** A day on which something was done: not ahead. */
function dateOf(work: Work, form: Values, name: string, label: string) {
  const date = readDate(form.text(name));
  if (!date) throw new EntryProblem(name, `${label}を入力してください。例: R8.11.20`);
  if (date > work.platform.clock.today())
    throw new EntryProblem(name, `${label}に、今日より後の日付は入力できません。`);
  return date;
}

function textOf(form: Values, name: string, label: string): string {
  const text = form.text(name);
  if (!text) throw new EntryProblem(name, `${label}を入力してください。`);
  return text;
}
