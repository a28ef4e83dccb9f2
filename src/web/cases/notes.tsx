import { addNote } from "#src/platform/intake/index.ts";
import {
  Button,
  Disclosure,
  EmptyState,
  Form,
  Panel,
  TextArea,
  TimeLine,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import type { PanelForm } from "./panel-form.ts";
import { casePath } from "./paths.ts";
import { useSent } from "./sent.tsx";
import { mayEnter, type Shown } from "./shown.ts";

/** What staff noted beside the steps, the newest first. */
export function NotesPanel(shown: Shown) {
  const { notes, found } = shown.view;
  const { values, errors, sent } = useSent("note");
  return (
    <Panel title="メモ">
      {notes.length === 0 ? (
        <EmptyState>メモはありません。</EmptyState>
      ) : (
        <TimeLine
          label="メモ"
          entries={notes.toReversed().map(({ text, staffName, writtenAt }) => ({
            at: showMoment(writtenAt),
            who: staffName,
            what: text,
          }))}
        />
      )}
      {mayEnter(shown) && (
        <Disclosure title="メモを書く…" open={sent}>
          <Form
            action={`${casePath(found)}/notes`}
            class="form stacked"
            values={values}
            errors={errors}
          >
            <TextArea name="note" label="メモ" required rows={3} phrases="note" />
            <Button look="secondary">メモを残す</Button>
          </Form>
        </Disclosure>
      )}
    </Panel>
  );
}

export const noteForm: PanelForm = {
  path: "notes",
  audit: "note.added",
  purpose: "case",
  event: () => "note",
  async run(work, { found, form }) {
    await addNote(work, found.id, form.whole("note"));
    return { said: "メモを追加しました。" };
  },
};
