import type { AnyCaseScreens } from "./declaration.ts";

/** The kinds of case of applications and reports; none in a 事務 that has neither. */
export const ownKinds = ({
  application,
  change,
}: Pick<AnyCaseScreens, "application" | "change">): string[] =>
  [application, change].flatMap(({ versions }) => versions[0]?.kind ?? []);
