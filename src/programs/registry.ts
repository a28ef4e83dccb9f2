import type { ProgramScreens } from "#src/web/screens.ts";
import "./child-medical/index.ts";
import { vaccinationScreens } from "./vaccination/screens/index.ts";

/** Every 事務 of the house, one line each. */
export const programs: readonly ProgramScreens[] = [vaccinationScreens];
