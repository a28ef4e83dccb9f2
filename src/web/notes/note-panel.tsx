import type { Note } from "#src/platform/notes/index.ts";
import { DraftedDisclosure } from "../cases/drafted-form.tsx";
import { Button, EmptyState, Panel, SelectField, TextArea, TimeLine } from "../components/index.ts";
import { showMoment } from "../dates.ts";

/** What staff noted on a case or a person, the newest first. */
export function NotePanel(props: {
  notes: readonly Note[];
  /** The title of the 事務 of a note on a person. */
  titleOf?(program: string): string | undefined;
  /** Where one is sent to; none for those who may write none. */
  action?: `/${string}` | undefined;
  /** The 事務 in which this person may write one, where there is a choice. */
  programs?: readonly { value: string; label: string }[];
}) {
  const { notes, titleOf, action, programs = [] } = props;
  return (
    <Panel title="メモ">
      {notes.length === 0 ? (
        <EmptyState>メモはありません。</EmptyState>
      ) : (
        <TimeLine
          label="メモ"
          entries={notes.toReversed().map(({ text, staffName, writtenAt, program }) => ({
            at: showMoment(writtenAt),
            who: staffName,
            what: text,
            ...(program && titleOf ? { detail: titleOf(program) } : {}),
          }))}
        />
      )}
      {action && (
        <DraftedDisclosure title="メモを書く…" event="note" action={action} class="form stacked">
          {programs.length > 1 && (
            <SelectField
              name="program"
              label="事務"
              options={programs}
              hint="選んだ事務を扱う職員に見えます。"
            />
          )}
          <TextArea name="note" label="メモ" required rows={3} phrases="note" />
          <Button look="secondary">メモを残す</Button>
        </DraftedDisclosure>
      )}
    </Panel>
  );
}
