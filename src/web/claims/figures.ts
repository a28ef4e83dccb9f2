import { holds } from "#src/platform/access/actor.ts";
import { countOpenByState } from "#src/platform/cases/index.ts";
import { type ClaimKind, claimCaseKind } from "#src/platform/claims/index.ts";
import type { OfficeFigure } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { addressOf } from "../cases/list-address.ts";

/** Claims that are under way, by where they stand, for home; each leads to its list. Counted by the database. */
export async function claimFigures(
  claims: Pick<ClaimKind, "program">,
  work: Work,
): Promise<OfficeFigure[]> {
  const { program } = claims;
  if (!holds(work.actor, "case.read", { program })) return [];
  const kind = claimCaseKind(claims);
  const open = await countOpenByState(work, kind);
  return open.map(({ state, title, count }) => ({
    title: `償還払い ${title}`,
    value: count,
    unit: "件",
    path: addressOf(program, { kind, state }),
  }));
}
