import { readAttachment } from "#src/platform/intake/index.ts";
import { inlineFile } from "../reply.ts";
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
      const { mediaType, bytes } = await work(
        async (unit) => {
          const { found } = await findCase(unit, screens, caseId);
          return readAttachment(unit, found.id, attachmentId);
        },
        { caseId },
      );
      return inlineFile(`attachment.${mediaType.split("/")[1]}`, mediaType, bytes);
    },
  });
}
