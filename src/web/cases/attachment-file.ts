import { readAttachment } from "#src/platform/notes/index.ts";
import { scanReply } from "../notes/sent-file.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { findCase } from "./find-case.ts";

/** A scan in the browser; each look is recorded. */
export function attachmentFile(screens: AnyCaseScreens): AnyRoute {
  const { program } = screens.application;
  return defineRoute({
    method: "get",
    path: `/${program}/cases/:caseId/attachments/:attachmentId` as const,
    right: "case.read",
    program,
    audit: "attachment.opened",
    purpose: "case",
    async handle({ params: { caseId, attachmentId }, work }) {
      const scan = await work(
        async (unit) => {
          const { found } = await findCase(unit, screens, caseId);
          return readAttachment(unit, { caseId: found.id }, attachmentId);
        },
        { caseId },
      );
      return scanReply(scan);
    },
  });
}
