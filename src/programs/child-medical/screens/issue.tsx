import { notFound } from "#src/platform/problem.ts";
import {
  Badge,
  Button,
  ButtonLink,
  Columns,
  DefinitionList,
  DisabledAction,
  Form,
  PageTitle,
  Panel,
  PrintPreview,
  SelectField,
} from "#src/web/components/index.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { issueReasonTitles } from "../reasons.ts";
import { viewApplication } from "../view.ts";
import { Banners } from "./panels.tsx";
import { CommentField, casePath, StepFields, showPeriod } from "./parts.tsx";

/** The certificate as it will be printed, before the button that issues it (again). */
export const issuePage = defineRoute({
  method: "get",
  path: "/child-medical/cases/:caseId/issue",
  right: "certificate.issue",
  program: "child-medical",
  audit: "issue.opened",
  purpose: "case",
  async handle({ params: { caseId }, work }) {
    const view = await work((unit) => viewApplication(unit, caseId), { caseId });
    const { found, entitlement, certificates } = view;
    const action = view.actions.find(({ type }) => type === "issue" || type === "reissue");
    if (!entitlement || !action) throw notFound("交付できる受給者証はありません。");
    const last = certificates[0];
    const title = `こども医療費助成 申請 ${found.number} ${action.title}`;
    return page({
      title,
      breadcrumb: [
        { title: "申請一覧", path: "/child-medical/cases" },
        { title: found.number, path: casePath(caseId) },
        { title: action.title },
      ],
      content: (
        <>
          <PageTitle>{title}</PageTitle>
          <Banners view={view} />
          <Columns wide="last">
            <Panel title="この操作で行われること">
              <DefinitionList
                items={[
                  ["受給者番号", entitlement.recipientNumber],
                  ["有効期間", showPeriod(entitlement.validFrom, entitlement.validTo)],
                  ["発行", `${(last?.issue ?? 0) + 1}回目`],
                  [
                    "これまでの受給者証",
                    last && !last.ending ? (
                      <Badge tone="warning">この操作で無効になります</Badge>
                    ) : (
                      "ありません"
                    ),
                  ],
                ]}
              />
              {action.reasons.length > 0 ? (
                <DisabledAction reasons={action.reasons}>{action.title}</DisabledAction>
              ) : (
                <Form action={`${casePath(caseId)}/step`} class="form stacked">
                  <StepFields found={found} event={action.type} />
                  {action.type === "reissue" && (
                    <SelectField
                      name="reason-reissue"
                      label="再交付の理由"
                      required
                      options={Object.entries(issueReasonTitles)
                        .filter(([value]) => value !== "first")
                        .map(([value, label]) => ({ value, label }))}
                    />
                  )}
                  <CommentField event={action.type} />
                  <Button>{action.title}</Button>{" "}
                  <ButtonLink href={casePath(caseId)}>戻る</ButtonLink>
                </Form>
              )}
            </Panel>
            <PrintPreview src={`${casePath(caseId)}/preview/certificate`} title="受給者証の見本" />
          </Columns>
        </>
      ),
    });
  },
});
