import type { Platform } from "../platform.ts";
import { hex } from "../vault/bytes.ts";
import { enter } from "../work.ts";
import { passwordWeakness } from "./password-strength.ts";
import { hashPassword, passwordProof } from "./passwords.ts";
import { livingSession } from "./sessions.ts";

type PasswordOutcome = "right" | "wrong" | "locked";

/** Which field of the form is wrong, and how, in Japanese. */
export type PasswordFault = { field: "present" | "next"; message: string };

/** Sets one's own new password; returns what is wrong where it is refused. */
export async function changePassword(
  platform: Platform,
  token: string,
  { present, next }: { present: string; next: string },
): Promise<PasswordFault | undefined> {
  const state = await livingSession(platform, token);
  return platform.database.transaction(async ({ sql }) => {
    await enter(sql, platform, token, { purpose: "administration" }, { acts: true });
    const [own] = await sql<{ salts: string[]; words: string[] | null }[]>`
      select access.own_password_salts() as salts, access.own_words() as words`;
    const salts = own?.salts ?? [];
    const proof = await passwordProof(present, salts[0] ?? "");
    const weakness = await passwordWeakness(next, state.loginName, own?.words ?? []);
    if (weakness) {
      const [row] = await sql<{ outcome: PasswordOutcome }[]>`
        select access.prove_own_password(${proof}) as outcome`;
      return row?.outcome === "right"
        ? { field: "next", message: weakness }
        : faultOf(row?.outcome);
    }
    const proofs = await Promise.all(salts.map((salt) => passwordProof(next, salt)));
    const [row] = await sql<{ outcome: PasswordOutcome | "used-before" | "too-soon" }[]>`
      select access.change_password(${proof}, ${await hashPassword(next)},
        ${proofs.map(hex)}::text[]::bytea[]) as outcome`;
    return row?.outcome === "right" ? undefined : faultOf(row?.outcome);
  });
}

function faultOf(outcome: string | undefined): PasswordFault {
  switch (outcome) {
    case "used-before":
      return { field: "next", message: "以前に使ったパスワードは使えません。" };
    case "too-soon":
      return {
        field: "next",
        message:
          "パスワードは、自分で変更してから1日の間は変えられません。急ぐときは、システム管理者に再設定を依頼してください。",
      };
    case "locked":
      return {
        field: "present",
        message:
          "続けて間違えたため、一時的に使えません。しばらく待ってから、もう一度行ってください。",
      };
    default:
      return { field: "present", message: "今のパスワードが違います。" };
  }
}
