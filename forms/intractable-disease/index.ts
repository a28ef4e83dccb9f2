import type { Form } from "../language/form.ts";
import { intractableCertificate } from "./certificate.ts";
import { institutionNotice } from "./institution-notice.ts";
import { limitSheet } from "./limit-sheet.ts";
import { panelInvitationOfIntractable } from "./panel-invitation.ts";
import { panelPapersOfIntractable } from "./panel-papers.ts";
import { pendingNotice } from "./pending.ts";
import { registrationCertificate } from "./registration.ts";
import { registrationIssued, registrationRefused } from "./registration-notice.ts";
import { renewalInvitation, renewalInvitationReminder } from "./renewal.ts";

/** Forms of 指定難病医療給付, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [
  intractableCertificate,
  limitSheet,
  registrationCertificate,
  registrationIssued,
  registrationRefused,
  panelInvitationOfIntractable,
  panelPapersOfIntractable,
  pendingNotice,
  institutionNotice,
  renewalInvitation,
  renewalInvitationReminder,
];
