import type { Form } from "../language/form.ts";
import { intractableCertificate } from "./certificate.ts";
import { limitSheet } from "./limit-sheet.ts";

/** Forms of 指定難病医療給付, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [intractableCertificate, limitSheet];
