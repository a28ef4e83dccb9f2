import { ask, recordAnswer, remind } from "#src/platform/intake/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { readDate } from "../dates.ts";
import type { PanelForm } from "./panel-form.ts";

const shared = { purpose: "case" } as const;

export const askForm: PanelForm = {
  ...shared,
  path: "inquiries",
  audit: "inquiry.sent",
  event: () => "inquiry",
  async run(work, { screens, found, form }) {
    const subject = form.choice("subject-inquiry", Object.keys(screens.inquiries ?? {}));
    if (!subject) throw new EntryProblem("subject", "照会する事項を選んでください。");
    const addressee = form.text("addressee");
    await ask(work, found.id, { subject, addressee, dueOn: readDate(form.text("dueOn")) });
    return { said: "照会を記録しました。" };
  },
};

export const remindForm: PanelForm = {
  ...shared,
  path: "inquiries/:inquiryId/reminder",
  audit: "inquiry.reminded",
  event: ({ inquiryId = "" }) => inquiryId,
  async run(work, { found, params }) {
    await remind(work, found.id, params.inquiryId ?? "");
    return { said: "督促を記録しました。" };
  },
};

export const answerForm: PanelForm = {
  ...shared,
  path: "inquiries/:inquiryId/answer",
  audit: "inquiry.answered",
  event: ({ inquiryId = "" }) => inquiryId,
  async run(work, { found, form, params }) {
    const inquiryId = params.inquiryId ?? "";
    await recordAnswer(work, found.id, { inquiryId, answer: form.text(`answer-${inquiryId}`) });
    return { said: "回答を記録しました。" };
  },
};
