import type { ComponentChildren } from "preact";
import type { Person } from "#src/platform/people/index.ts";
import type { Program } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import type { AnyRoute } from "./route.ts";

/** A part of the page of a person that a 事務 supplies (受給資格, 申請, 送付物, 接種記録 …). */
export interface PersonPanel {
  title: string;
  /** Lower comes first; entitlements 10, cases 20, certificates 30, letters 40, records 50. */
  order: number;
  /** Nothing is there to be read: the panel is folded, with what may be begun in it. */
  empty?: boolean;
  content: ComponentChildren;
}

/** Something that bears a number; its title holds no personal data. */
export interface NumberHit {
  title: string;
  /** Its page; that of a person where it leads to one. */
  to: { path: `/${string}` } | { personNumber: string };
}

/** A row of the table of recipients to begin with; whoever proposes it looks each part up. */
export interface TransferTemplate {
  recipient: string;
  legalBasis: string;
  work: string;
  applicantsOf: string | null;
  way: "file" | "paper" | "network";
  timing: "as-needed" | "monthly" | "yearly";
  source: string;
}

/** Screens that belong together, with their part of the menu and of the home page. */
export interface ScreenSet extends Omit<Program, "id"> {
  /** The 事務; parts of the shell that serve all of them have none. */
  id?: string;
  routes: readonly AnyRoute[];
  /** The page of the handbook that belongs to its screens, such as `06-feeds`; a route may name another. */
  handbook?: string;
  /** 移転 of its 資格情報 as its published assessment tells them: what a row of the table of recipients may begin with. */
  transfers?: readonly TransferTemplate[];
  /** What its kinds of audit records say, each as the end of a sentence; see `shell/audit/words`. */
  auditWords?: Readonly<Record<string, string>>;
  /** Papers of which a scan may be kept on a person, by code; any other is その他の書類. */
  documents?: Readonly<Record<string, { title: string }>>;
  /** Words beside people in a search result, by 統合宛名番号, such as こども医療 有効. */
  personMarks?(work: Work, personNumbers: string[]): Promise<ReadonlyMap<string, string[]>>;
  /** What bears a number that was typed into the search; asked in the name of the person, and shows nothing they may not see. */
  numberHits?(work: Work, number: string): Promise<readonly NumberHit[]>;
  /** Asked only with the rights of the person who looks, of somebody whom the page has looked at; runs in the unit of work of the page. */
  personPanels?(work: Work, person: Person): Promise<PersonPanel[]>;
}

/** A 事務 with its screens: the one thing a program hands to the registry. */
export type ProgramScreens = ScreenSet & Program;
