import type { Form } from "../language/form.ts";
import { decisionNotice } from "./decision-notice.ts";
import { heldData } from "./held-data.ts";
import { incidentReport } from "./incident-report.ts";

/** Papers of the oversight, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [incidentReport, heldData, decisionNotice];
