import { viewApplication, viewChange } from "#src/platform/applications/index.ts";
import { stillWaiting } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { personPath } from "../person-path.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { findCase } from "./find-case.ts";
import type { ApplicationShown, ChangeShown, OtherShown, PageRequest } from "./shown.ts";

/** A case as its pages show it. */
export type ShownCase =
  | { isChange: false; isOther: false; shown: ApplicationShown }
  | { isChange: true; isOther: false; shown: ChangeShown }
  | { isChange: false; isOther: true; shown: OtherShown };

/** Looks at all that the pages of a case show; every look is logged. @throws Problem 404 */
export function showCase(
  screens: AnyCaseScreens,
  { work, platform, actor, next, historyPage }: PageRequest,
  caseId: string,
): Promise<ShownCase> {
  const common = {
    screens,
    actor,
    today: platform.clock.today(),
    personHref: (number: string) => personPath(platform, number as PersonNumber),
  };
  return work(
    async (unit) => {
      const { isChange, other } = await findCase(unit, screens, caseId);
      const waits = next ? await nextHere(unit, caseId, next) : undefined;
      if (other) {
        const view = await other.view(unit, caseId, historyPage);
        return { isChange: false, isOther: true, shown: { ...common, view, other, next: waits } };
      }
      if (isChange) {
        const view = await viewChange(unit, screens.change, caseId, historyPage);
        return { isChange: true, isOther: false, shown: { ...common, view, next: waits } };
      }
      const view = await viewApplication(unit, screens.application, caseId, historyPage);
      const { entered, register } = view;
      const differences = entered ? await screens.compare(unit, entered, register) : [];
      const own = await screens.own?.(unit, view);
      return {
        isChange: false,
        isOther: false,
        shown: { ...common, view, differences, own, next: waits },
      };
    },
    { caseId },
  );
}

/** The next case, once this one is no longer this person's own work. */
async function nextHere(work: Work, caseId: string, next: string) {
  const here = await stillWaiting(work, caseId);
  return here && here.list !== "support" ? undefined : stillWaiting(work, next);
}
