/** Addresses of 自己負担減免. People are named by the token of their page. */
export const exemptionPaths = {
  list: "/vaccination/exemptions",
  application: (id: string) => `/vaccination/exemptions/${id}` as const,
  newOf: (person: string) => `/vaccination/exemption-new/${person}` as const,
  certificates: "/vaccination/exemption-certificates",
  certificate: (id: string) => `/vaccination/exemption-certificates/${id}` as const,
  notice: (id: string) => `/vaccination/exemption-notices/${id}` as const,
  lists: "/vaccination/exemption-lists",
  order: "exemption-mailings/new",
} as const;
