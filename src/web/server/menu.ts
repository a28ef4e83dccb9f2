import { type Actor, holds } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import type { MenuGroup } from "../layout.tsx";
import type { ScreenSet } from "../screens.ts";

const keptFor = 20_000;
const kept = new Map<string, { until: number; counts: Record<string, number> }>();

/** The left menu of a person: only what their rights allow, with how much waits. */
export async function menuOf(
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
export function forgetCounts(actor: Pick<Actor, "sessionId">): void {
  kept.delete(actor.sessionId);
}

async function countsOf(platform: Platform, actor: Actor, sets: readonly ScreenSet[]) {
  const known = kept.get(actor.sessionId);
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
  for (const [session, entry] of kept) if (entry.until < Date.now()) kept.delete(session);
  kept.set(actor.sessionId, { until: Date.now() + keptFor, counts });
  return counts;
}
