/** Addresses of 登録者証; ids of decisions and cases, never of people. */
export const registrationPaths = {
  list: "/intractable-disease/registrations",
  ofCase: (caseId: string) => `/intractable-disease/registrations/of/${caseId}` as const,
} as const;
