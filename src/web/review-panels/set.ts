import type { PanelMember, ReviewPanel } from "#src/platform/review-panels/index.ts";

/** A panel as its screens know it. */
export interface PanelSet {
  panel: ReviewPanel;
  /** Addresses of its meetings and its members. */
  sessions: `/${string}`;
  members: `/${string}`;
  session: (id: number | string) => `/${string}`;
  /** Of the answer of a meeting on one case. */
  answer: (id: number | string, caseId: string) => `/${string}`;
  /** Of a case that it hears. */
  case: (caseId: string) => `/${string}`;
  /** What guards its pages. */
  guard: { right: "case.examine"; program: string; purpose: "case" };
}

/** @param sessions address of its meetings @param members address of its members, not below the other */
export const panelSetOf = (
  panel: ReviewPanel,
  { sessions, members }: Pick<PanelSet, "sessions" | "members">,
): PanelSet => ({
  panel,
  sessions,
  members,
  session: (id) => `${sessions}/${id}`,
  answer: (id, caseId) => `${sessions}/${id}/answers/${caseId}`,
  case: (caseId) => `/${panel.program}/cases/${caseId}`,
  guard: { right: "case.examine", program: panel.program, purpose: "case" },
});

/** A member as an option of a field. */
export const choiceOfMember = (
  { roles }: ReviewPanel,
  { id, name, role }: Pick<PanelMember, "id" | "name" | "role">,
) => ({
  value: String(id),
  label: `${name}（${roles[role] ?? role}）`,
});
