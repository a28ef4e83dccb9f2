import { type StaffEntry, staffList } from "#src/platform/access/index.ts";
import { auditRecords, countAuditRecords } from "#src/platform/audit/index.ts";
import { logCopies } from "#src/platform/documents/index.ts";
import { readReasons } from "#src/platform/vault/index.ts";
import { ButtonLink, PageTitle, Panel } from "../../components/index.ts";
import { copyScreens } from "../../copies/index.ts";
import { copiesPath } from "../../copies/paths.ts";
import { moveOn, page } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import { Values } from "../../values.ts";
import { programTitles } from "../staff/duty-words.tsx";
import { AuditFilter } from "./filter.tsx";
import { lastFilter } from "./last-filter.ts";
import { copiesOfLog, logTitle, mostCopied } from "./log-copies.tsx";
import { readAuditQuery } from "./read-query.ts";
import { type KnownWords, Records } from "./records.tsx";
import { furtherWhy } from "./sentence.ts";
import { verificationScreens } from "./verification-screens.tsx";
import { auditWordsOf } from "./words/index.ts";

const guard = { right: "audit.read", purpose: "audit" } as const;
const title = logTitle;
const pageSize = 50;

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
    // A 宛名番号 may be asked for: the question is kept for the session and not in the address.
    defineRoute({
      ...guard,
      method: "post",
      path: "/audit",
      audit: "nothing-personal",
      because: "keeps the question; the page it leads to records the reading",
      async handle(request) {
        await lastFilter.set(request, request.form);
        return moveOn("/audit");
      },
    }),
    ...copyScreens(copiesOfLog(known)).routes,
    ...verificationScreens,
  ];
}

async function auditPage(request: ScreenRequest, known: KnownWords) {
  const { work, query: address } = request;
  const form = (await lastFilter.get(request)) ?? new Values();
  const { query, errors } = readAuditQuery(form);
  const before = address.integer("before");
  const found = await work(async (unit) => {
    const read = await auditRecords(
      unit,
      query,
      pageSize + 1,
      before === undefined ? undefined : BigInt(before),
    );
    const said = read.slice(0, pageSize).flatMap(({ detail }) => furtherWhy(detail).said ?? []);
    return {
      staff: await staffList(unit),
      rows: read,
      opened: await readReasons(unit, said),
      total: await countAuditRecords(unit, query, mostCopied + 1),
    };
  });
  const rows = found.rows.slice(0, pageSize);
  const further = found.rows.length > pageSize ? rows.at(-1)?.id : undefined;
  const total =
    found.total > mostCopied
      ? `${mostCopied.toLocaleString("ja-JP")}件以上`
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
              <ButtonLink href={`${copiesPath(logCopies)}/new`}>写し（印刷・CSV）…</ButtonLink>
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
          <Records rows={rows} known={known} opened={found.opened} />
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
