import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import type { ApplicationKind } from "../applications/index.ts";

/** A 事務 that refunds what people paid (償還払い): its claims are cases of the kind `<program>/claim`. */
export interface ClaimKind {
  program: string;
  /** こども医療費助成. */
  title: string;
  /** Where 一部負担金 stand, dated. */
  scheme: PresetArea<SubsidyScheme>;
  /** By which its recipients were entitled: to whom letters go. */
  // biome-ignore lint/suspicious/noExplicitAny: what was entered goes only to the functions of the application
  application: ApplicationKind<any>;
}

/** Name of the kind of case: `child-medical/claim`. */
export const claimCaseKind = ({ program }: Pick<ClaimKind, "program">): string =>
  `${program}/claim`;
