/** The city that runs the program: name, code, mayor, towns, and which presets it follows. */
export { cityOf, findCity } from "./city.ts";
export { type CityFile, type ReadFile, readCityFile } from "./city-file.ts";
export { presetAreas } from "./preset-areas.ts";
export { findPreset, presetOf } from "./presets.ts";
export { loadTowns, missingOfCity, registerCity } from "./register.ts";
export { addressOfPostalCode, behindTowns, townCodesOf, withoutPrefecture } from "./towns.ts";
export { readTownsFile } from "./towns-file.ts";
