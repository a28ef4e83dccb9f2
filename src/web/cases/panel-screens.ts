import { runEffects } from "#src/platform/cases/index.ts";
import { redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { addAttachmentForm, withdrawAttachmentForm } from "./attachments.tsx";
import { caseReply } from "./case-page.tsx";
import { openChangeForm } from "./change-open.tsx";
import { correctLimitForm, correctReceivedForm } from "./corrections.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { documentsForm } from "./documents.tsx";
import { findCase } from "./find-case.ts";
import { answerForm, askForm, remindForm } from "./inquiry-forms.ts";
import { noteForm } from "./notes.tsx";
import type { PanelForm } from "./panel-form.ts";
import { casePath } from "./paths.ts";
import { sentWith } from "./sent.tsx";

const forms: readonly PanelForm[] = [
  correctReceivedForm,
  correctLimitForm,
  documentsForm,
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
          const other = await work(
            async (unit) => {
              const { found } = await findCase(unit, screens, caseId);
              return panel.run(unit, { screens, found, form, params });
            },
            { caseId },
          );
          if (panel.leavesLetters) {
            const { failed } = await runEffects(platform, actor, caseId);
            if (failed > 0)
              return redirect(casePath({ program, id: caseId }), {
                tone: "warning",
                text: "記録しましたが、お知らせを作成できませんでした。理由を確かめてください。",
              });
          }
          return other
            ? redirect(casePath(other.shown), other.message)
            : redirect(casePath({ program, id: caseId }));
        } catch (error) {
          return caseReply(screens, request, caseId, sentWith(panel.event(params), form, error));
        }
      },
    }),
  );
}
