import { addAttachment, withdrawAttachment } from "#src/platform/notes/index.ts";
import { AttachmentPanel } from "../notes/attachment-panel.tsx";
import { roomForScan, scanIn } from "../notes/sent-file.ts";
import type { PanelForm } from "./panel-form.ts";
import { casePath } from "./paths.ts";
import { mayEnter, type Shown } from "./shown.ts";

const otherPaper = "その他の書類";

/** Scans of what was handed in. */
export function AttachmentsPanel(shown: Shown) {
  const { view, screens } = shown;
  const { documents } = screens.application;
  return (
    <AttachmentPanel
      attachments={view.attachments}
      path={`${casePath(view.found)}/attachments`}
      masked={view.masked}
      titleOf={({ documentCode }) => documents[documentCode ?? ""]?.title ?? otherPaper}
      documents={
        mayEnter(shown)
          ? Object.entries(documents).map(([value, { title }]) => ({ value, label: title }))
          : undefined
      }
      other={otherPaper}
    />
  );
}

export const addAttachmentForm: PanelForm = {
  path: "attachments",
  audit: "attachment.added",
  purpose: "counter",
  takesFiles: roomForScan,
  event: () => "attachment",
  async run(work, { screens, found, form }) {
    const bytes = await scanIn(form);
    const codes = Object.keys(screens.application.documents);
    const documentCode = form.choice("document", codes) ?? null;
    await addAttachment(work, { caseId: found.id }, { bytes, documentCode });
    return { said: "ファイルを添付しました。" };
  },
};

export const withdrawAttachmentForm: PanelForm = {
  path: "attachments/:attachmentId/withdrawal",
  audit: "attachment.withdrawn",
  purpose: "case",
  event: () => "attachment",
  async run(work, { found, params }) {
    await withdrawAttachment(work, { caseId: found.id }, params.attachmentId ?? "");
    return { said: "添付を取り下げました。" };
  },
};
