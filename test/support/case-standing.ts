import type { SeenCase } from "#test/support/case-sql.ts";
import type { TestStaff } from "./database.ts";

/** clerk1 enters, clerk2 confirms and prepares; the others hold rights elsewhere, for another office, or none of cases. */
export const caseRoles = [
  "clerk1",
  "clerk2",
  "supervisor1",
  "east1",
  "operator1",
  "auditor1",
  "nobody",
] as const satisfies TestStaff[];

/** Events by who may send them. */
export type Possible = Partial<Record<TestStaff, readonly string[]>>;

/** Whoever holds the rights of a clerk and has done nothing that another person has to do. */
export const everyClerk = (...events: string[]) => ({
  clerk1: events,
  clerk2: events,
  supervisor1: events,
});

/** A case, where it stands, and what is possible there. */
export interface Standing {
  /** 審査（確認前）. */
  title: string;
  at: SeenCase & { state: string };
  possible: Possible;
  /** Where an event leads that has several ways. */
  ways?: Readonly<Record<string, string>>;
  /** Steps that the database leaves to the rules of the 事務, as `event > state`; by SQL alone every clerk could make them. */
  leftToRules?: readonly string[];
  /** The same of a decision, which who decides alone could make by SQL. */
  leftToDecider?: readonly string[];
}
