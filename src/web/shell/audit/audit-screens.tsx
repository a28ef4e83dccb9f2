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
import { type Purpose, purposeTitles } from "#src/platform/work.ts";
import { ButtonLink, PageTitle, Pagination, Panel, Table } from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import { download, page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import { SessionMemory } from "../../session-memory.ts";
import { Values } from "../../values.ts";
import { type ProgramTitles, programTitles } from "../staff/duty-words.tsx";
import { AuditFilter } from "./filter.tsx";
import { readAuditQuery } from "./read-query.ts";
import { itemWords, kindTitles } from "./titles.ts";
import { VerificationPanel } from "./verification.tsx";

const guard = { right: "audit.read", purpose: "audit" } as const;
const title = "アクセス記録";
const pageSize = 50;
const mostExported = 100_000;
const lastFilter = new SessionMemory<Values>();

/** The auditor's pages: who saw what, and whether the records are as they were written. */
export function auditScreens(programs: readonly ProgramScreens[]) {
  const titles = programTitles(programs);
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: "/audit",
      audit: "audit.read",
      handle: (request) => auditPage(request, titles),
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
        return redirect("/audit");
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
        return download("access-log.csv", "text/csv; charset=utf-8", csvOf(rows, titles));
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
        return auditPage(request, titles, found);
      },
    }),
  ];
}

async function auditPage(
  { actor, work, query: address }: ScreenRequest,
  titles: ProgramTitles,
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
          titles={titles}
        />
        <Panel title={`記録 ${found.total.toLocaleString("ja-JP")}件`}>
          <Records rows={found.rows} titles={titles} />
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

const purposeTitle = (purpose: string | null) =>
  purpose === null ? "" : (purposeTitles[purpose as Purpose] ?? purpose);

function Records({ rows, titles }: { rows: readonly AuditRow[]; titles: ProgramTitles }) {
  return (
    <Table
      caption="アクセス記録"
      columns={[
        { title: "日時", cell: (row) => showMoment(row.at), nowrap: true },
        {
          title: "職員",
          cell: (row) => (
            <>
              {row.staffName ?? "―"}
              <span class="cell-note">{row.officeName}</span>
            </>
          ),
          nowrap: true,
        },
        { title: "端末", cell: (row) => row.terminalName ?? row.address ?? "―" },
        {
          title: "操作",
          cell: (row) => (
            <>
              {kindTitles[row.kind] ?? row.kind}
              <span class="cell-note">{row.action}</span>
            </>
          ),
          nowrap: true,
        },
        {
          title: "目的・理由",
          cell: (row) => [purposeTitle(row.purpose), row.reason].filter(Boolean).join(" / "),
        },
        {
          title: "事務",
          cell: (row) => (row.program ? (titles.get(row.program) ?? row.program) : ""),
        },
        { title: "宛名番号", cell: (row) => row.personNumber, nowrap: true },
        { title: "項目", cell: (row) => itemWords(row.items) },
      ]}
      rows={rows}
      empty="条件に合う記録はありません。"
    />
  );
}

function csvOf(rows: readonly AuditRow[], titles: ProgramTitles): string {
  const header = [
    "番号",
    "日時",
    "職員番号",
    "氏名",
    "所属",
    "端末",
    "種別",
    "操作",
    "目的",
    "理由",
    "事務",
    "宛名番号",
    "項目",
  ];
  const lines = rows.map((row) => [
    row.id.toString(),
    row.at.toISOString(),
    row.loginName,
    row.staffName,
    row.officeName,
    row.terminalName ?? row.address,
    kindTitles[row.kind] ?? row.kind,
    row.action,
    purposeTitle(row.purpose),
    row.reason,
    row.program ? (titles.get(row.program) ?? row.program) : "",
    row.personNumber,
    itemWords(row.items),
  ]);
  return stringify([header, ...lines], { bom: true, escape_formulas: true });
}
