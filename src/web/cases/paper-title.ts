import {
  type AnyApplicationKind,
  certificatesOfKind,
  isLetterKind,
  letterTitles,
} from "#src/platform/applications/index.ts";

/** What an issued paper is called; `kind` is the kind of document. Of several sorts of certificate its form says which it is. */
export function paperTitle(
  application: AnyApplicationKind,
  { kind, templateVersion = "" }: { kind: string; templateVersion?: string },
): string {
  if (kind === "claim-decision") return "支給・不支給の決定通知書";
  if (kind !== "certificate") return isLetterKind(kind) ? letterTitles[kind] : kind;
  const sort = Object.values(certificatesOfKind(application)).find(({ form }) =>
    templateVersion.startsWith(`${form.id} `),
  );
  return (sort ?? application.certificate).title;
}
