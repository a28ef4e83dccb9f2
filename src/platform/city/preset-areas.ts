import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { modulesNamed } from "../found-by-folder.ts";

/** Every matter for which a city registers a preset: what each `workflows/<folder>/presets.ts` exports as `presetAreas`. */
export const presetAreas: readonly PresetArea[] = (
  await modulesNamed<{ presetAreas: readonly PresetArea[] }>("presets")
).flatMap((one) => one.presetAreas);
