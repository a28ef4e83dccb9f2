import type { ComponentChildren } from "preact";
import type { Program } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import type { AnyRoute } from "./route.ts";

/** A part of the page of a person that a 事務 supplies (受給資格, 申請, 送付物, 接種記録 …). */
export interface PersonPanel {
  title: string;
  /** Lower comes first; entitlements 10, cases 20, certificates 30, letters 40, records 50. */
  order: number;
  content: ComponentChildren;
}

/** A 事務 with its screens: the one thing a program hands to the registry. */
export interface ProgramScreens extends Program {
  routes: readonly AnyRoute[];
  /** Asked only with the rights of the person who looks; runs in the unit of work of the page. */
  personPanels?(work: Work, personNumber: string): Promise<PersonPanel[]>;
}
