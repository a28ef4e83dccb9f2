import { runEffects } from "#src/platform/cases/index.ts";
import { type Reply, redirect } from "../reply.ts";
import type { PageRequest } from "./shown.ts";

/** On to a page of the case after a step: what the step set going is done first, and told where it could not be. */
export async function afterStep(
  { platform, actor }: Pick<PageRequest, "platform" | "actor">,
  { caseId, to, said }: { caseId: string; to: `/${string}`; said: string },
): Promise<Reply> {
  const { failed } = await runEffects(platform, actor, caseId);
  if (failed === 0) return redirect(to, said);
  const text = `${said}文書は作成できませんでした。理由を確かめてください。`;
  return redirect(to, { tone: "warning", text });
}
