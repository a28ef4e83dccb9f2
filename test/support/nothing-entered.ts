import { expect } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { caseRoles, type Standing } from "./case-standing.ts";
import type { TestPlatform } from "./database.ts";
import { standingOf } from "./undone-steps.ts";

/**
 * Sends every event with an empty form to some of the cases in which somebody may make it, and one that nobody may make to
 * the first: it is refused or its form comes back, and nothing has moved. What asks for nothing is made whole, and undone as it is
 * committed.
 *
 * @param soFar how many steps were undone
 */
export async function tryNothingEntered(
  city: TestPlatform,
  {
    definition,
    cases,
    soFar,
  }: {
    definition: CaseDefinition;
    cases: readonly Pick<Standing, "title" | "at" | "possible">[];
    soFar: () => Promise<number>;
  },
): Promise<void> {
  const app = openTestApp(city);
  const [program] = definition.kind.split("/");
  for (const event of Object.keys(definition.events)) {
    const possible = cases.flatMap((one) =>
      caseRoles
        .filter((who) => one.possible[who]?.includes(event))
        .slice(0, 1)
        .map((who) => ({ ...one, who })),
    );
    // What a form asks for depends on the event, hardly on the case: the first, one between and the last of those it is possible in.
    const tried = possible.filter((_, n) =>
      [0, possible.length >> 1, possible.length - 1].includes(n),
    );
    const nobodys = cases.slice(0, 1).map((one) => ({ ...one, who: "supervisor1" as const }));
    for (const { at, title, who } of tried.length > 0 ? tried : nobodys) {
      const visitor = await app.visitor(who);
      const [undone, before] = [await soFar(), await standingOf(city)];
      const { status } = await visitor.post(`/${program}/cases/${at.caseId}/step`, {
        event,
        revision: String(at.revision),
        key: `nothing entered ${event}`,
      });
      const isMade = (await soFar()) > undone;
      const what = `${title} ${who} ${event}`;
      expect(isMade ? [500] : [403, 404, 409, 422], what).toContain(status);
      expect(await standingOf(city), what).toEqual(before);
    }
  }
}
