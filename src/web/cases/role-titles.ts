import type { AnyApplicationKind } from "#src/platform/applications/index.ts";
import { type MemberRole, memberRoleTitles } from "#src/platform/cases/index.ts";

/** As what somebody belongs to a case; the subject is called as the 事務 calls them, be it the applicant or not. */
export const roleTitles = ({ words }: AnyApplicationKind, roles: readonly MemberRole[]): string =>
  [
    ...new Set(
      roles
        .filter((role) => role !== "applicant" || !roles.includes("subject"))
        .map((role) => (role === "subject" ? words.subject : memberRoleTitles[role])),
    ),
  ].join("・");
