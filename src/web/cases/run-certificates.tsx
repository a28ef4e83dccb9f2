import {
  certificateOfRun,
  certificatesOfKind,
  reprintCertificate,
} from "#src/platform/applications/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { certificateEndingTitles, issueReasonTitles } from "#src/platform/entitlements/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  Badge,
  DefinitionList,
  Notification,
  PageTitle,
  Panel,
  PrintPreview,
} from "../components/index.ts";
import { showDate } from "../dates.ts";
import { PaperWords } from "../paper-words.tsx";
import { inlinePdf, page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { casePath, certificatePath, listPath } from "./paths.ts";

/** A certificate of a run (一括交付), printed again as it was issued. */
export function runCertificateScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { application } = screens;
  const { program } = application;
  const shared = { method: "get", right: "document.print", program, purpose: "case" } as const;
  return [
    defineRoute({
      ...shared,
      path: `/${program}/certificates/of-runs/:certificateId` as const,
      audit: "certificate.opened",
      handle: ({ params: { certificateId }, work }) =>
        work((unit) => certificateReply(unit, screens, certificateId)),
    }),
    // Each time is recorded.
    defineRoute({
      ...shared,
      path: `/${program}/certificates/of-runs/:certificateId/pdf` as const,
      audit: "certificate.printed",
      async handle({ params: { certificateId }, work }) {
        const { pdf } = await work((unit) => reprintCertificate(unit, application, certificateId));
        return inlinePdf("certificate.pdf", pdf);
      },
    }),
  ];
}

async function certificateReply(work: Work, { application }: AnyCaseScreens, id: string) {
  const { program } = application;
  const { certificate, entitled, templateVersion } = await certificateOfRun(work, program, id);
  const { kind, issue, reason, issuedOn, ending, endedOn, formSettingId } = certificate;
  const from = await getCase(work, entitled.caseId);
  const name = (certificatesOfKind(application)[kind] ?? application.certificate).title;
  const title = `${name} ${entitled.recipientNumber}（${issue}回目の交付）`;
  return page({
    title,
    breadcrumb: [
      { title: "申請一覧", path: listPath(program) },
      { title: from.number, path: casePath(from) },
      { title: name },
    ],
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {ending && (
          <Notification tone="warning">
            この証はもう使えません（{certificateEndingTitles[ending]}、
            {showDate(endedOn as IsoDate | null)}
            ）。印刷したものを使える証として渡さないでください。
          </Notification>
        )}
        <Panel title="発行の記録">
          <DefinitionList
            columns={3}
            items={[
              ["交付", `一括交付（${issueReasonTitles[reason]}）`],
              ["発行日", showDate(issuedOn as IsoDate)],
              [
                "状態",
                ending ? certificateEndingTitles[ending] : <Badge tone="success">有効</Badge>,
              ],
              [
                "様式・設定",
                <PaperWords paper={{ template: templateVersion, setting: formSettingId }} />,
              ],
            ]}
          />
        </Panel>
        <PrintPreview src={`${certificatePath(program, id)}/pdf`} title={title} />
      </>
    ),
  });
}
