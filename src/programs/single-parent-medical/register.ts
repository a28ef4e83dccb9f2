import type { Actor } from "#src/platform/access/index.ts";
import {
  goneSince,
  type LossFinder,
  openLossesFromRegister,
  proposeForChanged,
  proposeForNewborns,
} from "#src/platform/applications/index.ts";
import { registeredAddress, registeredName } from "#src/platform/entry-parts/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { singleParent } from "./application.ts";
import { singleParentChanges } from "./changes.ts";

/** The household ends with its parent and with its last child; otherwise a child that is gone ends alone. */
const lossesOf: LossFinder = (held) => {
  const parent = held.find(({ ofSubject, live }) => ofSubject && live);
  if (!parent) return [];
  const of = parent.entitled;
  const gone = goneSince(parent.person);
  if (gone) return [{ of, subject: "household-loss", reason: gone.why, on: gone.on }];
  const ends = held
    .filter(({ ofSubject }) => !ofSubject)
    .map(({ entitled, live, person }) => {
      const left = live ? goneSince(person) : undefined;
      return { entitled, left, on: live ? left?.on : addDays(entitled.validTo as IsoDate, 1) };
    });
  if (ends.every(({ on }) => on !== undefined)) {
    const on = ends
      .flatMap((end) => end.on ?? [])
      .toSorted()
      .at(-1);
    return on ? [{ of, subject: "household-loss", reason: "no-child", on }] : [];
  }
  return ends.flatMap(({ entitled, left }) =>
    left ? [{ of: entitled, subject: "child-loss", reason: left.why, on: left.on }] : [],
  );
};

/** Opens reports of loss for households and children who left the city or died, as the resident feed tells. */
export const openLosses = (platform: Platform, system: Actor): Promise<number> =>
  openLossesFromRegister(platform, system, singleParentChanges, lossesOf);

/** Proposes what else the register tells: children who were born, certificates that say an old name or address. */
export function openProposals(platform: Platform, system: Actor): Promise<number> {
  const { program } = singleParent;
  const reason = "register-report";
  return runWork(platform, system, { purpose: "feed", program, reason }, async (work) => {
    const born = await proposeForNewborns(work, singleParentChanges, {
      subject: "child-addition",
      days: 90,
      input: newborn,
    });
    const changed = await proposeForChanged(
      work,
      singleParentChanges,
      ({ person, data, isSubject, renamed, moved }) => [
        ...(renamed
          ? [
              {
                subject: "name",
                input: isSubject
                  ? { applicant: { ...data.applicant, ...registeredName(person) } }
                  : { name: shownName(person) },
              },
            ]
          : []),
        ...(moved
          ? [
              {
                subject: "address",
                input: {
                  applicant: isSubject
                    ? { ...data.applicant, ...registeredAddress(person) }
                    : data.applicant,
                },
              },
            ]
          : []),
      ],
    );
    return born + changed;
  });
}

const newborn = (personNumber: string) => ({
  child: {
    role: "child",
    personNumber,
    relation: "child",
    disabled: false,
    pupil: false,
    apart: false,
    insurance: null,
  },
});
