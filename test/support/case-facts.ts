import type { ChangeFacts } from "#workflows/cases/change.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import type { MovementFacts } from "#workflows/cases/movements.ts";
import type { ChangeContext } from "#workflows/child-medical/change-machine.ts";
import type { ClaimFacts } from "#workflows/claims/machine.ts";
import type { IntractableChangeFacts } from "#workflows/intractable-disease/change-machine.ts";
import type { IntractableFacts2 } from "#workflows/intractable-disease/machine-v2.ts";
import type { SingleParentChangeFacts } from "#workflows/single-parent-medical/change-machine.ts";
import type { SingleParentMovementFacts } from "#workflows/single-parent-medical/change-machine-v2.ts";
import type { SingleParentFacts } from "#workflows/single-parent-medical/machine.ts";
import type { ReliefFacts } from "#workflows/vaccination/relief/machine.ts";
import type { LetterFacts } from "#workflows/vaccination/request-letters/machine.ts";
import type { RefundFacts } from "#workflows/vaccination/request-letters/refund-machine.ts";
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

/** A household's application, with all incomes known and below their limits. */
export const readyHousehold: SingleParentFacts = {
  ...readyApplication,
  categoryProven: true,
  incomesUnknown: 0,
  incomesUnconfirmed: 0,
  keyedIncome: false,
  incomesOverLimit: 0,
  openInquiries: 0,
};

export const householdGrid: Grid<SingleParentFacts> = {
  ...applicationGrid,
  categoryProven: [false, true],
  incomesUnknown: [0, 1, 2],
  incomesUnconfirmed: [0, 1],
  keyedIncome: [false, true],
  incomesOverLimit: [0, 1, 2],
  openInquiries: [0, 1, 2],
};

/** An application of a patient, at the head office, with its cap known. */
export const readyPatient: IntractableFacts2 = {
  ...readyApplication,
  openInquiries: 0,
  awaitsHeadOffice: false,
  clinicalRecordFaults: 0,
  capKnown: true,
  panelAnswer: null,
  panelAnswered: true,
  denialsAnswered: true,
  panelDeferral: null,
};

export const patientGrid: Grid<IntractableFacts2> = {
  ...applicationGrid,
  openInquiries: [0, 1, 2],
  awaitsHeadOffice: [false, true],
  clinicalRecordFaults: [0, 1],
  capKnown: [false, true],
  panelAnswer: [null, "meets", "fails", "mixed", "deferred"],
  panelAnswered: [false, true],
  denialsAnswered: [false, true],
  panelDeferral: [null, "papers", "doctor"],
};

/** A report that 1 entered and 2 confirmed. */
const readyReport: ChangeFacts = {
  actingStaffId: 3,
  identityCheckedOn: "2026-11-20",
  exOfficio: false,
  enteredBy: 1,
  confirmedBy: 2,
  preparedBy: 2,
  entitled: true,
};

export const readyChange: ChangeContext = { ...readyReport, loss: false };

export const readyHouseholdChange: SingleParentChangeFacts = {
  ...readyReport,
  outcome: "particulars",
  needsDecision: false,
  missingDocuments: 0,
  periodFrom: "2026-11-20",
  overlaps: false,
  certificateDue: false,
  proposal: null,
};

export const readyHouseholdMovement: SingleParentMovementFacts = {
  ...readyHouseholdChange,
  movement: null,
  correctable: true,
};

const reportGrid: Grid<ChangeFacts> = {
  actingStaffId: [1, 2, 3],
  identityCheckedOn: [null, "2026-11-20"],
  exOfficio: [false, true],
  enteredBy: [null, 1],
  confirmedBy: [null, 2],
  preparedBy: [null, 2],
  entitled: [false, true],
};

export const changeGrid: Grid<ChangeContext> = { ...reportGrid, loss: [false, true] };

/** A report of 喪失, 停止, 再開 or 訂正 that 1 entered and 2 confirmed and proposed. */
export const readyMovement: MovementFacts = {
  ...readyReport,
  movement: null,
  proposal: null,
  correctable: true,
  overlaps: false,
};

