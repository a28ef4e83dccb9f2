import { viewApplication, viewChange } from "#src/platform/applications/index.ts";
import { type CaseView, linesPerPage, listCases } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import { childMedical, childMedicalChanges } from "#src/programs/child-medical/index.ts";

/** Numbers of the cases that a person finds in the list of a 事務. */
export async function listedTo(work: Work, program: string): Promise<string[]> {
  const numbers: string[] = [];
  for (let page = 1; numbers.length === (page - 1) * linesPerPage; page++) {
    const { lines } = await listCases(work, { program, page });
    numbers.push(...lines.map(({ number }) => number));
  }
  return numbers;
}

/** The page of a case, by its kind; every 事務 of a dump adds its own. */
const pages: Readonly<Record<string, (work: Work, id: string) => Promise<CaseView>>> = {
  "child-medical/application": (work, id) => viewApplication(work, childMedical, id),
  "child-medical/change": (work, id) => viewChange(work, childMedicalChanges, id),
};

/** What the page of a case tells a person: where it stands, where it has been, and which steps that person could make. */
export async function pageOf(work: Work, { id, kind }: { id: string; kind: string }) {
  const view = await pages[kind]?.(work, id);
  if (!view) throw new Error(`no page is known of ${kind}`);
  const titled = (wanted: boolean) =>
    view.actions.flatMap(({ title, reasons }) => ((reasons.length === 0) === wanted ? title : []));
  return {
    state: view.stateTitle,
    deadline: view.deadline ?? null,
    passed: view.picture.steps.flatMap(({ title, position }) =>
      position === "passed" ? title : [],
    ),
    possible: titled(true),
    notPossible: titled(false),
  };
}
