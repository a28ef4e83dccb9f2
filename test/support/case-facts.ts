import type { ChangeFacts } from "#workflows/cases/change.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import type { Grid } from "./behaviour.ts";

/** An application that 1 entered, 2 confirmed and prepared, and 3 may decide on. */
export const readyApplication: ApplicationFacts = {
  actingStaffId: 3,
  identityCheckedOn: "2026-11-20",
  enteredBy: 1,
  confirmedBy: 2,
  missingDocuments: 0,
  periodFrom: "2026-11-20",
  overlaps: false,
  proposal: "grant",
  preparedBy: 2,
  certificateIssued: false,
  certificateValid: false,
  entitled: true,
};

/** All that the checks of an application may tell apart. */
export const applicationGrid: Grid<ApplicationFacts> = {
  actingStaffId: [1, 2, 3],
  identityCheckedOn: [null, "2026-11-20"],
  enteredBy: [null, 1],
  confirmedBy: [null, 2],
  missingDocuments: [0, 1, 2],
  periodFrom: [null, "2026-11-20"],
  overlaps: [false, true],
  proposal: [null, "grant", "rejection", "revocation"],
  preparedBy: [null, 2],
  certificateIssued: [false, true],
  certificateValid: [false, true],
  entitled: [false, true],
};

/** The same for a report of change. */
export const changeGrid: Grid<ChangeFacts> = {
  actingStaffId: [1, 2, 3],
  identityCheckedOn: [null, "2026-11-20"],
  exOfficio: [false, true],
  enteredBy: [null, 1],
  confirmedBy: [null, 2],
  preparedBy: [null, 2],
  entitled: [false, true],
};
