import { thingTitles } from "#src/platform/merges/index.ts";
import type { ScreenSet } from "../../screens.ts";

/** A 事務 in words. */
export const programTitle = (sets: readonly ScreenSet[], program: string): string =>
  sets.find(({ id }) => id === program)?.title ?? "その他";

export const thingTitle = (what: string): string => thingTitles[what] ?? "その他の記録";
