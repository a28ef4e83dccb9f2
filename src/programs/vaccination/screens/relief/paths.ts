/** Addresses of 健康被害救済; ids of cases, meetings and members, never of people. */
export const reliefPaths = {
  open: "/vaccination/relief",
  form: "/vaccination/relief/form",
  package: (caseId: string) => `/vaccination/cases/${caseId}/package` as const,
  committee: "/vaccination/relief/committee",
  members: "/vaccination/relief/members",
  session: (id: number | string) => `/vaccination/relief/committee/${id}` as const,
} as const;
