/** Addresses of the claims of clinics. */
export const clinicClaimPaths = {
  list: "/vaccination/clinic-claims",
  fresh: "/vaccination/clinic-claims/new",
  file: "/vaccination/clinic-claims/file",
  unclaimed: "/vaccination/clinic-claims/unclaimed",
  totals: "/vaccination/clinic-claims/totals",
  decide: "/vaccination/clinic-claims/decide",
  corrections: "/vaccination/clinic-claims/corrections",
  correction: (id: string) => `/vaccination/clinic-claims/corrections/${id}` as const,
  paper: (id: string) => `/vaccination/clinic-claims/papers/${id}` as const,
  claim: (id: string) => `/vaccination/clinic-claims/${id}` as const,
} as const;

/** An address with what narrows a list. */
export const withQuery = (
  path: string,
  given: Readonly<Record<string, string | number | undefined>>,
): `/${string}` =>
  `${path}?${new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  )}` as `/${string}`;
