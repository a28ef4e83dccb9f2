import { correctionTitles, type HistoryLine } from "#src/platform/cases/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, EmptyState, Panel, TimeLine } from "../components/index.ts";
import { showDateShort, showMoment } from "../dates.ts";
import type { Shown } from "./shown.ts";

/** Who did what when, the newest first. */
export function HistoryPanel({ view }: Shown) {
  const titleOf = new Map(view.picture.steps.map((step) => [step.state, step.title]));
  return (
    <Panel title="経過" id="history">
      <TimeLine
        label="経過"
        entries={view.history.toReversed().map((line) => ({
          at: showMoment(line.at),
          who: line.staffName,
          what: (
            <>
              {line.title}
              {correctedDays(line)}
              {line.fromState !== line.toState && (
                <>
                  {" "}
                  <Badge>{`${titleOf.get(line.fromState)} → ${titleOf.get(line.toState)}`}</Badge>
                </>
              )}
            </>
          ),
          ...(line.comment ? { detail: line.comment } : {}),
        }))}
      />
    </Panel>
  );
}

/** From which day to which, where a date was corrected. */
function correctedDays({ type, detail: { from, to } }: HistoryLine): string {
  if (!(type in correctionTitles)) return "";
  const day = (date: unknown) => showDateShort(String(date) as IsoDate);
  return `（${day(from)} → ${day(to)}）`;
}

/** Comments of the people who had the case, the newest first; a sending back stands out. */
export function CommentsPanel({ view }: Shown) {
  const { events } = view.prepared.definition;
  const comments = view.history.filter((line) => line.comment).toReversed();
  return (
    <Panel title="コメント">
      {comments.length === 0 ? (
        <EmptyState>コメントはありません。</EmptyState>
      ) : (
        <TimeLine
          label="コメント"
          entries={comments.map((line) => ({
            at: showMoment(line.at),
            who: line.staffName,
            what: line.comment,
            detail: line.title,
            ...(events[line.type]?.act === "remand" ? { tone: "warning" as const } : {}),
          }))}
        />
      )}
    </Panel>
  );
}
