import { stringify } from "csv-stringify/sync";
import { type StaffEntry, staffList } from "#src/platform/access/index.ts";
import {
  type AuditRow,
  type AuditVerification,
  auditRecords,
  countAuditRecords,
  publicHalf,
  sealRecords,
  sealState,
  verifyAudit,
} from "#src/platform/audit/index.ts";
import { ButtonLink, PageTitle, Pagination, Panel, Table } from "../../components/index.ts";
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
import { VerificationPanel } from "./verification.tsx";
import { type AuditWords, auditWordsOf } from "./words.ts";

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
    defineRoute({
      ...guard,
      method: "post",
      path: "/audit/verification",
      audit: "audit.verified",
      async handle(request) {
        const { platform, work } = request;
        await sealRecords(platform);
        const publicKey = publicHalf(platform.keys.signingKey);
        const found = await work((unit) =>
          verifyAudit(unit.sql, { dataFolder: platform.dataFolder, publicKey }),
        );
        return auditPage(request, known, found);
      },
    }),
  ];
}

async function auditPage(
  { actor, work, query: address }: ScreenRequest,
  known: Known,
  verified?: AuditVerification,
) {
  const form = lastFilter.get(actor) ?? new Values();
  const { query, errors } = readAuditQuery(form);
  const at = Math.max(1, address.integer("page") ?? 1);
  const found = await work(async (unit) => ({
    staff: await staffList(unit),
    seals: await sealState(unit),
    rows: await auditRecords(unit, query, pageSize, (at - 1) * pageSize),
    total: await countAuditRecords(unit, query),
  }));
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle
          actions={
            <ButtonLink href="/audit/records.csv">
              CSV（{found.total.toLocaleString("ja-JP")}件）
            </ButtonLink>
          }
        >
          {title}
        </PageTitle>
        <VerificationPanel seals={found.seals} verified={verified} />
        <AuditFilter
          form={form}
          errors={errors}
          staff={staffChoices(found.staff)}
          titles={known.titles}
          words={known.words}
        />
        <Panel title={`記録 ${found.total.toLocaleString("ja-JP")}件`}>
          <Records rows={found.rows} known={known} />
        </Panel>
        <Pagination
          page={at}
          pages={Math.ceil(found.total / pageSize)}
          href={(number) => `/audit?page=${number}`}
        />
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
