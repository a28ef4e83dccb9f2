import type { ComponentChildren } from "preact";
import type { CaseAction, CaseRow } from "#src/platform/cases/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { type PaperVersion, paperMark } from "#src/platform/printing/index.ts";
import { notFound } from "#src/platform/problem.ts";
import {
  Button,
  Columns,
  DefinitionList,
  DiffTable,
  DisabledAction,
  Form,
  PageTitle,
  Panel,
  PrintPreview,
} from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Application } from "../application.ts";
import { paperOfDecision } from "../decision-paper.ts";
import { lossReasonTitles, rejectionReasonTitles, revocationReasonTitles } from "../reasons.ts";
import { type ApplicationView, type ChangeView, viewApplication, viewChange } from "../view.ts";
import { PeriodPanel } from "./application-view.tsx";
import { Banners, ChildPanel, CommentsPanel, enteredItems, IdentityPanel } from "./panels.tsx";
import { CommentField, casePath, StateBadge, StepFields, showPeriod } from "./parts.tsx";

/** The page of a decision: exactly what will happen stands above the button. */
export const decisionPage = defineRoute({
  method: "get",
  path: "/child-medical/cases/:caseId/decision",
  right: "case.approve",
  program: "child-medical",
  audit: "decision.opened",
  purpose: "approval",
  async handle({ params: { caseId }, work, platform }) {
    const today = platform.clock.today();
    const { kind } = await work((unit) => getCase(unit, caseId), { caseId });
    const view =
      kind === "child-medical"
        ? await work((unit) => viewApplication(unit, caseId), { caseId })
        : await work((unit) => viewChange(unit, caseId), { caseId });
    const open = view.approvals.at(-1);
    if (!open || open.decision) throw notFound("決裁を待っているものはありません。");
    const paper = await work((unit) => paperOfDecision(unit, open.subject), { caseId });
    const title = `こども医療費助成 ${kind === "child-medical" ? "申請" : "届出"} ${view.found.number} 決裁`;
    return page({
      title,
      breadcrumb: [
        { title: "申請一覧", path: "/child-medical/cases" },
        { title: view.found.number, path: casePath(caseId) },
        { title: "決裁" },
      ],
      content: (
        <>
          <PageTitle badge={<StateBadge state={view.found.state} title={view.stateTitle} />}>
            {title}
          </PageTitle>
          <Banners view={view} />
          <Columns wide="first">
            <div>
              <Panel title="この決裁で行われること">
                <DefinitionList
                  items={[
                    ...("period" in view
                      ? applicationOutcome(view, open.subject, today)
                      : lossOutcome(view)),
                    ["入力と確認", enteredAndConfirmed(view)],
                    [
                      "起案",
                      `${view.staffNames.get(open.preparedBy) ?? ""}（第${open.preparedRevision}版）`,
                    ],
                  ]}
                />
                <DecisionForms found={view.found} actions={view.actions} paper={paper} />
              </Panel>
              {"period" in view && (
                <Panel title="申請内容と住民記録">
                  <DiffTable caption="申請内容と住民記録の照合" rows={view.differences} />
                  {view.application && <DefinitionList items={enteredItems(view.application)} />}
                </Panel>
              )}
              <ChildPanel view={view} today={today} />
            </div>
            <div>
              <PrintPreview
                src={`${casePath(caseId)}/preview/${open.subject}`}
                title="送付する通知書の見本"
                height="half"
              />
              {"period" in view && <PeriodPanel view={view} />}
              <IdentityPanel view={view} />
              <CommentsPanel history={view.history} />
            </div>
          </Columns>
        </>
      ),
    });
  },
});

function enteredAndConfirmed({ entry, staffNames }: ApplicationView | ChangeView): string {
  if (!entry) return "―";
  const name = (id: number | null) => (id === null ? "未確認" : (staffNames.get(id) ?? ""));
  return `入力 ${name(entry.enteredBy)}　確認 ${name(entry.confirmedBy)}`;
}

type Item = [string, ComponentChildren];

function applicationOutcome(view: ApplicationView, subject: string, today: IsoDate): Item[] {
  const reason = String(view.history.findLast((line) => line.detail.reason)?.detail.reason ?? "");
  const letter = letterTo(view.application);
  if (subject === "grant" && view.period.granted) {
    return [
      ["処分", "受給資格を認定します"],
      ["有効期間", showPeriod(view.period.from, view.period.to)],
      ["受給者番号", "この決裁のときに付番します（以前の番号があれば同じ番号）"],
      ["認定日", showDate(today)],
      ["通知", `認定通知書を1通作成します。宛先: ${letter}`],
      ["支払", "この決裁では支払は生じません"],
    ];
  }
  if (subject === "revocation") {
    return [
      ["処分", "受給資格を職権で取り消します（認定の日にさかのぼります）"],
      ["理由", revocationReasonTitles[reason as keyof typeof revocationReasonTitles]],
      ["受給者証", "有効な受給者証は失効します"],
      ["通知", `取消通知書（教示文付き）を1通作成します。宛先: ${letter}`],
    ];
  }
  return [
    ["処分", "申請を却下します"],
    ["理由", rejectionReasonTitles[reason as keyof typeof rejectionReasonTitles]],
    ["通知", `却下通知書（教示文付き）を1通作成します。宛先: ${letter}`],
  ];
}

function letterTo(data: Application | undefined): string {
  const to = data?.mailing ?? data?.guardian;
  return to ? `〒${to.postalCode} ${to.address} ${to.building} ${to.name} 様` : "―";
}

function lossOutcome({ change, current }: ChangeView): Item[] {
  return [
    ["処分", "受給資格の喪失を決定します"],
    ["資格がなくなる日", showDate(change.occursOn as IsoDate)],
    ["理由", change.lossReason ? lossReasonTitles[change.lossReason] : "―"],
    ["受給者証", "有効な受給者証は失効します"],
    ["通知", `資格喪失通知書（教示文付き）を1通作成します。宛先: ${letterTo(current)}`],
  ];
}

function DecisionForms(props: {
  found: CaseRow;
  actions: readonly CaseAction[];
  paper: PaperVersion;
}) {
  const { found, actions, paper } = props;
  const decide = actions.find((action) => action.type === "approve" || action.type === "revoke");
  const remand = actions.find((action) => action.type === "remand");
  return (
    <Columns>
      {decide && (
        <DecisionForm
          found={found}
          action={decide}
          paper={paper}
          button="この内容で決裁する"
          look="primary"
        />
      )}
      {remand && <DecisionForm found={found} action={remand} button="差し戻す" look="secondary" />}
    </Columns>
  );
}

function DecisionForm(props: {
  found: CaseRow;
  action: CaseAction;
  /** What the letter of the decision is printed with on this page. */
  paper?: PaperVersion;
  button: string;
  look: "primary" | "secondary";
}) {
  const { found, action, paper, button, look } = props;
  if (action.reasons.length > 0)
    return <DisabledAction reasons={action.reasons}>{button}</DisabledAction>;
  const required = action.comment === "required";
  return (
    <Form action={`${casePath(found.id)}/step`} class="form stacked">
      <StepFields found={found} event={action.type} />
      {paper && <input type="hidden" name="paper" value={paperMark(paper)} />}
      <CommentField
        event={action.type}
        label={required ? "差戻しの理由" : "コメント"}
        required={required}
      />
      <Button look={look}>{button}</Button>
    </Form>
  );
}
