import type { Form } from "../language/form.ts";
import { childMedicalCertificate } from "./certificate.ts";

/** Forms of こども医療費助成, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [childMedicalCertificate];
