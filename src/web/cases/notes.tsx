import { addNote } from "#src/platform/notes/index.ts";
import { NotePanel } from "../notes/note-panel.tsx";
import type { PanelForm } from "./panel-form.ts";
import { casePath } from "./paths.ts";
import { mayEnter, type Shown } from "./shown.ts";

/** What staff noted beside the steps. */
export function NotesPanel(shown: Shown) {
  const { notes, found } = shown.view;
  return (
    <NotePanel
      notes={notes}
      action={mayEnter(shown) ? (`${casePath(found)}/notes` as const) : undefined}
    />
  );
}

export const noteForm: PanelForm = {
  path: "notes",
  audit: "note.added",
  purpose: "case",
  event: () => "note",
  async run(work, { found, form }) {
    await addNote(work, { caseId: found.id }, form.whole("note"));
    return { said: "メモを追加しました。" };
  },
};
