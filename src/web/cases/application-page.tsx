import { Columns, PageTitle } from "../components/index.ts";
import { ActionsPanel, NextAction } from "./actions-panel.tsx";
import { AppliedPanel, CurrentPanel } from "./applied-panel.tsx";
import { AttachmentsPanel } from "./attachments.tsx";
import { Banners, DeadlineNote } from "./banners.tsx";
import { DocumentsPanel } from "./documents.tsx";
import { EntitlementPanel } from "./entitlement-panel.tsx";
import { caseTitle } from "./find-case.ts";
import { GrantingPanel } from "./granting-panel.tsx";
import { CommentsPanel, HistoryPanel } from "./history.tsx";
import { IdentityPanel } from "./identity.tsx";
import { InquiriesPanel } from "./inquiries.tsx";
import { NotesPanel } from "./notes.tsx";
import { PapersPanel } from "./papers.tsx";
import { FlowPicture, StateBadge } from "./parts.tsx";
import { MembersPanel, SubjectPanel } from "./people-panel.tsx";
import type { ApplicationShown } from "./shown.ts";

/** The page of an application: flow, next steps, what was applied for beside the register, evidence, history. */
export function ApplicationPage(shown: ApplicationShown) {
  const { screens, view } = shown;
  return (
    <>
      <PageTitle
        badge={<StateBadge tone={view.tone} title={view.stateTitle} />}
        actions={<NextAction {...shown} />}
      >
        {caseTitle(view.found)}
      </PageTitle>
      <FlowPicture picture={view.picture} history={view.history} />
      <Banners {...shown} />
      <DeadlineNote {...shown} />
      <Columns wide="first">
        <div>
          <SubjectPanel {...shown} />
          <MembersPanel {...shown} />
          <EntitlementPanel {...shown} />
          <CurrentPanel {...shown} />
          <AppliedPanel {...shown} />
          {screens.panels?.(view, shown.own)}
          <AttachmentsPanel {...shown} />
          <HistoryPanel {...shown} />
        </div>
        <div>
          <ActionsPanel {...shown} />
          <GrantingPanel {...shown} />
          <DocumentsPanel {...shown} />
          <IdentityPanel {...shown} />
          <InquiriesPanel {...shown} />
          <NotesPanel {...shown} />
          <CommentsPanel {...shown} />
          <PapersPanel {...shown} />
        </div>
      </Columns>
    </>
  );
}
