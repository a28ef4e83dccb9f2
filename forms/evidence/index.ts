import type { Form } from "../language/form.ts";
import { evidenceReport } from "./report.ts";

/** Reports on the system itself, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [evidenceReport];
