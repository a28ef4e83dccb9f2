import { AppliedPanel, CurrentPanel } from "./applied-panel.tsx";
import { CaseFrame } from "./case-frame.tsx";
import { FollowUpsPanel } from "./consequences-panel.tsx";
import { ContradictionNote } from "./contradiction-note.tsx";
import { EntitlementPanel } from "./entitlement-panel.tsx";
import { GrantingPanel } from "./granting-panel.tsx";
import { IncomesPanel } from "./incomes-panel.tsx";
import { MailingsPanel } from "./mailings-panel.tsx";
import { MembersPanel, SubjectPanel } from "./people-panel.tsx";
import type { ApplicationShown } from "./shown.ts";

/** The page of an application: what was applied for beside the register, and what was granted. */
export const ApplicationPage = (shown: ApplicationShown) => (
  <CaseFrame shown={shown} granting={<GrantingPanel {...shown} />}>
    <ContradictionNote {...shown} />
    <SubjectPanel {...shown} />
    <MembersPanel {...shown} />
    <EntitlementPanel {...shown} />
    <FollowUpsPanel {...shown} />
    <CurrentPanel {...shown} />
    <MailingsPanel {...shown} />
    <AppliedPanel {...shown} />
    <IncomesPanel {...shown.view} />
    {shown.screens.panels?.(shown.view, shown.own)}
  </CaseFrame>
);
