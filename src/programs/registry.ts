import type { ProgramScreens } from "#src/web/screens.ts";

/** Every 事務 of the house, one line each. */
export const programs: readonly ProgramScreens[] = [];
