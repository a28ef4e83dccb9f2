import type { Form } from "../language/form.ts";
import { remoteCertificate, singleParentCertificate } from "./certificate.ts";
import { remoteReminder } from "./remote-reminder.ts";

/** Forms of ひとり親家庭等医療費助成, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [
  singleParentCertificate,
  remoteCertificate,
  remoteReminder,
];
