import type { ComponentChildren } from "preact";
import type { z } from "zod";
import type { Right } from "#src/platform/access/index.ts";
import type { CaseHead } from "#src/platform/applications/index.ts";
import type { CaseAction, CaseRow } from "#src/platform/cases/index.ts";
import type { Purpose, Work } from "#src/platform/work.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";
import type { Values } from "../values.ts";

/** A case as it stands, or as it stood at a revision. */
export interface CaseMoment {
  caseId: string;
  at?: number | undefined;
}

/** What every page of a step has looked at. */
export interface Looked {
  found: CaseRow;
  head: CaseHead;
  /** The step that may be made in the same go. */
  follow?: CaseAction | undefined;
}

/** A page with one form that asks for what one step needs. */
export interface StepForm<Seen extends Looked> {
  /** Ends its address, and names the event in the machine; a common one, or one of the 事務's own. */
  page: NonNullable<CaseEventRule["page"]>;
  right: Right;
  purpose: Purpose;
  audit: { opened: `${string}.${string}`; sent: `${string}.${string}` };
  /** What the page shows, or showed at a revision of the case; every look is logged. */
  look(work: Work, moment: CaseMoment): Promise<Seen>;
  title(seen: Seen): string;
  Fields(props: { seen: Seen }): ComponentChildren;
  read(form: Values, seen: Seen): z.ZodSafeParseResult<unknown>;
  /** 保存する. */
  button: string;
  said: string;
}
