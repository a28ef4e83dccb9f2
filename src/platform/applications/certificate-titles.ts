import type { CaseAction } from "../cases/index.ts";
import { type AnyApplicationKind, certificatesOfKind } from "./kind.ts";

/** What certificates of some sorts are called in one word: by their name where it is one sort, 証 otherwise. */
export function titleOfSorts(kind: AnyApplicationKind, sorts: readonly string[]): string {
  const known = certificatesOfKind(kind);
  const titles = new Set(sorts.map((sort) => known[sort]?.title ?? kind.certificate.title));
  const [first = kind.certificate.title] = titles;
  return titles.size > 1 ? "証" : first;
}

/** The word by which machines speak of whatever a 事務 issues. */
const machinesWord = "受給者証";

/** A text of a machine in the words of the certificates that it is about. */
export const inTitleOf = (text: string, title: string): string =>
  text.replaceAll(machinesWord, title);

/** Steps that issue or end certificates, named after those that they are about. */
export function nameCertificates(
  kind: AnyApplicationKind,
  actions: readonly CaseAction[],
  /** Sorts that are to be issued, and those that are valid. */
  { due, valid }: { due: readonly string[]; valid: readonly string[] },
): CaseAction[] {
  return actions.map((action) => {
    const { act, reasons } = action.rule;
    if (act !== "issue" && act !== "end-certificate") return action;
    const sorts = act === "issue" && !reasons ? due : valid;
    return { ...action, title: inTitleOf(action.title, titleOfSorts(kind, sorts)) };
  });
}
