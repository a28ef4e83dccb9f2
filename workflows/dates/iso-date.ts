/** A calendar date as `YYYY-MM-DD`; compares as a string. */
export type IsoDate = `${number}-${number}-${number}`;
