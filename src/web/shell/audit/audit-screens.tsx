import { stringify } from "csv-stringify/sync";
import { type StaffEntry, staffList } from "#src/platform/access/index.ts";
import { type AuditRow, auditRecords, countAuditRecords } from "#src/platform/audit/index.ts";
import { ButtonLink, PageTitle, Panel, Table } from "../../components/index.ts";
import { showSecond } from "../../dates.ts";
import { download, moveOn, page } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import { SessionMemory } from "../../session-memory.ts";
import { Values } from "../../values.ts";
import { type ProgramTitles, programTitles } from "../staff/duty-words.tsx";
import { AuditFilter } from "./filter.tsx";
import { readAuditQuery } from "./read-query.ts";
import { sentenceOf, whyOf } from "./sentence.ts";
import { itemWords, kindTitles } from "./titles.ts";
import { verificationScreens } from "./verification-screens.tsx";
import { type AuditWords, auditWordsOf } from "./words/index.ts";

const guard = { right: "audit.read", purpose: "audit" } as const;
const title = "アクセス記録";
const pageSize = 50;
const mostExported = 100_000;
const lastFilter = new SessionMemory<Values>();

/** Names of the 事務 and words for what was done. */
interface Known {
  titles: ProgramTitles;
  words: AuditWords;
}

/** The auditor's pages: who saw what, and whether the records are as they were written. */
export function auditScreens(programs: readonly ProgramScreens[]) {
  const known = { titles: programTitles(programs), words: auditWordsOf(programs) };
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: "/audit",
      audit: "audit.read",
      handle: (request) => auditPage(request, known),
    }),
    // A 宛名番号 may be asked for: the question is kept in memory and not in the address.
    defineRoute({
      ...guard,
      method: "post",
      path: "/audit",
      audit: "nothing-personal",
      because: "keeps the question; the page it leads to records the reading",
      async handle(request) {
        lastFilter.set(request.actor, request.form);
        return moveOn("/audit");
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: "/audit/records.csv",
      audit: "audit.exported",
      async handle({ actor, work }) {
        const { query } = readAuditQuery(lastFilter.get(actor) ?? new Values());
        const rows = await work((unit) => auditRecords(unit, query, mostExported));
        return download("access-log.csv", "text/csv; charset=utf-8", csvOf(rows, known));
      },
    }),
    ...verificationScreens,
  ];
}

async function auditPage({ actor, work, query: address }: ScreenRequest, known: Known) {
  const form = lastFilter.get(actor) ?? new Values();
  const { query, errors } = readAuditQuery(form);
  const before = address.integer("before");
  const found = await work(async (unit) => ({
    staff: await staffList(unit),
    rows: await auditRecords(
      unit,
      query,
      pageSize + 1,
      before === undefined ? undefined : BigInt(before),
    ),
    total: await countAuditRecords(unit, query, mostExported + 1),
  }));
  const rows = found.rows.slice(0, pageSize);
  const further = found.rows.length > pageSize ? rows.at(-1)?.id : undefined;
  const total =
    found.total > mostExported
      ? `${mostExported.toLocaleString("ja-JP")}件以上`
      : `${found.total.toLocaleString("ja-JP")}件`;
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle
          actions={
            <>
              <ButtonLink href="/audit/verification">改ざんの検証</ButtonLink>
              <ButtonLink href="/audit/records.csv">CSV（{total}）</ButtonLink>
            </>
          }
        >
          {title}
        </PageTitle>
        <AuditFilter
          form={form}
          errors={errors}
          staff={staffChoices(found.staff)}
          titles={known.titles}
          words={known.words}
        />
        <Panel title={`記録 ${total}`}>
          <Records rows={rows} known={known} />
        </Panel>
        {(before !== undefined || further !== undefined) && (
          <nav class="pagination" aria-label="ページ">
            {before !== undefined && <a href="/audit">最新の記録へ</a>}
            {further !== undefined && (
              <a href={`/audit?before=${further}`} rel="next">
                次の{pageSize}件へ
              </a>
            )}
          </nav>
        )}
      </>
    ),
  });
}

const staffChoices = (staff: readonly StaffEntry[]) =>
  staff.map(({ id, loginName, displayName }) => ({
    value: String(id),
    label: `${displayName}（${loginName}）`,
  }));

function Records({ rows, known }: { rows: readonly AuditRow[]; known: Known }) {
  return (
    <Table
      caption="アクセス記録"
      columns={[
        { title: "日時", cell: (row) => showSecond(row.at), nowrap: true },
        { title: "内容", cell: (row) => sentenceOf(row, known.words) },
        { title: "目的・理由", cell: whyOf },
        {
          title: "所属・端末",
          cell: (row) => (
            <>
              {row.officeName ?? "全市"}
              <span class="cell-note">{row.terminalName ?? row.address}</span>
            </>
          ),
          nowrap: true,
        },
        { title: "事務", cell: (row) => programOf(row, known) },
      ]}
      rows={rows}
      empty="条件に合う記録はありません。"
    />
  );
}

const programOf = ({ program }: AuditRow, { titles }: Known) =>
  program ? (titles.get(program) ?? "共通") : "";

function csvOf(rows: readonly AuditRow[], known: Known): string {
  const header = [
    "番号",
    "日時",
    "職員番号",
    "氏名",
    "所属",
    "端末",
    "種別",
    "内容",
    "目的・理由",
    "事務",
    "宛名番号",
    "項目",
  ];
  const lines = rows.map((row) => [
    row.id.toString(),
    showSecond(row.at),
    row.loginName,
    row.staffName,
    row.officeName,
    row.terminalName ?? row.address,
    kindTitles[row.kind],
    sentenceOf(row, known.words),
    whyOf(row),
    programOf(row, known),
    row.personNumber,
    itemWords(row.items),
  ]);
  return stringify([header, ...lines], { bom: true, escape_formulas: true });
}
