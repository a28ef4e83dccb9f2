import { holds } from "#src/platform/access/actor.ts";
import { certificatesOfRun } from "#src/platform/entitlements/index.ts";
import {
  charactersOf,
  listItems,
  mailingKind,
  readRun,
  reasonTitles,
  runIdOf,
  waitsForRelease,
} from "#src/platform/mailings/index.ts";
import type { StoppedCharacter } from "#src/platform/printing/index.ts";
import type { Work } from "#src/platform/work.ts";
import { certificatePath } from "#src/web/cases/paths.ts";
import { characterPath, codeWords } from "#src/web/characters.ts";
import {
  Badge,
  ButtonLink,
  PageTitle,
  Pagination,
  Panel,
  Table,
  Tabs,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { personPath } from "#src/web/person-path.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { runStateMeta } from "#workflows/mailings/machine.ts";
import { figure, RunBadge, rowsAPage, runCrumbs, runTitle } from "./parts.tsx";
import type { Mailings } from "./set.ts";

const states = { ready: "送る", held: "保留", "left-out": "除外", made: "作成済" } as const;

/** The pieces of a run, by state and reason. */
export const runItems = ({ paths, reading }: Mailings) =>
  defineRoute({
    ...reading,
    method: "get",
    path: `${paths.runs}/:run/items` as const,
    audit: "mailing.pieces-listed",
    async handle({ params, query, work, platform, actor }) {
      const found = await work((unit) => readList(unit, runIdOf(params.run), query));
      const { run, kind, counts, titles, state, reason, at, total, items, certificates } = found;
      const prints =
        certificates.size > 0 && holds(actor, "document.print", { program: run.program });
      const releases =
        holds(actor, "mailing.approve", { program: run.program }) &&
        runStateMeta(run.state).unapproved;
      const tab = (title: string, count: number, wanted?: keyof typeof states) => ({
        title,
        count,
        href: paths.items(run.id, wanted && { state: wanted }),
        current: reason === undefined && state === wanted,
      });
      return page({
        title: `${runTitle(run)} 一覧`,
        breadcrumb: [...runCrumbs(paths, run), { title: "一覧" }],
        content: (
          <>
            <PageTitle
              badge={<RunBadge state={run.state} />}
              actions={
                reason === "no-glyph" && <ButtonLink href="/unprintable">外字一覧を開く</ButtonLink>
              }
            >
              {reason ? `${titles[reason]}の一覧` : "対象者の一覧"}
            </PageTitle>
            <Tabs
              label="状態"
              tabs={[
                tab("すべて", counts.ready + counts.made + counts.held + counts.leftOut),
                tab("送る", counts.ready, "ready"),
                tab("作成済", counts.made, "made"),
                tab("保留", counts.held, "held"),
                tab("除外", counts.leftOut, "left-out"),
              ]}
            />
            <Panel title={`${figure(total)}件`}>
              <Table
                caption="一括発送の対象者"
                columns={[
                  {
                    title: "氏名",
                    cell: ({ person }) => person?.name?.kanji ?? "（見られません）",
                  },
                  { title: "カナ", cell: ({ person }) => person?.name?.kana },
                  {
                    title: "生年月日",
                    cell: ({ person }) => showDateShort(person?.birthDate),
                    nowrap: true,
                  },
                  { title: kind.subjects, cell: ({ subject }) => kind.subjectTitle(subject) },
                  { title: "状態", cell: (item) => states[item.state], nowrap: true },
                  {
                    title: "理由",
                    cell: (item) => <Reason item={item} titles={titles} />,
                  },
                  ...(reason === "no-glyph"
                    ? [
                        {
                          title: "文字",
                          cell: ({ characters }: (typeof items)[number]) => (
                            <Characters characters={characters} />
                          ),
                        },
                      ]
                    : []),
                  {
                    title: kind.number.title,
                    cell: ({ pieceNumber }) => pieceNumber ?? "―",
                    nowrap: true,
                  },
                  ...(prints
                    ? [
                        {
                          title: "印刷",
                          cell: ({ personNumber }: (typeof items)[number]) => {
                            const id = certificates.get(personNumber);
                            return id ? <a href={certificatePath(run.program, id)}>開く</a> : "―";
                          },
                          nowrap: true,
                        },
                      ]
                    : []),
                  ...(releases
                    ? [
                        {
                          title: "操作",
                          cell: (item: (typeof items)[number]) =>
                            item.state === "held" ? (
                              <a href={`${paths.run(run.id)}/items/${item.place}`}>
                                保留を確かめる
                              </a>
                            ) : null,
                          nowrap: true,
                        },
                      ]
                    : []),
                ]}
                rows={items}
                href={({ personNumber }) => personPath(platform, personNumber)}
                tone={({ state }) =>
                  state === "held" ? "warning" : state === "left-out" ? "muted" : undefined
                }
              />
              <Pagination
                page={at}
                pages={Math.ceil(total / rowsAPage)}
                href={(next) =>
                  paths.items(run.id, {
                    ...(state && { state }),
                    ...(reason && { reason }),
                    page: String(next),
                  })
                }
              />
            </Panel>
          </>
        ),
      });
    },
  });

/** A page of the list as the address of the page asks for it. */
async function readList(work: Work, runId: string, query: Values) {
  const { run, counts } = await readRun(work, runId);
  const kind = mailingKind(run.kind);
  const titles = reasonTitles(kind);
  const state = query.choice("state", Object.keys(states) as (keyof typeof states)[]);
  const reason = query.choice("reason", Object.keys(titles));
  const at = Math.max(1, query.integer("page") ?? 1);
  const list = await listItems(work, runId, { state, reason, page: at, size: rowsAPage });
  // Which characters they are shows only with the address, which most lists have no need of.
  const characters =
    reason === "no-glyph" ? await charactersOf(work, runId, list.items) : undefined;
  const items = list.items.map((item) => ({ ...item, characters: characters?.get(item) ?? [] }));
  const certificates = await certificatesOfRun(
    work,
    runId,
    items.map(({ personNumber }) => personNumber),
  );
  return { run, kind, counts, titles, state, reason, at, total: list.total, items, certificates };
}

function Reason(props: {
  item: { reason: string | null; releasedBy: number | null; settled: string | undefined };
  titles: Record<string, string>;
}) {
  const { reason, releasedBy, settled } = props.item;
  if (reason === null) return <>{releasedBy === null ? "―" : "保留を解除"}</>;
  const title = props.titles[reason] ?? reason;
  return (
    <>
      {waitsForRelease(reason) ? <Badge tone="protected">{title}</Badge> : title}
      {settled && <div>済み: {settled}</div>}
    </>
  );
}

const Characters = ({ characters }: { characters: readonly StoppedCharacter[] }) => (
  <>
    {characters.map((one) => (
      <div key={`${one.field} ${codeWords(one)}`}>
        {one.field} <a href={characterPath(one)}>{codeWords(one)}</a>
      </div>
    ))}
  </>
);
