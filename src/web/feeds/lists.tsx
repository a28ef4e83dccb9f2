import type { ComponentChildren } from "preact";
import { holds } from "#src/platform/access/actor.ts";
import {
  type FeedKind,
  feedKind,
  feedOf,
  type ImportRow,
  listBadRows,
  listGone,
  listRows,
  pageSize,
  type RowSubject,
  subjectsOf,
} from "#src/platform/feeds/index.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import type { Work } from "#src/platform/work.ts";
import { Badge, Button, Form, Pagination, Table } from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { personPath } from "../person-path.ts";
import { type FileList, faultWords } from "./words.ts";

interface ListRequest {
  work: Work;
  platform: Platform;
  entry: ImportRow;
  list: FileList;
  page: number;
}

/** A page of one list of a file, read and drawn. */
export async function readList(request: ListRequest): Promise<ComponentChildren> {
  if (request.list.name === "bad") return badRows(request);
  if (request.list.name === "gone") return gonePeople(request);
  return changedRows(request);
}

type FeedRow = Awaited<ReturnType<typeof listRows>>["rows"][number];

async function changedRows({ work, platform, entry, list, page }: ListRequest) {
  const { rows, total } = await listRows(work, entry.id, list.name, page);
  const feed = await feedOf(platform, entry);
  const subjects = await subjectsOf(work, feed, entry, rows);
  const decides =
    list.name === "doubtful" &&
    entry.state === "reviewed" &&
    holds(work.actor, "feed.import", { program: "feeds" });
  return (
    <>
      <Table
        caption={list.title}
        rows={rows}
        empty={`${list.title}の行はありません。`}
        tone={({ superseded }) => (superseded ? "muted" : undefined)}
        columns={[
          { title: "行", cell: ({ row }: FeedRow) => row, align: "end" },
          { title: "対象", cell: ({ row }: FeedRow) => subjects.get(row)?.label ?? "―" },
          {
            title: "変わる項目",
            cell: (row: FeedRow) => (
              <Changes kind={feed.kind} row={row} subject={subjects.get(row.row)} />
            ),
          },
          {
            title: "扱い",
            cell: (row: FeedRow) =>
              decides && feed.kind.doubts[row.doubt ?? ""]?.acceptable ? (
                <Decision row={row} />
              ) : (
                fateOf(entry, row)
              ),
          },
          {
            title: "住民",
            cell: ({ row }: FeedRow) => linkTo(platform, subjects.get(row)?.personNumber),
          },
        ]}
      />
      <Pages entry={entry} list={list} page={page} total={total} />
    </>
  );
}

function Changes(props: { kind: FeedKind; row: FeedRow; subject: RowSubject | undefined }) {
  const { kind, row, subject } = props;
  const items = (row.changes ?? []).map((change) => kind.changeTitles[change]).join("、");
  const differences = subject?.differences ?? [];
  return (
    <>
      {row.doubt && <p>{kind.doubts[row.doubt]?.title}</p>}
      {differences.length === 0 && (items || "―")}
      {differences.map(({ title, before, after }) => (
        <p key={title}>
          {title}：{before} → <strong>{after}</strong>
        </p>
      ))}
    </>
  );
}

function fateOf({ state }: ImportRow, row: FeedRow): ComponentChildren {
  if (row.superseded) return "後の行で更新";
  if (row.verdict === "doubtful" && !row.accepted) return "反映しない";
  if (state === "committed") return <Badge tone="success">反映済み</Badge>;
  return state === "cancelled" ? "取消" : "反映予定";
}

function Decision({ row }: { row: FeedRow }) {
  return (
    <Form action={`/feeds/${row.importId}/rows/${row.row}/decision`} class="inline-form">
      <Badge tone={row.accepted ? "warning" : "neutral"}>
        {row.accepted ? "反映する" : "反映しない"}
      </Badge>
      <Button look="quiet" name="decision" value={row.accepted ? "leave" : "accept"}>
        {row.accepted ? "反映しないに変える" : "反映するに変える"}
      </Button>
    </Form>
  );
}

async function badRows({ work, platform, entry, list, page }: ListRequest) {
  const faults = await listBadRows(work, entry.id, page);
  const kind = feedKind(entry.kind);
  return (
    <>
      <Table
        caption={list.title}
        rows={faults.rows}
        empty="取り込めない行はありません。"
        columns={[
          { title: "行", cell: ({ row }) => row, align: "end" },
          { title: "項目", cell: (fault) => faultWords(kind, fault).item, nowrap: true },
          { title: "理由", cell: (fault) => faultWords(kind, fault).reason },
          { title: "住民", cell: ({ personNumber }) => linkTo(platform, personNumber) },
        ]}
      />
      <Pages entry={entry} list={list} page={page} total={faults.total} />
    </>
  );
}

async function gonePeople({ work, platform, entry, list, page }: ListRequest) {
  const { rows: numbers, total } = await listGone(work, entry.id, page);
  const people = await lookAtPeople(work, numbers, ["name"]);
  return (
    <>
      <p>{feedKind(entry.kind).expected?.hint}</p>
      <Table
        caption={list.title}
        rows={people}
        empty="ファイルにない人はいません。"
        columns={[
          { title: "氏名", cell: ({ name }) => name?.kanji ?? "―" },
          { title: "生年月日", cell: ({ birthDate }) => showDateShort(birthDate), nowrap: true },
          { title: "住民", cell: ({ personNumber }) => linkTo(platform, personNumber) },
        ]}
      />
      <Pages entry={entry} list={list} page={page} total={total} />
    </>
  );
}

const linkTo = (platform: Platform, personNumber: string | null | undefined): ComponentChildren =>
  personNumber ? <a href={personPath(platform, personNumber)}>住民を開く</a> : "―";

function Pages(props: { entry: ImportRow; list: FileList; page: number; total: number }) {
  const { entry, list, page, total } = props;
  return (
    <Pagination
      page={page}
      pages={Math.ceil(total / pageSize)}
      href={(next) => `/feeds/${entry.id}/lists/${list.name}?page=${next}`}
    />
  );
}
