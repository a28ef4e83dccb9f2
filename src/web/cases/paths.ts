import type { CaseRow } from "#src/platform/cases/index.ts";

/** Address of the list of cases of a 事務. */
export const listPath = (program: string) => `/${program}/cases` as const;

/** Address of the page of a case; those of its steps begin with it. */
export const casePath = ({ program, id }: Pick<CaseRow, "program" | "id">) =>
  `${listPath(program)}/${id}` as const;

/** Address of the certificates that one step of a case issued. */
export const issuedPath = (found: Pick<CaseRow, "program" | "id">, revision: number) =>
  `${casePath(found)}/issued/${revision}` as const;

/** Address of an issued paper. */
export const documentPath = (program: string, documentId: string) =>
  `/${program}/documents/${documentId}` as const;

/** Address of a certificate that a run issued, to be printed again. */
export const certificatePath = (program: string, certificateId: string) =>
  `/${program}/certificates/of-runs/${certificateId}` as const;

/** Where certificates are checked. */
export const verifyPath = (program: string) => `/${program}/certificates/verify` as const;

/** Where many proposals of a 事務 are decided at once (一括決裁). */
export const bulkPath = (program: string) => `/${program}/decisions` as const;

/** 遡及に伴う処理 of a 事務, and one of them. */
export const followUpsPath = (program: string) => `/${program}/follow-ups` as const;
export const followUpPath = (program: string, id: string) =>
  `${followUpsPath(program)}/${id}` as const;

/** 証の回収: the list, and where what came back is entered one after the other. */
export const returnsPath = (program: string) => `/${program}/certificates/returns` as const;
export const returnEntryPath = (program: string) => `${returnsPath(program)}/entry` as const;
