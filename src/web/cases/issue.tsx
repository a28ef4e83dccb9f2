import { certificatesOfKind } from "#src/platform/applications/index.ts";
import type { CaseAction } from "#src/platform/cases/index.ts";
import { type Entitlement, nextIssue } from "#src/platform/entitlements/index.ts";
import { notFound } from "#src/platform/problem.ts";
import {
  Badge,
  Button,
  ButtonLink,
  Columns,
  choicesOf,
  DisabledAction,
  Form,
  PageTitle,
  Panel,
  PrintPreview,
  SelectField,
  Table,
} from "../components/index.ts";
import { page, type Reply } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { Banners } from "./banners.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { caseTitle } from "./find-case.ts";
import { CommentField, StepFields, showPeriod } from "./parts.tsx";
import { casePath, listPath } from "./paths.ts";
import { reasonsOf } from "./reasons.ts";
import { type Sent, SentContext, useSent } from "./sent.tsx";
import { type ShownCase, showCase } from "./show-case.ts";
import { nameIn, type PageRequest, type Shown } from "./shown.ts";

/** Certificates as they will be printed, before the button that issues them (again). */
export function issuePage(screens: AnyCaseScreens): AnyRoute {
  const { program } = screens.application;
  return defineRoute({
    method: "get",
    path: `/${program}/cases/:caseId/issue` as const,
    right: "certificate.issue",
    program,
    audit: "issue.opened",
    purpose: "case",
    async handle(request) {
      const reply = await issueReply(screens, request, request.params.caseId);
      if (!reply)
        throw notFound(`交付できる${screens.application.certificate.title}はありません。`);
      return reply;
    },
  });
}

/** The page, where certificates can be issued; with an issue that was refused, its form comes back filled in. */
export async function issueReply(
  screens: AnyCaseScreens,
  request: PageRequest,
  caseId: string,
  sent?: Sent,
): Promise<Reply | undefined> {
  const seen = await showCase(screens, request, caseId);
  const { shown } = seen;
  const { view } = shown;
  const action = view.actions.find(({ rule }) => rule.page === "issue");
  const rows = action ? issuable(seen, action) : [];
  const [first] = rows;
  if (!action || !first) return undefined;
  const sort = certificatesOfKind(screens.application)[first.sort];
  const sortTitle = (sort ?? screens.application.certificate).title;
  const title = `${caseTitle(view.found)} ${action.title}`;
  const path = casePath(view.found);
  return page({
    title,
    status: sent ? (sent.problem?.status ?? 422) : 200,
    breadcrumb: [
      { title: "申請一覧", path: listPath(view.found.program) },
      { title: view.found.number, path },
      { title: action.title },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{title}</PageTitle>
        <Banners {...shown} />
        <Columns wide="last">
          <Panel title="この操作で行われること">
            <IssueTable view={view} rows={rows} title={sortTitle} />
            <IssueForm {...shown} action={action} rows={rows} />
          </Panel>
          <PrintPreview src={first.preview} frame="certificate" title={`${sortTitle}の見本`} />
        </Columns>
      </SentContext.Provider>
    ),
  });
}

/** Somebody's certificate that can be issued now. */
interface Issuable {
  entitled: Entitlement;
  /** Name of the sort of certificate. */
  sort: string;
  issue: number;
  /** Whether one is valid, which this issue ends. */
  replaces: boolean;
  preview: string;
}

/** At first of everybody who has none, again of whomever is chosen; by a report those that it makes due. */
function issuable({ shown }: ShownCase, { rule }: CaseAction): Issuable[] {
  const { certificates, entitlements, found } = shown.view;
  const of = (entitled: Entitlement, sort: string): Issuable => ({
    entitled,
    sort,
    issue: nextIssue(certificates, entitled.id, sort),
    replaces: certificates.some(
      (one) => one.entitlementId === entitled.id && one.kind === sort && one.endedOn === null,
    ),
    preview: `${casePath(found)}/preview/certificate?of=${entitlements.findIndex(({ id }) => id === entitled.id)}&sort=${sort}`,
  });
  if ("due" in shown.view) return shown.view.due.map(({ entitled, kind }) => of(entitled, kind));
  return entitlements
    .filter(({ status }) => status === "granted")
    .map((entitled) => of(entitled, "card"))
    .filter(({ replaces }) => rule.reasons || !replaces);
}

function IssueTable(props: { view: Shown["view"]; rows: readonly Issuable[]; title: string }) {
  const { view, rows, title } = props;
  const several = rows.length > 1;
  return (
    <Table
      caption={`交付する${title}`}
      rows={rows}
      columns={[
        { title: "氏名", cell: ({ entitled }) => nameIn(view, entitled.personNumber) },
        { title: "受給者番号", cell: ({ entitled }) => entitled.recipientNumber, nowrap: true },
        {
          title: "有効期間",
          cell: ({ entitled }) => showPeriod(entitled.validFrom, entitled.validTo),
        },
        { title: "発行", cell: ({ issue }) => `${issue}回目`, nowrap: true },
        {
          title: `これまでの${title}`,
          cell: ({ replaces }) =>
            replaces ? <Badge tone="warning">この操作で無効になります</Badge> : "ありません",
        },
        ...(several
          ? [
              {
                title: "見本",
                cell: ({ preview }: Issuable) => (
                  <a href={preview} target="certificate">
                    見る
                  </a>
                ),
                nowrap: true,
              },
            ]
          : []),
      ]}
    />
  );
}

function IssueForm(props: Shown & { action: CaseAction; rows: readonly Issuable[] }) {
  const { screens, view, action, rows } = props;
  const { type, title, reasons, rule } = action;
  const { values, errors } = useSent(type);
  if (reasons.length > 0) return <DisabledAction reasons={reasons}>{title}</DisabledAction>;
  const path = casePath(view.found);
  return (
    <Form action={`${path}/step`} class="form stacked" values={values} errors={errors}>
      <StepFields found={view.found} event={type} />
      {rule.reasons && (
        <SelectField
          name={`reason-${type}`}
          label="再交付の理由"
          required
          options={choicesOf(reasonsOf(screens.application, rule.reasons))}
        />
      )}
      {rule.reasons && rows.length > 1 && (
        <SelectField
          name={`person-${type}`}
          label="再交付する方"
          required
          empty="選んでください"
          options={rows.map(({ entitled }) => ({
            value: entitled.id,
            label: `${nameIn(view, entitled.personNumber)}（${entitled.recipientNumber}）`,
          }))}
        />
      )}
      <CommentField event={type} />
      <Button>{title}</Button> <ButtonLink href={path}>戻る</ButtonLink>
    </Form>
  );
}
