/** Addresses of the register of clinics. Numbers of clinics are no personal data. */
export const clinicPaths = {
  list: "/vaccination/clinics",
  clinic: (code: string) => `/vaccination/clinics/${code}` as const,
  named: "/vaccination/clinics/named",
  waiting: "/vaccination/clinics/waiting",
  bodies: "/vaccination/clinics/bodies",
  body: (code: string) => `/vaccination/clinics/bodies/${code}` as const,
  account: (id: string) => `/vaccination/clinics/accounts/${id}` as const,
  prices: "/vaccination/clinics/prices",
  imports: "/vaccination/clinics/imports",
  import: (id: string) => `/vaccination/clinics/imports/${id}` as const,
} as const;
