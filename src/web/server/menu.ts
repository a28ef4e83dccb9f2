import { type Actor, holds, SessionMemory } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { bestMatch, type MenuGroup } from "../layout.tsx";
import type { ScreenSet } from "../screens.ts";

const keptFor = 20_000;
const kept = new SessionMemory<{ until: number; counts: Record<string, number> }>("menu-counts");

/** Entries and headings that stand below each other on the usual terminal (1366 × 768). */
const fitting = 19;
/** The group in which the person worked last. */
const lastGroup = new SessionMemory<string>("menu-group");

/** The left menu of a person: only what their rights allow, with how much waits. */
export async function menuOf(
  platform: Platform,
  sets: readonly ScreenSet[],
  actor: Actor,
  path: string,
): Promise<MenuGroup[]> {
  return folded({ platform, actor }, path, await groupsOf(platform, sets, actor));
}

/**
 * Where not everything can be seen at once, the groups behind the first are folded, all but the one of the present page; on
 * pages of the first (home, people) the one in which the person worked last stays open. A group that has parts keeps them
 * only then.
 */
async function folded(
  place: { platform: Platform; actor: Actor },
  path: string,
  groups: readonly MenuGroup[],
): Promise<MenuGroup[]> {
  const [first, ...others] = groups;
  const lines = groups.reduce((sum, { items }) => sum + 1 + items.length, 0);
  if (!first || lines <= fitting) return groups.map(withoutParts);
  if (others.length < 2) return [...groups];
  const current = bestMatch(groups, path);
  const here = others.find(({ items }) => items.some((item) => item.path === current))?.title;
  const last = await lastGroup.get(place);
  if (here !== undefined && here !== last) await lastGroup.set(place, here);
  const shown = here ?? last;
  return [
    first,
    ...others.map((group) => ({
      ...group,
      fold: group.title === shown ? ("open" as const) : ("closed" as const),
    })),
  ];
}

/** A group all of whose entries stand below each other. */
function withoutParts(group: MenuGroup): MenuGroup {
  return { ...group, items: group.items.map(({ part: _, ...item }) => item) };
}

async function groupsOf(
  platform: Platform,
  sets: readonly ScreenSet[],
  actor: Actor,
): Promise<MenuGroup[]> {
  const allowed = sets
    .map((set) => ({
      set,
      items: set.menu.filter((item) => holds(actor, item.right, { program: set.id })),
    }))
    .filter(({ items }) => items.length > 0);
  const counts = await countsOf(
    platform,
    actor,
    allowed.filter(({ items }) => items.some((item) => item.count)).map(({ set }) => set),
  );
  return allowed.map(({ set, items }) => ({
    title: set.title,
    items: items.map((item) => ({
      ...item,
      number: item.count === undefined ? undefined : counts[`${set.title}.${item.count}`],
    })),
  }));
}

/** After an action the numbers are counted afresh. */
export function forgetCounts(platform: Platform, actor: Actor): Promise<void> {
  return kept.forget({ platform, actor });
}

async function countsOf(platform: Platform, actor: Actor, sets: readonly ScreenSet[]) {
  if (sets.length === 0) return {};
  const known = await kept.get({ platform, actor });
  if (known && known.until > Date.now()) return known.counts;
  const counts: Record<string, number> = {};
  for (const set of sets) {
    const found = await runWork(
      platform,
      actor,
      { purpose: "inquiry", program: set.id },
      async (work): Promise<Record<string, number>> => (await set.menuCounts?.(work)) ?? {},
    );
    for (const [name, value] of Object.entries(found)) counts[`${set.title}.${name}`] = value;
  }
  await kept.set({ platform, actor }, { until: Date.now() + keptFor, counts });
  return counts;
}
