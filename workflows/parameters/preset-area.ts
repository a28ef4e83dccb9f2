import type { CityParameter } from "./city-parameter.ts";
import type { DatedParameter } from "./dated.ts";

/** What of a preset the city sets on the screen: its rows go before those of the preset, from the day of the first on. */
export interface SettablePart<T> {
  readonly parameter: CityParameter;
  /** The preset's own rows. */
  rowsOf(preset: T): DatedParameter<unknown> | undefined;
  /** The preset with other rows. Values are what the parameter's schema gave. */
  withRows(preset: T, rows: DatedParameter<never>): T;
}

/**
 * A matter that each city settles for itself, and what the program has in stock for it. Which of them the city that runs the
 * program follows, and from when, is registered with the city; code asks for that one and names none.
 */
export interface PresetArea<T = unknown> {
  /** As it stands in the database, such as `child-medical.period`. */
  readonly id: string;
  readonly title: string;
  readonly presets: Readonly<Record<string, T>>;
  /** What of it is set on the screen. */
  readonly settable?: readonly SettablePart<T>[];
}
