import { type ReliefDocument, reliefDocuments } from "#workflows/vaccination/relief/documents.ts";
import type { ScanToCheck } from "../../relief/package.ts";

/** Which of the documents of a claim a scan shows. */
export const scanTitle = ({ attachment: { documentCode } }: ScanToCheck): string =>
  documentCode
    ? (reliefDocuments[documentCode as ReliefDocument]?.title ?? "その他の書類")
    : "その他の書類";
