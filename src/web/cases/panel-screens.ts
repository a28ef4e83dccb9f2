import { type AnyRoute, defineRoute } from "../route.ts";
import { afterStep } from "./after-step.ts";
import { addAttachmentForm, withdrawAttachmentForm } from "./attachments.tsx";
import { nextOnList } from "./came-from.ts";
import { caseReply } from "./case-page.tsx";
import { openChangeForm } from "./change-open.tsx";
import { correctLimitForm, correctReceivedForm } from "./corrections.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { findCase } from "./find-case.ts";
import { dropFormDraft } from "./form-drafts.ts";
import { answerForm, askForm, remindForm } from "./inquiry-forms.ts";
import { onwardOrNext } from "./next-action.ts";
import { noteForm } from "./notes.tsx";
import type { PanelForm } from "./panel-form.ts";
import { casePath } from "./paths.ts";
import { sentWith } from "./sent.tsx";

const forms: readonly PanelForm[] = [
  correctReceivedForm,
  correctLimitForm,
  openChangeForm,
  noteForm,
  addAttachmentForm,
  withdrawAttachmentForm,
];
const inquiryForms: readonly PanelForm[] = [askForm, remindForm, answerForm];

/** What is sent from the panels of a case page. */
export function panelScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  const asks = Object.keys(screens.inquiries ?? {}).length > 0;
  return [...forms, ...(asks ? inquiryForms : [])].map((panel) =>
    defineRoute({
      method: "post",
      path: `/${program}/cases/:caseId/${panel.path}` as const,
      right: "case.enter",
      program,
      audit: panel.audit,
      purpose: panel.purpose,
      ...(panel.takesFiles ? { takesFiles: panel.takesFiles } : {}),
      async handle(request) {
        const { params, form, work, platform, actor } = request;
        const { caseId } = params;
        try {
          const done = await work(
            async (unit) => {
              const { found } = await findCase(unit, screens, caseId);
              const next = await nextOnList(unit, { program, caseId });
              const { said, shown } = await panel.run(unit, { screens, found, form, params });
              await dropFormDraft(unit, caseId, panel.event(params));
              return {
                said,
                to: shown ? await onwardOrNext(unit, shown, next) : casePath(found),
              };
            },
            { caseId },
          );
          return afterStep({ platform, actor }, { caseId, ...done });
        } catch (error) {
          return caseReply(screens, request, caseId, sentWith(panel.event(params), form, error));
        }
      },
    }),
  );
}
