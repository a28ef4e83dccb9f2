import { type Actor, holds } from "#src/platform/access/actor.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import type { PrintingProgram } from "./words.ts";

/** The 事務 of an address. @throws Problem 404 */
export function findProgram(programs: readonly PrintingProgram[], id: string): PrintingProgram {
  const found = programs.find((program) => program.id === id);
  if (!found) throw notFound("帳票を印字する事務が見つかりません。");
  return found;
}

/** @throws Problem 403 where the person does not propose settings of this 事務 */
export function requirePreparer(actor: Actor, program: string): void {
  if (!holds(actor, "form-setting.prepare", { program }))
    throw new Problem({
      status: 403,
      message: "この事務の帳票の設定を起案する権限がありません。",
    });
}
