import {
  applyRunEvent,
  handOverPackage,
  recordErasure,
  recordReceipt,
  runIdOf,
} from "#src/platform/mailings/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { readDate } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { paths } from "./parts.tsx";
import { ofPeople, type PersonsEvent } from "./run-actions.tsx";
import { runReply } from "./run-page.tsx";

const done: Record<PersonsEvent, string> = {
  submit: "承認を求めました。",
  approve: "承認しました。発送データの作成を始めます。",
  return: "差し戻しました。",
  extract: "抽出をやり直しています。",
  resume: "再開しました。",
  "hand-over": "引き渡しを授受簿に記載しました。",
  receive: "受領を授受簿に記載しました。",
  close: "返却・消去報告を授受簿に記載しました。",
  cancel: "取り消しました。",
};

/** Every step a person makes on a run; the door checks right, revision and state. */
export const runSteps = ofPeople.map((type) =>
  defineRoute({
    method: "post",
    path: `/vaccination/mailings/:run/steps/${type}`,
    right: "mailing.read",
    program: "vaccination",
    purpose: type === "approve" || type === "return" ? "approval" : "mailing",
    audit: `mailing.${type === "hand-over" ? "handed-over" : `${type}-asked`}`,
    async handle(request) {
      const { params, form, work } = request;
      const step = { runId: runIdOf(params.run), expectedRevision: form.integer("revision") ?? 0 };
      try {
        await work(async (unit) => {
          if (type === "hand-over")
            await handOverPackage(unit, { ...step, manner: mannerOf(form) });
          else if (type === "receive")
            await recordReceipt(unit, {
              ...step,
              receivedOn: dateOf(form, "receivedOn", "受領日"),
              receiptNumber: textOf(form, "receiptNumber", "受領書番号"),
            });
          else if (type === "close")
            await recordErasure(unit, {
              ...step,
              erasedOn: dateOf(form, "erasedOn", "消去した日"),
              erasureReport: textOf(form, "erasureReport", "消去報告書番号"),
              mediumReturnedOn: readDate(form.text("mediumReturnedOn")),
            });
          else
            await applyRunEvent(unit, {
              ...step,
              type,
              comment: form.text(`comment-${type}`),
              seenPaper: form.text("paper"),
            });
        });
      } catch (error) {
        if (error instanceof Problem && error.status === 409 && type === "approve")
          return runReply(request, error);
        throw error;
      }
      return redirect(paths.run(params.run), done[type]);
    },
  }),
);

const mannerOf = (form: Values) => form.choice("manner", ["transfer", "medium"]) ?? "transfer";

function dateOf(form: Values, name: string, label: string) {
  const date = readDate(form.text(name));
  if (!date)
    throw new Problem({ status: 422, message: `${label}を入力してください。例: R8.11.20` });
  return date;
}

function textOf(form: Values, name: string, label: string): string {
  const text = form.text(name);
  if (!text) throw new Problem({ status: 422, message: `${label}を入力してください。` });
  return text;
}
