import type { ComponentChildren } from "preact";
import { holds } from "#src/platform/access/actor.ts";
import {
  type FeedKind,
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
import { Badge, Button, ButtonLink, Form, Table } from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { personPath } from "../person-path.ts";
import { faultWords, type ListName, listTitles } from "./words.ts";

interface ListRequest {
  work: Work;
  platform: Platform;
  entry: ImportRow;
  list: ListName;
  /** Where the page before ended. */
  after: string;
}

/** A page of one list of a file, read and drawn. */
export async function readList(request: ListRequest): Promise<ComponentChildren> {
  if (request.list === "bad") return badRows(request);
  if (request.list === "gone") return gonePeople(request);
  return changedRows(request, request.list);
}

type FeedRow = Awaited<ReturnType<typeof listRows>>[number];

async function changedRows(
  { work, platform, entry, list, after }: ListRequest,
  verdict: Exclude<ListName, "bad" | "gone">,
) {
  const rows = await listRows(work, entry.id, verdict, Number(after) || 0);
  const feed = await feedOf(platform, entry);
  const subjects = await subjectsOf(work, feed, entry, rows);
  const decides =
    verdict === "doubtful" &&
    entry.state === "reviewed" &&
    holds(work.actor, "feed.import", { program: "feeds" });
  return (
    <>
      <Table
        caption={listTitles[list]}
        rows={rows}
        empty={`${listTitles[list]}の行はありません。`}
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
            cell: (row: FeedRow) => (decides ? <Decision row={row} /> : fateOf(entry, row)),
          },
          {
            title: "住民",
            cell: ({ row }: FeedRow) => linkTo(platform, subjects.get(row)?.personNumber),
          },
        ]}
      />
      <More entry={entry} list={list} rows={rows.length} after={rows.at(-1)?.row} />
    </>
  );
}

function Changes(props: { kind: FeedKind; row: FeedRow; subject: RowSubject | undefined }) {
  const { kind, row, subject } = props;
  const items = (row.changes ?? []).map((change) => kind.changeTitles[change]).join("、");
  const differences = subject?.differences ?? [];
  return (
    <>
      {row.doubt && <p>{kind.doubtTitles[row.doubt]}</p>}
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

async function badRows({ work, platform, entry, list, after }: ListRequest) {
  const faults = await listBadRows(work, entry.id, Number(after) || 0, pageSize);
  const { kind } = await feedOf(platform, entry);
  return (
    <>
      <Table
        caption={listTitles[list]}
        rows={faults}
        empty="取り込めない行はありません。"
        columns={[
          { title: "行", cell: ({ row }) => row, align: "end" },
          { title: "項目", cell: (fault) => faultWords(kind, fault).item, nowrap: true },
          { title: "理由", cell: (fault) => faultWords(kind, fault).reason },
          { title: "住民", cell: ({ personNumber }) => linkTo(platform, personNumber) },
        ]}
      />
      <More
        entry={entry}
        list={list}
        rows={new Set(faults.map(({ row }) => row)).size}
        after={faults.at(-1)?.row}
      />
    </>
  );
}

async function gonePeople({ work, platform, entry, list, after }: ListRequest) {
  const from = Number(after) || 0;
  const numbers = await listGone(work, entry.id, from);
  const people = await lookAtPeople(work, numbers, ["name"]);
  return (
    <>
      <p>
        この市に住んでいるのに、全件のファイルにない人です。自動では何も変わりません。送付元へ確認してください。
      </p>
      <Table
        caption={listTitles[list]}
        rows={people}
        empty="ファイルにない人はいません。"
        columns={[
          { title: "氏名", cell: ({ name }) => name?.kanji ?? "―" },
          { title: "生年月日", cell: ({ birthDate }) => showDateShort(birthDate), nowrap: true },
          { title: "住民", cell: ({ personNumber }) => linkTo(platform, personNumber) },
        ]}
      />
      <More entry={entry} list={list} rows={numbers.length} after={from + numbers.length} />
    </>
  );
}

const linkTo = (platform: Platform, personNumber: string | null | undefined): ComponentChildren =>
  personNumber ? <a href={personPath(platform, personNumber)}>住民を開く</a> : "―";

/** The next page, from a row or a place in the list: a person number never stands in an address. */
function More(props: {
  entry: ImportRow;
  list: ListName;
  rows: number;
  after: number | undefined;
}) {
  if (props.rows < pageSize || props.after === undefined) return null;
  return (
    <ButtonLink
      href={`/feeds/${props.entry.id}/lists/${props.list}?after=${props.after}`}
      look="quiet"
    >
      次の{pageSize}件
    </ButtonLink>
  );
}
