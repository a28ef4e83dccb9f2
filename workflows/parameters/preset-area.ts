/**
 * A matter that each city settles for itself, and what the program has in stock for it. Which of them the city that runs the
 * program follows, and from when, is registered with the city; code asks for that one and names none.
 */
export interface PresetArea<T = unknown> {
  /** As it stands in the database, such as `child-medical.period`. */
  readonly id: string;
  readonly title: string;
  readonly presets: Readonly<Record<string, T>>;
}
