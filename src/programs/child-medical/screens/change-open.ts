import { notFound } from "#src/platform/problem.ts";
import { readDate } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { type ChangeOpening, changeSubjectTitles, openChange } from "../change.ts";
import { EntryProblem } from "../entry-problem.ts";
import { entitlementOf } from "../ledger.ts";
import { type LossReason, lossReasonTitles } from "../reasons.ts";
import { caseReply } from "./case-page.tsx";
import { casePath } from "./parts.tsx";
import { sentWith } from "./sent.tsx";

const subjects = Object.keys(changeSubjectTitles) as (keyof typeof changeSubjectTitles)[];
const lossReasons = Object.keys(lossReasonTitles) as LossReason[];

/** Opens a report of change or loss from the page of the application. */
export const openChangeRoute = defineRoute({
  method: "post",
  path: "/child-medical/cases/:caseId/changes",
  right: "case.enter",
  program: "child-medical",
  audit: "change.opened",
  purpose: "counter",
  async handle({ params: { caseId }, form, work, platform }) {
    try {
      const found = await work(async (unit) => {
        const granted = await entitlementOf(unit, caseId);
        if (!granted) throw notFound("受給資格が見つかりません。");
        return openChange(unit, {
          entitlementId: granted.id,
          origin: "report",
          ...readOpening(form),
        });
      });
      return redirect(casePath(found.id), `届出 ${found.number} を受け付けました。`);
    } catch (error) {
      return caseReply({ work, platform }, caseId, sentWith("change", form, error));
    }
  },
});

function readOpening(form: Values): Omit<ChangeOpening, "entitlementId" | "origin"> {
  const occursOn = readDate(form.text("occursOn"));
  if (!occursOn) throw new EntryProblem("occursOn", "変更日を入力してください。例: R8.11.20");
  const subject = form.choice("subject", subjects);
  if (!subject) throw new EntryProblem("subject", "届出の種類を選んでください。");
  const lossReason = subject === "loss" ? form.choice("lossReason", lossReasons) : undefined;
  const idempotencyKey = form.text("key");
  return { subject, occursOn, idempotencyKey, ...(lossReason ? { lossReason } : {}) };
}
