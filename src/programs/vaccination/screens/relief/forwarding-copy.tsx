import { headOf } from "#src/platform/applications/index.ts";
import type { Problem } from "#src/platform/problem.ts";
import { HeadLine } from "#src/web/cases/head-line.tsx";
import { ProblemNote, problemOf } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Columns,
  DefinitionList,
  EmptyState,
  Form,
  Notification,
  PageTitle,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { inlinePdf, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { reliefCase } from "../../relief/open.ts";
import { makePackage, newestPackage, readPackage, scansToCheck } from "../../relief/package.ts";
import { reliefPaths } from "./paths.ts";
import { scanTitle } from "./scan-title.ts";

const guard = { right: "case.examine", program: "vaccination", purpose: "case" } as const;
const base = "/vaccination/cases/:caseId/package";

/** 進達する写し: how far its pages are checked, and the copy that is made of them. */
export const forwardingCopyScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: base,
    audit: "relief.package-opened",
    handle: (request) => copyPage(request, request.params.caseId),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: base,
    audit: "relief.package-asked",
    async handle(request) {
      const { params, work } = request;
      const { caseId } = params;
      try {
        await work(async (unit) => makePackage(unit, await reliefCase(unit, caseId)), { caseId });
      } catch (error) {
        return copyPage(request, caseId, problemOf(error));
      }
      return redirect(
        reliefPaths.package(caseId),
        "進達する写しを作成しました。内容を確かめてください。",
      );
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: `${base}/pdf`,
    audit: "relief.package-read",
    async handle({ params: { caseId }, work }) {
      const pdf = await work(
        async (unit) => {
          await reliefCase(unit, caseId);
          return readPackage(unit, caseId);
        },
        { caseId },
      );
      return inlinePdf("forwarding.pdf", pdf);
    },
  }),
];

async function copyPage(
  { work }: Pick<ScreenRequest, "work">,
  caseId: string,
  problem?: Problem,
): Promise<Reply> {
  const seen = await work(
    async (unit) => {
      const found = await reliefCase(unit, caseId);
      return {
        found,
        head: await headOf(unit, found),
        scans: await scansToCheck(unit, caseId),
        made: await newestPackage(unit, caseId),
      };
    },
    { caseId },
  );
  const { found, head, scans, made } = seen;
  const marks = found.state === "forwarding";
  const rows = scans.flatMap((scan) => scan.pages.map((one) => ({ ...one, scan })));
  const unchecked = rows.filter(({ checked }) => !checked).length;
  const heading = `健康被害救済 請求 ${found.number} 進達する写し`;
  return page({
    title: heading,
    status: problem?.status ?? 200,
    breadcrumb: [
      { title: found.number, path: `/vaccination/cases/${caseId}` },
      { title: "進達する写し" },
    ],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <HeadLine head={head} />
        {problem && <ProblemNote problem={problem} />}
        {!marks && (
          <Notification tone="info" title="黒塗りと写しの作成は、進達の準備のときに行います。">
            いまの段階では、見ることだけができます。
          </Notification>
        )}
        {scans.some((one) => one.unreadable) && (
          <Notification tone="error" title="開けない添付があります">
            請求の画面で取り下げ、パスワードのないPDFか画像で添付し直してください。
          </Notification>
        )}
        <Columns wide="first">
          <Panel title="個人番号を確かめるページ">
            <Table
              caption={`${rows.length}ページ（確かめていないページ ${unchecked}）`}
              captionShown
              rows={rows}
              href={({ scan, page: at }) =>
                `${reliefPaths.package(caseId)}/${scan.attachment.id}/${at}`
              }
              empty="添付がありません。請求の画面で、書類の写しを添付してください。"
              tone={({ checked }) => (checked ? undefined : "warning")}
              columns={[
                { title: "書類", cell: ({ scan }) => scanTitle(scan) },
                { title: "ページ", cell: (row) => row.page, align: "end", nowrap: true },
                { title: "黒塗り", cell: ({ boxes }) => `${boxes.length}か所`, align: "end" },
                {
                  title: "確認",
                  cell: ({ checked }) =>
                    checked ? (
                      <Badge tone="success">確認済</Badge>
                    ) : (
                      <Badge tone="warning">未確認</Badge>
                    ),
                  nowrap: true,
                },
              ]}
            />
          </Panel>
          <Panel title="進達する写し">
            {made ? (
              <>
                <DefinitionList
                  items={[
                    ["作成", showMoment(made.madeAt)],
                    ["ページ", `${made.pages}枚`],
                    ["黒塗り", `${made.blackouts}か所`],
                    ["SHA-256", <code>{made.sha256.slice(0, 16)}…</code>],
                  ]}
                />
                <ButtonLink href={`${reliefPaths.package(caseId)}/pdf`}>写しを開く</ButtonLink>
              </>
            ) : (
              <EmptyState>まだ作られていません。</EmptyState>
            )}
            {marks && (
              <Form action={reliefPaths.package(caseId)}>
                <p>
                  添付のすべてのページを、黒塗りした画像だけのPDFにします。黒塗りの下には何も残りません。
                </p>
                <Actions>
                  <Button>{made ? "写しを作り直す" : "進達する写しを作成する"}</Button>
                </Actions>
              </Form>
            )}
          </Panel>
        </Columns>
      </>
    ),
  });
}
