import {
  type AnyApplicationKind,
  certificatesOfKind,
  isLetterKind,
  letterTitles,
} from "#src/platform/applications/index.ts";
import { claimLetterTitles, isClaimLetter } from "#src/platform/claims/index.ts";

/** What an issued paper is called; `kind` is the kind of document. Of several sorts of certificate its form says which it is. */
export function paperTitle(
  application: AnyApplicationKind,
  { kind, templateVersion = "" }: { kind: string; templateVersion?: string },
): string {
  const named = application.paperTitles?.[kind];
  if (named) return named;
  if (isClaimLetter(kind)) return claimLetterTitles[kind];
  if (kind === "claim-decision") return "支給・不支給の決定通知書";
  if (kind !== "certificate") return isLetterKind(kind) ? letterTitles[kind] : kind;
  const sort = Object.values(certificatesOfKind(application)).find(({ form }) =>
    templateVersion.startsWith(`${form.id} `),
  );
  return (sort ?? application.certificate).title;
}
