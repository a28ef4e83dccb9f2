/**
 * Address of the page on which somebody outside the register (住登外者) is opened for the cases of a 事務, or for one of them, to whose
 * page it leads back.
 */
export const outsiderPath = ({
  program,
  caseId,
}: {
  program: string;
  caseId?: string | undefined;
}): `/${string}` => `/outsiders/new?program=${program}${caseId ? `&case=${caseId}` : ""}`;
