/** A dose within an extraction: vaccine, dose, and the occasion of one that is given again. */
export interface TargetSubject {
  readonly vaccine: string;
  readonly dose: number;
  /** The 年度 of the season, or the expected delivery; empty for a vaccine that is given once in a life. */
  readonly occasion: string;
}

/** `mr1:1`, `flu:1:2026`. */
export const targetSubject = ({ vaccine, dose, occasion }: TargetSubject): string =>
  [vaccine, dose, ...(occasion ? [occasion] : [])].join(":");

/** Throws a RangeError when it is no subject of a dose. */
export function readTargetSubject(subject: string): TargetSubject {
  const [, vaccine = "", dose = "", occasion = ""] =
    /^([a-z0-9-]+):([1-9]\d?)(?::([\d-]{4,10}))?$/.exec(subject) ?? [];
  if (vaccine === "") throw new RangeError("not a subject of a dose");
  return { vaccine, dose: Number(dose), occasion };
}
