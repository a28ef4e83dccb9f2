/** Where a record stands, bound into what is sealed: one moved elsewhere does not open. */
export const recordPlace = (holder: string, id: string) => `${holder}|${id}`;

/** The same of what a feed told: also where the database copied it to a case. `token`: of its subject. */
export const feedPlace = (
  kind: string,
  personNumber: string,
  { token, toldOn }: { token: string; toldOn: string },
) => `${personNumber}|${kind}|${token}|${toldOn}`;
