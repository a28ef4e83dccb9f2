import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DefinitionList,
  DisabledAction,
  Panel,
  SelectField,
} from "#src/web/components/index.ts";
import {
  holdTitles,
  type RecordRow,
  type RevisionRow,
  refusalTitles,
  type revisionActions,
  revisionNumber,
  revisionReasons,
} from "../../records/revisions.ts";
import { paths } from "../paths.ts";
import { columnTitles, valueWord } from "./change-words.ts";

/** A correction or cancellation that waits for another person. */
export function WaitingRevision(props: {
  shot: string;
  row: RevisionRow;
  record: RecordRow | undefined;
  actions: ReturnType<typeof revisionActions>;
}) {
  const { shot, row, record, actions } = props;
  const changed = Object.entries(row.values ?? {}).filter(([name, value]) => {
    const key = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    return String(value ?? "") !== String(record?.[key as keyof RecordRow] ?? "");
  });
  return (
    <Panel title={`決裁を待つ${row.kind === "correct" ? "訂正" : "取消"} ${revisionNumber(row)}`}>
      <DefinitionList
        columns={2}
        items={[
          ["理由", revisionReasons[row.reason]],
          [
            "関わるもの",
            row.holds.map((kind) => holdTitles[kind as keyof typeof holdTitles]).join("、"),
          ],
          [
            "決裁するとこうなる",
            row.kind === "cancel"
              ? "この記録は取り消され、接種歴に数えられなくなります。"
              : changed
                  .map(([name, value]) => `${columnTitles[name]} ${valueWord(name, value)}`)
                  .join("　") || "変わるところはありません。",
            "wide",
          ],
        ]}
      />
      {actions.map(({ type, title, reasons }) =>
        reasons.length > 0 ? (
          <DisabledAction key={type} reasons={reasons}>
            {title}
          </DisabledAction>
        ) : (
          <SentForm
            key={type}
            event={type}
            action={`${paths.record(shot)}/revision/${type}`}
            revision={row.revision}
          >
            <input type="hidden" name="id" value={row.id} />
            {type === "refuse" && (
              <SelectField
                name="refusal"
                label="認めない理由"
                required
                empty="選んでください"
                options={choicesOf(refusalTitles)}
              />
            )}
            <Actions>
              <Button look={type === "approve" ? "primary" : "secondary"}>{title}</Button>
            </Actions>
          </SentForm>
        ),
      )}
    </Panel>
  );
}
