import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** Asks for a letter of this kind, which the 事務 makes after the step. */
export const letter = <const Kind extends string>(kind: Kind) =>
  ({ type: "letter", params: { kind } }) as const;

/** Sets a deadline on the limit date of the event: on the day after it `event` is fired. */
export const deadline = <const Kind extends string, const Event extends string>(
  kind: Kind,
  event: Event,
) =>
  ({
    type: "deadline",
    params: ({ event: { until } }: { event: { until: IsoDate } }) => ({ kind, on: until, event }),
  }) as const;

/** Closes the open deadlines of this kind. */
export const clearDeadline = <const Kind extends string>(kind: Kind) =>
  ({ type: "clearDeadline", params: { kind } }) as const;

/** The actions of a machine. They do nothing by themselves: whoever applies the event carries them out. */
export const effects = {
  letter: (_: unknown, _params: { kind: string }) => {},
  deadline: (_: unknown, _params: { kind: string; on: IsoDate; event: string }) => {},
  clearDeadline: (_: unknown, _params: { kind: string }) => {},
};
