import { holds } from "#src/platform/access/index.ts";
import { lookAtPerson, shownName } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import {
  linesOfTimeline,
  readTimeline,
  type SourcesOf,
  type TimelineLine,
} from "#src/platform/timeline/index.ts";
import {
  ButtonLink,
  FilterLinks,
  PageTitle,
  Pagination,
  Panel,
  ProtectedBanner,
  Table,
} from "../../../components/index.ts";
import { showDateShort, showMoment } from "../../../dates.ts";
import { personOfPath, personPath } from "../../../person-path.ts";
import { page, type Reply } from "../../../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../../../route.ts";
import type { ScreenSet } from "../../../screens.ts";
import { commonTimeline } from "./sources.ts";

/** Lines on paper at most. */
const mostOnPaper = 2000;

type TimelineRequest = Pick<
  ScreenRequest<"/people/:person">,
  "actor" | "work" | "platform" | "params" | "query"
>;

/** The past of a person over all 事務 (経過), a page at a time and whole for paper. */
export function timelineScreens(sets: readonly ScreenSet[]): AnyRoute[] {
  const common = { method: "get", right: "person.read", purpose: "counter" } as const;
  return [
    defineRoute({
      ...common,
      path: "/people/:person/timeline",
      audit: "person.timeline-opened",
      handle: (request) => timelineReply(sets, request, linesOfTimeline),
    }),
    defineRoute({
      ...common,
      path: "/people/:person/timeline/print",
      audit: "person.timeline-printed",
      handle: (request) => timelineReply(sets, request, mostOnPaper),
    }),
  ];
}

/** The sources that this member of staff may ask; row security decides which of their rows there are. */
const sourcesFor = (sets: readonly ScreenSet[], { actor }: TimelineRequest): SourcesOf[] => [
  ...sets.flatMap(({ id, timeline }) =>
    timeline && holds(actor, "person.read", { program: id })
      ? [{ program: id, sources: timeline }]
      : [],
  ),
  { sources: commonTimeline },
];

async function timelineReply(
  sets: readonly ScreenSet[],
  request: TimelineRequest,
  size: number,
): Promise<Reply> {
  const { work, platform, params, query } = request;
  const number = personOfPath(platform, params.person);
  const of = sourcesFor(sets, request);
  const kind = query.choice(
    "kind",
    of.flatMap(({ sources }) => sources.map((one) => one.kind.id)),
  );
  const at = Math.max(1, query.integer("page") ?? 1);
  const { person, timeline } = await work(async (unit) => {
    const person = await lookAtPerson(unit, number, ["facts", "name"]);
    if (!person) throw notFound();
    return { person, timeline: await readTimeline(unit, number, { of, kind, page: at, size }) };
  });
  const { total, lines, kinds } = timeline;
  const path = personPath(platform, number);
  const whole = kinds.reduce((sum, { count }) => sum + count, 0);
  const onPaper = size === mostOnPaper;
  const href = (to: { kind?: string | undefined; page?: number }) => {
    const query = new URLSearchParams({
      ...(to.kind ? { kind: to.kind } : {}),
      ...(to.page ? { page: String(to.page) } : {}),
    });
    return `${path}/timeline${query.size > 0 ? `?${query}` : ""}`;
  };
  return page({
    title: "住民 経過",
    breadcrumb: [
      { title: "住民検索", path: "/people" },
      { title: "住民", path },
      { title: "経過" },
    ],
    content: (
      <>
        <PageTitle
          actions={
            onPaper ? undefined : (
              <ButtonLink
                href={`${path}/timeline/print${kind ? `?kind=${kind}` : ""}`}
                look="secondary"
              >
                印刷用に全件を表示
              </ButtonLink>
            )
          }
        >
          {shownName(person)}
          <span class="title-note">経過</span>
        </PageTitle>
        {person.isProtected && <ProtectedBanner />}
        {!onPaper && (
          <FilterLinks
            label="種類"
            present={kind}
            choices={kinds
              .filter(({ count }) => count > 0)
              .map(({ id, title, count }) => ({ value: id, label: `${title} ${figure(count)}` }))}
            href={(value) => href({ kind: value })}
          />
        )}
        <Panel title={`経過 ${figure(total)}件${kind ? `（全${figure(whole)}件のうち）` : ""}`}>
          {onPaper && (
            <p class="field-hint">
              {`${showMoment(platform.clock.now())}　${request.actor.staffName}`}
            </p>
          )}
          <Lines lines={lines} sets={sets} />
          {!onPaper && (
            <Pagination
              page={at}
              pages={Math.ceil(total / size)}
              href={(next) => href({ kind, page: next })}
            />
          )}
        </Panel>
      </>
    ),
  });
}

const figure = (count: number) => count.toLocaleString("ja-JP");

function Lines({ lines, sets }: { lines: readonly TimelineLine[]; sets: readonly ScreenSet[] }) {
  const titleOf = (program: string | undefined) =>
    // What serves every 事務 has no id, as what belongs to none has no 事務.
    (program && sets.find(({ id }) => id === program)?.title) || "";
  return (
    <Table
      caption="経過（新しい順）"
      rows={lines}
      empty="経過はありません。"
      columns={[
        { title: "日付", cell: ({ on }) => showDateShort(on), nowrap: true },
        { title: "種類", cell: ({ kind }) => kind.title, nowrap: true },
        { title: "事務", cell: ({ program }) => titleOf(program) },
        {
          title: "内容",
          cell: ({ what, note, path }) => (
            <>
              {path ? <a href={path}>{what}</a> : what}
              {note && <span class="cell-note">{note}</span>}
            </>
          ),
        },
        {
          title: "職員・記録",
          cell: ({ staffName, at }) => (
            <>
              {staffName}
              {at && <span class="cell-note">{showMoment(at)}</span>}
            </>
          ),
        },
      ]}
    />
  );
}
