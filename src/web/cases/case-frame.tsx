import type { ComponentChildren } from "preact";
import { Columns, PageTitle } from "../components/index.ts";
import { ActionsPanel, NextAction } from "./actions-panel.tsx";
import { AssignmentPanel } from "./assignment-panel.tsx";
import { AttachmentsPanel } from "./attachments.tsx";
import { Banners } from "./banners.tsx";
import { CorrectionsPanel } from "./corrections.tsx";
import { DocumentsPanel } from "./documents.tsx";
import { caseTitle } from "./find-case.ts";
import { CommentsPanel, HistoryPanel } from "./history.tsx";
import { IdentityPanel } from "./identity.tsx";
import { InquiriesPanel } from "./inquiries.tsx";
import { NextWorkBar } from "./next-work.tsx";
import { NotesPanel } from "./notes.tsx";
import { PapersPanel } from "./papers.tsx";
import { FlowPicture, StateBadge } from "./parts.tsx";
import type { Shown } from "./shown.ts";

/** What every page of a case has: flow and next steps, evidence, history; `children` is what it is about. */
export function CaseFrame(props: {
  shown: Shown;
  granting: ComponentChildren;
  children: ComponentChildren;
}) {
  const { shown, granting, children } = props;
  const { view } = shown;
  return (
    <>
      <PageTitle
        badge={<StateBadge tone={view.tone} title={view.stateTitle} />}
        actions={<NextAction {...shown} />}
      >
        {caseTitle(view.found)}
      </PageTitle>
      <NextWorkBar {...shown} />
      <Banners {...shown} />
      <FlowPicture picture={view.picture} reached={view.passage.reached} />
      <Columns wide="first">
        <div>
          {children}
          <AttachmentsPanel {...shown} />
          <HistoryPanel {...shown} />
        </div>
        <div>
          <ActionsPanel {...shown} />
          <CorrectionsPanel {...shown} />
          <AssignmentPanel {...shown} />
          {granting}
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
