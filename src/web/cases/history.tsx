import { inTitleOf, titleOfSorts } from "#src/platform/applications/index.ts";
import { correctionTitles, type HistoryLine } from "#src/platform/cases/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, EmptyState, Pagination, Panel, TimeLine } from "../components/index.ts";
import { showDateShort, showMoment } from "../dates.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { paperTitle } from "./paper-title.ts";
import { casePath } from "./paths.ts";
import type { Shown } from "./shown.ts";

/** Who did what when, the newest first and a page at a time; and which letters fell away before they were made. */
export function HistoryPanel({ screens, view }: Shown) {
  const stateTitles = new Map(view.picture.steps.map((step) => [step.state, step.title]));
  const steps = view.history.map((line) => ({
    moment: line.at,
    who: line.staffName,
    what: (
      <>
        {titleOf(screens, line)}
        {correctedDays(line)}
        {line.fromState !== line.toState && (
          <>
            {" "}
            <Badge>{`${stateTitles.get(line.fromState)} → ${stateTitles.get(line.toState)}`}</Badge>
          </>
        )}
      </>
    ),
    ...(line.comment ? { detail: line.comment } : {}),
  }));
  const { page, pages } = view.historyPage;
  const lapsed = (page === 1 ? view.lapsed : []).map(({ kind, at, staffName }) => ({
    moment: at,
    who: staffName,
    what: `${paperTitle(screens.application, { kind })}は、要らなくなったため作成しませんでした`,
  }));
  const lines = [...steps.toReversed(), ...lapsed].toSorted(
    (a, b) => b.moment.getTime() - a.moment.getTime(),
  );
  return (
    <Panel title="経過" id="history">
      <TimeLine
        label="経過"
        entries={lines.map(({ moment, ...entry }) => ({ at: showMoment(moment), ...entry }))}
      />
      <Pagination
        of="経過"
        page={page}
        pages={pages}
        href={(to) => `${casePath(view.found)}?history=${to}#history`}
      />
    </Panel>
  );
}

/** What a step was; one that issued or ended certificates names their sort. */
const titleOf = ({ application }: AnyCaseScreens, { title, detail }: HistoryLine): string =>
  Array.isArray(detail.sorts) ? inTitleOf(title, titleOfSorts(application, detail.sorts)) : title;

/** From which day to which, where a date was corrected. */
function correctedDays({ type, detail: { from, to } }: HistoryLine): string {
  if (!(type in correctionTitles)) return "";
  const day = (date: unknown) => showDateShort(String(date) as IsoDate);
  return `（${day(from)} → ${day(to)}）`;
}

/** Comments of the people who had the case, the newest first; a sending back stands out. */
export function CommentsPanel({ screens, view }: Shown) {
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
            detail: titleOf(screens, line),
            ...(events[line.type]?.act === "remand" ? { tone: "warning" as const } : {}),
          }))}
        />
      )}
    </Panel>
  );
}
