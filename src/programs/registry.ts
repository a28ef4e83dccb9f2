import type { ProgramScreens } from "#src/web/screens.ts";
import { childMedicalScreens } from "./child-medical/screens/index.ts";
import { singleParentScreens } from "./single-parent-medical/screens/index.tsx";
import { vaccinationScreens } from "./vaccination/screens/index.ts";

/** Every 事務, one line each. */
export const programs: readonly ProgramScreens[] = [
  childMedicalScreens,
  singleParentScreens,
  vaccinationScreens,
];
