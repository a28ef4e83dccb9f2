import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { and, asc, eq, isNull } from "drizzle-orm";
import { securityKey } from "#db/schema/access.ts";
import type { Platform } from "../platform.ts";
import { notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { codeStep, openCodeSecret } from "./one-time-code.ts";
import { passwordProof } from "./passwords.ts";
import { refusalOf, type SignedIn, ticketStanding } from "./sign-in.ts";
import { newToken, systemSecret, tokenHash } from "./tokens.ts";

/** A security key as its person or an administrator sees it. */
export interface SecurityKey {
  id: number;
  name: string;
  registeredAt: Date;
  usedAt: Date | null;
}

/** Where browsers find the program, if that was configured: only then are keys used, which are bound to it. */
export const usesKeys = (platform: Platform): boolean => platform.origin !== undefined;

function party({ origin }: Platform): { origin: string; rpID: string } {
  if (origin === undefined) {
    throw new Problem({ status: 422, message: "この市では、セキュリティキーは使えません。" });
  }
  return { origin, rpID: new URL(origin).hostname };
}

/** Keys of somebody in use, in the order of registration. */
export function keysOf(work: Work, staffId: number): Promise<SecurityKey[]> {
  return work.tx
    .select({
      id: securityKey.id,
      name: securityKey.name,
      registeredAt: securityKey.registeredAt,
      usedAt: securityKey.usedAt,
    })
    .from(securityKey)
    .where(and(eq(securityKey.staffId, staffId), isNull(securityKey.removedAt)))
    .orderBy(asc(securityKey.id));
}

/** Takes a key back: one's own, or another's as an administrator. @throws Problem 404 */
export async function removeKey(work: Work, keyId: number): Promise<void> {
  const [row] = await work.sql<{ done: boolean }[]>`select access.remove_key(${keyId}) as done`;
  if (!row?.done) throw notFound("セキュリティキーが見つかりません。");
}

/** What is wrong with the factors shown before a registration, and in which field. */
export type KeyFault = { field: "password" | "code"; message: string };

/**
 * Begins the registration of a key, for whoever shows the password and a fresh code.
 *
 * @returns what the browser hands to the key, or what was wrong
 */
export async function beginKey(
  work: Work,
  { password, code }: { password: string; code: string },
): Promise<PublicKeyCredentialCreationOptionsJSON | KeyFault> {
  const { platform, actor, sql } = work;
  const { rpID } = party(platform);
  const secret = systemSecret(platform.keys);
  const [own] = await sql<{ salts: string[]; address: string }[]>`
    select access.own_password_salts() as salts, terminal_address as address from access.whoami()`;
  const proof = await passwordProof(password, own?.salts[0] ?? "");
  const [found] = await sql<{ sealed: Buffer | null }[]>`
    select access.session_code_secret(${secret}, ${actor.sessionToken}, ${proof}, ${own?.address ?? null}) as sealed`;
  const step = found?.sealed ? codeStep(openCodeSecret(platform.keys, found.sealed), code) : null;
  if (found?.sealed && step === null) {
    await sql`select access.session_code_failed(${secret}, ${actor.sessionToken}, ${own?.address ?? null})`;
    return { field: "code", message: "確認コードが違います。" };
  }
  const options = await generateRegistrationOptions({
    rpName: "まどぐち",
    rpID,
    userName: actor.staffName,
    userID: new TextEncoder().encode(String(actor.staffId)),
    attestationType: "none",
    authenticatorSelection: { userVerification: "required", residentKey: "discouraged" },
  });
  const [row] = await sql<{ outcome: "right" | "wrong" | "locked" | "code-used" }[]>`
    select access.begin_key(${secret}, ${proof}, ${step}, ${options.challenge}) as outcome`;
  switch (row?.outcome) {
    case "right":
      return options;
    case "code-used":
      return {
        field: "code",
        message: "この確認コードは使用済みです。次のコードを待ってください。",
      };
    case "locked":
      return { field: "password", message: "続けて間違えたため、一時的に使えません。" };
    default:
      return { field: "password", message: "パスワードが違います。" };
  }
}

/** Registers the key that answered. @throws Problem 422 where it did not answer rightly, or too late */
export async function registerKey(
  work: Work,
  { name, response }: { name: string; response: string },
): Promise<void> {
  const { platform, sql } = work;
  const { origin, rpID } = party(platform);
  const refused = new Problem({
    status: 422,
    message: "セキュリティキーを登録できませんでした。",
    details: [
      "時間が過ぎたか、キーの暗証番号や指紋の確認が行われませんでした。もう一度行ってください。",
    ],
  });
  const [row] = await sql<
    { challenge: string | null }[]
  >`select access.key_challenge() as challenge`;
  if (!row?.challenge) throw refused;
  const verified = await verifyRegistrationResponse({
    response: parsed<RegistrationResponseJSON>(response),
    expectedChallenge: row.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
  }).catch(() => undefined);
  if (!verified?.verified) throw refused;
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
  try {
    await sql.savepoint(
      (
        inner,
      ) => inner`select access.register_key(${systemSecret(platform.keys)}, ${row.challenge}, ${id},
        ${Buffer.from(publicKey)}, ${counter}, ${transports ?? []}, ${name})`,
    );
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "MD005") throw refused;
    if (code === "MD007") {
      throw new Problem({ status: 422, message: "セキュリティキーは5本まで登録できます。" });
    }
    throw error;
  }
}