export const movementGrid: Grid<MovementFacts> = {
  ...reportGrid,
  movement: [null, "lost", "suspended", "resumed", "corrected", "granted"],
  proposal: [null, "loss", "change"],
  correctable: [false, true],
  overlaps: [false, true],
};

/** A report about a patient that sets other terms. */
export const readyPatientChange: IntractableChangeFacts = {
  ...readyMovement,
  needsDecision: true,
  missingDocuments: 0,
  certificateDue: true,
};

export const patientChangeGrid: Grid<IntractableChangeFacts> = {
  ...movementGrid,
  proposal: [null, "loss", "change", "rejection"],
  needsDecision: [false, true],
  missingDocuments: [0, 1],
  certificateDue: [false, true],
};

export const householdChangeGrid: Grid<SingleParentChangeFacts> = {
  ...reportGrid,
  outcome: ["particulars", "loss", "addition", "benefit"],
  needsDecision: [false, true],
  missingDocuments: [0, 1, 2],
  periodFrom: [null, "2026-11-20"],
  overlaps: [false, true],
  certificateDue: [false, true],
  proposal: [null, "loss", "grant", "change", "rejection"],
};

export const householdMovementGrid: Grid<SingleParentMovementFacts> = {
  ...householdChangeGrid,
  outcome: ["particulars", "loss", "addition", "benefit", "days"],
  missingDocuments: [0, 1],
  movement: [null, "lost", "suspended", "resumed", "corrected", "granted"],
  correctable: [false, true],
};

/** Facts of a claim (支給申請). */
export const claimGrid: Grid<ClaimFacts> = {
  actingStaffId: [1, 2, 3],
  enteredBy: [null, 1],
  preparedBy: [null, 2],
  blocked: [0, 1],
  doubtful: [0, 1],
  payable: [true, false],
  accountConfirmed: [true, false],
  proposal: [null, "payment", "refusal", "cancellation"],
  rowRefused: [false, true],
  unpaid: [true, false],
};

export const reliefGrid: Grid<ReliefFacts> = {
  actingStaffId: [1, 2, 3],
  enteredBy: [null, 1],
  preparedBy: [null, 2],
  byState: [true, false],
  competent: [true, false],
  missingDocuments: [0, 1],
  reported: [true, false],
  packaged: [true, false],
  answer: [null, "recognised", "denied", "deferred"],
  answeredBy: [null, 3],
  proposal: [null, "payment", "refusal"],
  appealedFrom: [null, "refused", "granted", "paid", "pension"],
  ofPension: [false, true],
  benefitsClaimed: [true, false],
  benefitsSettled: [true, false],
  amountsEstablished: [true, false],
  benefitsPayable: [true, false],
  payeesHaveAccounts: [true, false],
  benefitsEnteredBy: [null, 1],
  paidOut: [false, true],
  pensionEnded: [false, true],
};

/** Facts of a request for a letter (予防接種実施依頼書). */
export const letterGrid: Grid<LetterFacts> = {
  actingStaffId: [1, 2, 3],
  identityCheckedOn: [null, "2026-11-20"],
  enteredBy: [null, 1],
  confirmedBy: [null, 2],
  missingDocuments: [0, 1],
  preparedBy: [null, 2],
  blocked: [0, 1],
  doubtful: [0, 1],
  proposal: [null, "letter", "rejection", "cancellation"],
  openLines: [0, 1, 2],
  expiredLines: [0, 1],
  issued: [false, true],
  sent: [false, true],
  lapsed: [false, true],
};

/** Facts of a claim for what was paid on a letter. */
export const refundGrid: Grid<RefundFacts> = {
  actingStaffId: [1, 2, 3],
  enteredBy: [null, 1],
  preparedBy: [null, 2],
  payable: [false, true],
  accountConfirmed: [false, true],
  proposal: [null, "payment", "refusal", "cancellation"],
  rowRefused: [false, true],
  unpaid: [false, true],
};
