import { copyFlowOf, copyState, type ListCopy } from "#src/platform/documents/index.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { Badge, type Column } from "../components/index.ts";
import { showDateShort, showMoment } from "../dates.ts";
import { formatTitles } from "./source.ts";

/** What the register says of each copy: who asked for what and why, who allowed it, when it went out, and what became of it. */
export function copyColumns<Row>(copyOf: (row: Row) => ListCopy): Column<Row>[] {
  const column = (
    title: string,
    cell: (copy: ListCopy) => ReturnType<Column<Row>["cell"]>,
    nowrap = false,
  ): Column<Row> => ({ title, cell: (row) => cell(copyOf(row)), nowrap });
  return [
    column("番号", ({ id }) => `第${id}号`, true),
    column("申請", ({ requester, requestedAt }) => by(requester, requestedAt)),
    column("内容", (copy) => (
      <>
        {copy.title && `${copy.title} `}
        {formatTitles[copy.format]}
        <span class="cell-note">
          {copy.words ?? "すべて"}（{copy.lines.toLocaleString("ja-JP")}件）
        </span>
      </>
    )),
    column("理由", ({ reason }) => reason),
    column("状態", (copy) => {
      const { title, tone = "info" } = stateMeta(copyFlowOf(copy.program), copyState(copy));
      return (
        <>
          <Badge tone={tone}>{title}</Badge>
          {copy.decider && copy.decidedAt && (
            <span class="cell-note">
              {copy.decider} {showMoment(copy.decidedAt)}
            </span>
          )}
        </>
      );
    }),
    column("受取", (copy) =>
      copy.taken > 0 ? (
        <>
          <Badge>{`受取 ${copy.taken}回`}</Badge>
          <span class="cell-note">{copy.takenAt && showMoment(copy.takenAt)}</span>
        </>
      ) : (
        copy.takeBy && `${showDateShort(copy.takeBy)}まで`
      ),
    ),
    column("廃棄", ({ eraseBy, erasedAt, eraser }) =>
      erasedAt && eraser ? (
        <>
          <Badge tone="success">廃棄済</Badge>
          {by(eraser, erasedAt)}
        </>
      ) : (
        eraseBy && `${showDateShort(eraseBy)}まで`
      ),
    ),
  ];
}

const by = (who: string, at: Date) => (
  <>
    {who}
    <span class="cell-note">{showMoment(at)}</span>
  </>
);
