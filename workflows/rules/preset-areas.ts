import * as childMedical from "#workflows/child-medical/presets.ts";
import { stageArea } from "#workflows/long-term-care/presets.ts";
import type { PresetArea } from "#workflows/parameters/presets.ts";
import { incomeArea } from "#workflows/single-parent-medical/limits.ts";
import * as singleParent from "#workflows/single-parent-medical/presets.ts";

/** Every matter for which a city registers a preset. */
export const presetAreas: readonly PresetArea[] = [
  childMedical.periodArea,
  childMedical.schemeArea,
  singleParent.periodArea,
  singleParent.schemeArea,
  singleParent.benefitArea,
  incomeArea,
  stageArea,
];
