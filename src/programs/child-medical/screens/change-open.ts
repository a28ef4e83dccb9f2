import { Problem } from "#src/platform/problem.ts";
import { readDate } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { changeSubjectTitles, openChange } from "../change.ts";
import { type LossReason, lossReasonTitles } from "../reasons.ts";
import { casePath } from "./parts.tsx";

/** Opens a report of change or loss from the page of the application. */
export const openChangeRoute = defineRoute({
  method: "post",
  path: "/child-medical/changes",
  right: "case.enter",
  program: "child-medical",
  audit: "change.opened",
  purpose: "counter",
  async handle({ form, work }) {
    const occursOn = readDate(form.text("occursOn"));
    const subject = form.choice(
      "subject",
      Object.keys(changeSubjectTitles) as (keyof typeof changeSubjectTitles)[],
    );
    const lossReason = form.choice("lossReason", Object.keys(lossReasonTitles) as LossReason[]);
    if (!occursOn || !subject) {
      throw new Problem({
        status: 422,
        message: "届出の種類と変更日を入力してください。日付の例: R8.11.20",
      });
    }
    const found = await work((unit) =>
      openChange(unit, {
        entitlementId: form.text("entitlement"),
        subject,
        occursOn,
        origin: "report",
        idempotencyKey: form.text("key"),
        ...(lossReason && subject === "loss" ? { lossReason } : {}),
      }),
    );
    return redirect(casePath(found.id), `届出 ${found.number} を受け付けました。`);
  },
});
