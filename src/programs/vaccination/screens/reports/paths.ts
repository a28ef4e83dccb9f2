const root = "/vaccination/reports";

/** Addresses of the reports of 予防接種. */
export const reportPaths = {
  closings: root,
  closing: (id: number) => `${root}/closings/${id}` as const,
  cube: `${root}/cube`,
  rows: `${root}/rows`,
  coverage: `${root}/coverage`,
  people: `${root}/coverage/people`,
  table: `${root}/table`,
  preview: `${root}/preview`,
} as const;

/** An address with what is chosen; what is left out is not in it. */
export const withQuery = (
  path: `/${string}`,
  query: Readonly<Record<string, string | number | undefined>>,
): `/${string}` => {
  const kept = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return kept.length > 0 ? `${path}?${new URLSearchParams(kept)}` : path;
};
