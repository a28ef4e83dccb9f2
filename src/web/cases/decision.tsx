import {
  isAsProposed,
  paperOfDecision,
  periodsGiven,
  subjectOfChange,
} from "#src/platform/applications/index.ts";
import type { Approval } from "#src/platform/cases/index.ts";
import { recipientNumbersOf } from "#src/platform/entitlements/index.ts";
import type { PaperVersion } from "#src/platform/printing/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Columns,
  DefinitionList,
  DiffTable,
  PageTitle,
  Panel,
  PrintPreview,
} from "../components/index.ts";
import { page, type Reply } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { Banners } from "./banners.tsx";
import { ChangedTable, changedRows } from "./changed-panel.tsx";
import { ConsequencesPanel } from "./consequences-panel.tsx";
import { ContradictionNote } from "./contradiction-note.tsx";
import { DecisionForms } from "./decision-forms.tsx";
import type { AnyCaseScreens, Items } from "./declaration.ts";
import { DraftsContext } from "./drafted-form.tsx";
import { caseTitle } from "./find-case.ts";
import { readFormDrafts } from "./form-drafts.ts";
import { ChangeGrantingPanel, GrantingPanel } from "./granting-panel.tsx";
import { CommentsPanel } from "./history.tsx";
import { IdentityPanel } from "./identity.tsx";
import { IncomesPanel } from "./incomes-panel.tsx";
import { applicationOutcome, changeOutcome } from "./outcome.ts";
import { paperTitle } from "./paper-title.ts";
import { StateBadge } from "./parts.tsx";
import { casePath, listPath } from "./paths.ts";
import { MembersPanel, SubjectPanel } from "./people-panel.tsx";
import { type Sent, SentContext } from "./sent.tsx";
import { type ShownCase, showCase } from "./show-case.ts";
import type { ApplicationShown, ChangeShown, PageRequest, Shown } from "./shown.ts";

/** The page of a decision: exactly what will happen stands above the button. */
export function decisionPage(screens: AnyCaseScreens): AnyRoute {
  const { program } = screens.application;
  return defineRoute({
    method: "get",
    path: `/${program}/cases/:caseId/decision` as const,
    right: "case.approve",
    handbook: "04-approval",
    program,
    audit: "decision.opened",
    purpose: "approval",
    async handle(request) {
      const draft = request.query.text("draft");
      const reply = await decisionReply(screens, { ...request, draft }, request.params.caseId);
      if (!reply) throw notFound("決裁を待っているものはありません。");
      return reply;
    },
  });
}

/** The page, where something waits for a decision; with a decision that was refused, its form comes back filled in. */
export async function decisionReply(
  screens: AnyCaseScreens,
  request: PageRequest,
  caseId: string,
  sent?: Sent,
): Promise<Reply | undefined> {
  const seen = await showCase(screens, request, caseId);
  const { view } = seen.shown;
  const open = view.approvals.at(-1);
  if (!open || open.decision) return undefined;
  const decision = await request.work((unit) => lookAhead(unit, seen, open), { caseId });
  const title = `${caseTitle(view.found)} 決裁`;
  const path = casePath(view.found);
  const drafts = await request.work(
    (unit) => readFormDrafts(unit, view.found, { page: "decision", draft: request.draft }),
    { caseId },
  );
  return page({
    title,
    status: sent ? (sent.problem?.status ?? 422) : 200,
    breadcrumb: [
      { title: "申請一覧", path: listPath(view.found.program) },
      { title: view.found.number, path },
      { title: "決裁" },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <DraftsContext.Provider value={drafts}>
          <PageTitle badge={<StateBadge tone={view.tone} title={view.stateTitle} />}>
            {title}
          </PageTitle>
          <Banners {...seen.shown} />
          {!seen.isChange && !seen.isOther && <ContradictionNote {...seen.shown} />}
          <Columns wide="first">
            <div>
              <Panel title="この決裁で行われること">
                <DefinitionList items={[...decision.outcome, ...peopleLines(view, open)]} />
                <DecisionForms {...seen.shown} paper={decision.paper} moved={decision.moved} />
              </Panel>
              {!seen.isOther && <ConsequencesPanel {...seen.shown} />}
              <About {...seen} />
              <SubjectPanel {...seen.shown} />
              <MembersPanel {...seen.shown} />
            </div>
            <div>
              {(decision.paper || decision.notice) && (
                <PrintPreview
                  src={`${path}/preview/${open.subject}`}
                  title={`送付する${decision.notice ?? paperTitle(screens.application, { kind: open.subject })}の見本`}
                  height="half"
                />
              )}
              <Beside {...seen} />
              <IdentityPanel {...seen.shown} />
              <CommentsPanel {...seen.shown} />
            </div>
          </Columns>
        </DraftsContext.Provider>
      </SentContext.Provider>
    ),
  });
}

