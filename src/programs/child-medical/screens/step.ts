import { applyEvent, getCase, retryEffects, runEffects } from "#src/platform/cases/index.ts";
import { readDate } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { EntryProblem } from "../entry-problem.ts";
import { caseReply } from "./case-page.tsx";
import { casePath } from "./parts.tsx";
import { readStep } from "./read-step.ts";
import { sentWith } from "./sent.tsx";

/** Every step of a case that a button makes; the door asks for the right of the event. */
export const stepRoute = defineRoute({
  method: "post",
  path: "/child-medical/cases/:caseId/step",
  right: "case.read",
  program: "child-medical",
  audit: "case.step-requested",
  purpose: "case",
  async handle({ params: { caseId }, form, work, platform, actor }) {
    const type = form.text("event");
    try {
      await work(
        (unit) =>
          applyEvent(unit, {
            ...readStep(caseId, form),
            event: eventOf(type, form),
            input: inputOf(type, form),
          }),
        { caseId },
      );
    } catch (error) {
      return caseReply({ work, platform }, caseId, sentWith(type, form, error));
    }
    const { failed } = await runEffects(platform, actor, caseId);
    if (failed > 0) {
      const text = "手続きを進めましたが、通知書を作成できませんでした。理由を確かめてください。";
      return redirect(casePath(caseId), { tone: "warning", text });
    }
    // The page itself shows what was done: flow, state and history.
    return redirect(casePath(caseId));
  },
});

/** Tries again to make the papers that could not be made. */
export const papersRoute = defineRoute({
  method: "post",
  path: "/child-medical/cases/:caseId/papers",
  right: "document.print",
  program: "child-medical",
  audit: "papers.retried",
  purpose: "case",
  async handle({ params: { caseId }, work, platform, actor }) {
    await work(
      async (unit) => {
        await getCase(unit, caseId);
        await retryEffects(unit, caseId);
      },
      { caseId },
    );
    const { failed } = await runEffects(platform, actor, caseId);
    return redirect(
      casePath(caseId),
      failed > 0
        ? { tone: "warning", text: "文書を作成できませんでした。理由を確かめてください。" }
        : "文書を作成しました。",
    );
  },
});

function eventOf(type: string, form: Values) {
  if (type !== "hold") return { type };
  const until = readDate(form.text("until"));
  if (!until) throw new EntryProblem("until", "補正期限を入力してください。例: R8.12.4");
  return { type, until };
}

/** Only the events that ask for a reason bring one; a decision brings what its letter was printed with on the page. */
function inputOf(type: string, form: Values): unknown {
  if (type === "approve" || type === "revoke") return { seenPaper: form.text("paper") };
  const withReason = ["proposeRejection", "proposeRevocation", "reissue"];
  return withReason.includes(type) ? { reason: form.text(`reason-${type}`) } : undefined;
}
