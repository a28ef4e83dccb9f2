import type { ProgramScreens } from "#src/web/screens.ts";
import { childMedicalScreens } from "./child-medical/screens/index.ts";
import { intractableScreens } from "./intractable-disease/screens/index.tsx";
import { singleParentScreens } from "./single-parent-medical/screens/index.tsx";
import { vaccinationScreens } from "./vaccination/screens/index.ts";

/** Every 事務, one line each. */
export const programs: readonly ProgramScreens[] = [
  childMedicalScreens,
  intractableScreens,
  singleParentScreens,
  vaccinationScreens,
];