function About(seen: ShownCase) {
  if (seen.isOther) {
    const { Content } = seen.shown.other;
    return <Content view={seen.shown.view} />;
  }
  return seen.isChange ? <Changed {...seen.shown} /> : <Applied {...seen.shown} />;
}

function Beside(seen: ShownCase) {
  if (seen.isOther) {
    const { Side } = seen.shown.other;
    return <Side view={seen.shown.view} />;
  }
  return seen.isChange ? (
    <ChangeGrantingPanel {...seen.shown} />
  ) : (
    <GrantingPanel {...seen.shown} />
  );
}

/** What the decision will do, and with what its letter is printed, where it sends one. */
async function lookAhead(
  work: Work,
  seen: ShownCase,
  open: Approval,
): Promise<{
  outcome: Items;
  paper?: PaperVersion;
  /** What the notice of a case of another kind is called. */
  notice?: string | undefined;
  moved: readonly string[];
}> {
  if (seen.isOther) {
    const { lines, moved, notice } = seen.shown.other.outcome(seen.shown.view, open.subject);
    return { outcome: lines, moved, notice };
  }
  const { screens, view } = seen.shown;
  const { program } = view.found;
  const paper = await paperOfDecision(work, program, open.subject);
  const moved = await movedSince(work, seen, open);
  if (seen.isChange) {
    const { change, found } = seen.shown.view;
    const own = await subjectOfChange(screens.change, change).outcome?.(work, found, change);
    const lines = (own ?? []).map(({ label, value }) => [label, value] as const);
    return { paper, moved, outcome: changeOutcome(seen.shown, open, lines) };
  }
  const { granting } = seen.shown.view;
  const numbers = new Map<string, string>();
  for (const { personNumber } of granting.granted ? granting.periods : []) {
    const held = await recipientNumbersOf(work, program, personNumber);
    const present = held.find(({ validTo }) => validTo === null);
    if (present) numbers.set(personNumber, present.recipientNumber);
  }
  return { paper, moved, outcome: applicationOutcome(seen.shown, open, numbers) };
}

/** Says so where the rules give something else by now than what was proposed: it can't be decided on then. */
async function movedSince(
  work: Work,
  { shown: { view } }: Exclude<ShownCase, { isOther: true }>,
  open: Approval,
): Promise<string[]> {
  if (open.subject !== "grant" || !view.granting?.granted) return [];
  const present = "change" in view ? view.entitlements : [];
  if (await isAsProposed(work, open, periodsGiven(view.granting, present))) return [];
  return ["起案の後に認定の内容が変わったため、決裁できません。差し戻してください。"];
}

/** Who entered, confirmed and prepared it: other people than the one who decides. */
function peopleLines({ entry, staffNames }: Shown["view"], open: Approval): Items {
  const name = (id: number | null) => (id === null ? "未確認" : (staffNames.get(id) ?? ""));
  return [
    ...(entry
      ? ([
          ["入力と確認", `入力 ${name(entry.enteredBy)}　確認 ${name(entry.confirmedBy)}`],
        ] as const)
      : []),
    ["起案", `${name(open.preparedBy)}（第${open.preparedRevision}版）`],
  ];
}

function Applied({ screens, view, differences, own }: ApplicationShown) {
  return (
    <>
      <Panel title="申請内容と住民記録">
        {differences.length > 0 && (
          <DiffTable caption="申請内容と住民記録の照合" rows={differences} />
        )}
        {view.entered && <DefinitionList items={screens.items(view.entered)} />}
      </Panel>
      <IncomesPanel {...view} />
      {screens.panels?.(view, own)}
    </>
  );
}

function Changed(shown: ChangeShown) {
  const rows = changedRows(shown);
  return (
    <>
      {rows.length > 0 && (
        <Panel title="届出の内容">
          <ChangedTable rows={rows} />
        </Panel>
      )}
      {shown.screens.changePanels?.(shown.view)}
    </>
  );
}
