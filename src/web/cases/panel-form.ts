import type { CaseRow } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { Route } from "../route.ts";
import type { Values } from "../values.ts";
import type { AnyCaseScreens } from "./declaration.ts";

/** What came with a form of a panel. */
export interface PanelRequest {
  screens: AnyCaseScreens;
  found: CaseRow;
  form: Values;
  /** Parts of the address behind the case's. */
  params: Readonly<Record<string, string>>;
}

/**
 * A form in a panel of the case page that is no button of a step: taken, the page is shown again; refused, it comes back with
 * what was typed and the mistake at its field.
 */
export interface PanelForm {
  /** What its address ends with, behind the case's: `notes`, `inquiries/:inquiryId/answer`. */
  path: string;
  audit: `${string}.${string}`;
  purpose: Route["purpose"];
  takesFiles?: Route["takesFiles"];
  /** It leaves letters to be made. */
  leavesLetters?: boolean;
  /** Which form of the page it is (`useSent`). */
  event(params: Readonly<Record<string, string>>): string;
  /** Does it, in the unit of work of the request; gives the case to show afterwards where it is another one, with a message. */
  run(work: Work, request: PanelRequest): Promise<{ shown: CaseRow; message: string } | undefined>;
}
