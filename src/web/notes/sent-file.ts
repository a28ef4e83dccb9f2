import { type AttachmentType, scanToShow } from "#src/platform/notes/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { inlineFile, type Reply } from "../reply.ts";
import type { Values } from "../values.ts";

/** Room for a file that is too large, so that the form comes back and says so. */
export const roomForScan = "25mb";

/** The file that was sent with the form of `AttachmentPanel`. @throws EntryProblem where there is none */
export async function scanIn(form: Values): Promise<Uint8Array> {
  const file = form.file("scan");
  if (!file) throw new EntryProblem("scan", "ファイルを選んでください。");
  return new Uint8Array(await file.arrayBuffer());
}

/** A scan in the browser. */
export async function scanReply(scan: {
  mediaType: AttachmentType;
  bytes: Uint8Array;
}): Promise<Reply> {
  const { mediaType, bytes } = await scanToShow(scan);
  return inlineFile(`attachment.${mediaType.split("/")[1]}`, mediaType, bytes);
}