/** What the browser hands to a key of the person whose password was right; `undefined` where there is none to use. */
export async function beginKeySignIn(
  platform: Platform,
  { ticket, address }: { ticket: string; address: string },
): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
  if (!usesKeys(platform)) return undefined;
  const options = await generateAuthenticationOptions({
    rpID: party(platform).rpID,
    userVerification: "required",
  });
  const keys = await platform.database.sql<{ credential_id: string; transports: string[] }[]>`
    select * from access.begin_key_sign_in(${systemSecret(platform.keys)}, ${ticket}, ${address}, ${options.challenge})`;
  if (keys.length === 0) return undefined;
  const allowCredentials = keys.map(({ credential_id: id, transports }) => ({
    id,
    type: "public-key" as const,
    transports: transports as AuthenticatorTransport[],
  }));
  return { ...options, allowCredentials };
}

/** Second factor by a security key; see `checkCode`. */
export async function checkKey(
  platform: Platform,
  { ticket, response, address }: { ticket: string; response: string; address: string },
): Promise<SignedIn> {
  const { sql } = platform.database;
  const { origin, rpID } = party(platform);
  const secret = systemSecret(platform.keys);
  const shown = parsed<AuthenticationResponseJSON>(response);
  const [key] = await sql<{ challenge: string; public_key: Buffer; counter: string }[]>`
    select * from access.take_key_challenge(${secret}, ${ticket}, ${address}, ${String(shown.id)})`;
  const verified =
    key &&
    (await verifyAuthenticationResponse({
      response: shown,
      expectedChallenge: key.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      credential: {
        id: shown.id,
        publicKey: new Uint8Array(key.public_key),
        counter: Number(key.counter),
      },
    }).catch(() => undefined));
  if (!verified?.verified) {
    await sql`select access.key_failed(${secret}, ${ticket}, ${address})`;
    return {
      ok: false,
      why: (await ticketStanding(platform, { ticket, address })) ? "wrong" : "over",
    };
  }
  const token = newToken();
  try {
    await sql`select access.sign_in_by_key(${secret}, ${ticket}, ${tokenHash(token)}, ${address},
      ${shown.id}, ${verified.authenticationInfo.newCounter})`;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return { ok: false, why: refusal };
    throw error;
  }
  return { ok: true, token };
}

/** What a browser sent of a key; anything else is refused as unreadable. */
function parsed<T>(response: string): T {
  try {
    const found: unknown = JSON.parse(response);
    if (typeof found === "object" && found !== null) return found as T;
  } catch {
    // Said below.
  }
  throw new Problem({ status: 422, message: "送られた内容を読み取れませんでした。" });
}
