/** Addresses of the screens of 情報連携. */
export const exchangePaths = {
  copies: "/vaccination/copies-of-records",
  copyRun: (id: string) => `/vaccination/copies-of-records/runs/${id}` as const,
  refused: "/vaccination/copies-of-records/refused",
  inquiries: "/vaccination/inquiries",
  inquiry: (id: string) => `/vaccination/inquiries/${id}` as const,
  inMovers: "/vaccination/inquiries/in-movers",
  handOns: "/vaccination/hand-ons",
  handOn: (id: string) => `/vaccination/hand-ons/${id}` as const,
  paper: (id: string) => `/vaccination/exchange-papers/${id}` as const,
} as const;

/** How many rows stand on a page of a list. */
export const rowsAPage = 50;
export const figure = (count: number): string => count.toLocaleString("ja-JP");
/** An event as it stands in the name of an audit record: `hand-over`. */
export const auditName = (event: string): string =>
  event.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** An address with what narrows the list. */
export const listAddress = (
  path: `/${string}`,
  given: Readonly<Record<string, string | number | undefined>>,
): `/${string}` => {
  const query = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
  return query ? (`${path}?${query}` as `/${string}`) : path;
};
