import * as client from "openid-client";
import type { Platform } from "../../platform.ts";
import { refusalOf, type SignedIn } from "../sign-in.ts";
import { newToken, systemSecret, tokenHash } from "../tokens.ts";
import type { DirectorySettings } from "./settings.ts";

/** Seconds after which the directory counts as out of reach. */
const patience = 5;

/** Whether staff may sign in over the city's directory. */
export const usesDirectory = (platform: Platform): boolean =>
  platform.directory !== undefined && platform.origin !== undefined;

/** The directory did not answer, or not as it should: staff go on with password and code. */
export class DirectoryUnreachable extends Error {}

/** The address of ours to which the directory sends people back. */
const returnPath = "/sign-in/directory/return";

/**
 * Begins a sign-in over the directory (code flow with PKCE and nonce).
 *
 * @param back the page of ours to go to afterwards
 * @returns the address of the directory to which the browser goes, and what it keeps until it comes back: nobody else's
 *   browser goes on with it
 * @throws DirectoryUnreachable
 */
export async function beginDirectory(
  platform: Platform,
  { back, address }: { back: string; address: string },
): Promise<{ to: URL; begun: string }> {
  const configuration = await configurationOf(platform);
  const begun = newToken();
  const [state, nonce, verifier] = [
    client.randomState(),
    client.randomNonce(),
    client.randomPKCECodeVerifier(),
  ];
  await platform.database.sql`
    select access.begin_directory(${systemSecret(platform.keys)}, ${tokenHash(`${state}.${begun}`)}, ${verifier}, ${nonce}, ${back}, ${address})`;
  const to = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${platform.origin}${returnPath}`,
    scope: "openid profile",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  return { to, begun };
}

export type DirectoryAnswer =
  /** `whole`: the directory has asked for a second factor itself. */
  | { ok: true; ticket: string; whole: boolean; back: string }
  /** `over`: not begun here, or too long ago. `refused`: the directory or the person said no. `unknown`: no such id of ours. */
  | { ok: false; why: "over" | "refused" | "unknown" };

/** What the directory sent the browser back with. @throws DirectoryUnreachable */
export async function directoryAnswered(
  platform: Platform,
  {
    parameters,
    address,
    begun,
  }: { parameters: URLSearchParams; address: string; begun: string | undefined },
): Promise<DirectoryAnswer> {
  const { sql } = platform.database;
  const secret = systemSecret(platform.keys);
  const state = parameters.get("state") ?? "";
  const [asked] = await sql<{ verifier: string; nonce: string; back: string }[]>`
    select * from access.take_directory(${secret}, ${`${state}.${begun ?? ""}`}, ${address})`;
  const settings = platform.directory;
  if (!asked || !settings) return { ok: false, why: "over" };
  const configuration = await configurationOf(platform);
  let claims: client.IDToken | undefined;
  try {
    const tokens = await client.authorizationCodeGrant(
      configuration,
      new URL(`${platform.origin}${returnPath}?${parameters}`),
      {
        pkceCodeVerifier: asked.verifier,
        expectedNonce: asked.nonce,
        expectedState: state,
        idTokenExpected: true,
      },
    );
    claims = tokens.claims();
  } catch (error) {
    if (isOutOfReach(error)) throw new DirectoryUnreachable("directory does not answer");
    return { ok: false, why: "refused" };
  }
  const login = claims?.[settings.claim];
  if (!claims || typeof login !== "string") return { ok: false, why: "unknown" };
  const ticket = newToken();
  const whole = showsSecondFactor(settings, claims);
  const [row] = await sql<{ done: boolean }[]>`
    select access.directory_answered(${secret}, ${login}, ${address}, ${tokenHash(ticket)}, ${whole}) as done`;
  return row?.done ? { ok: true, ticket, whole, back: asked.back } : { ok: false, why: "unknown" };
}

/** Opens the session where the directory asked for both factors; see `checkCode`. */
export async function finishDirectory(
  platform: Platform,
  { ticket, address }: { ticket: string; address: string },
): Promise<SignedIn> {
  const token = newToken();
  try {
    await platform.database.sql`
      select access.sign_in_by_directory(${systemSecret(platform.keys)}, ${ticket}, ${tokenHash(token)}, ${address})`;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return { ok: false, why: refusal };
    throw error;
  }
  return { ok: true, token };
}

/** Where somebody signs out of the directory too; `undefined` where it offers no such page. @throws DirectoryUnreachable */
export async function directorySignOut(platform: Platform): Promise<URL | undefined> {
  const configuration = await configurationOf(platform);
  if (!configuration.serverMetadata().end_session_endpoint) return undefined;
  return client.buildEndSessionUrl(configuration, {
    post_logout_redirect_uri: `${platform.origin}/sign-in`,
  });
}

function showsSecondFactor({ secondFactor }: DirectorySettings, claims: client.IDToken): boolean {
  const amr = Array.isArray(claims.amr) ? claims.amr : [];
  return [claims.acr, ...amr].some(
    (value) => typeof value === "string" && secondFactor.includes(value),
  );
}

/** Asked anew each time: a directory that changed its keys or addresses is not a fault of ours. */
async function configurationOf(platform: Platform): Promise<client.Configuration> {
  const settings = platform.directory;
  if (!settings) throw new DirectoryUnreachable("no directory");
  const issuer = new URL(settings.issuer);
  try {
    return await client.discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
      timeout: patience,
      execute: [
        // The signature of the ID token is checked too, though it comes from the directory itself.
        client.enableNonRepudiationChecks,
        // Only of this machine; see settings.ts.
        ...(issuer.protocol === "http:" ? [client.allowInsecureRequests] : []),
      ],
    });
  } catch {
    throw new DirectoryUnreachable("directory does not answer");
  }
}

/** Whether nothing came back, rather than a refusal. */
const isOutOfReach = (error: unknown) =>
  !(error instanceof client.AuthorizationResponseError) &&
  !(error instanceof client.ResponseBodyError) &&
  (error instanceof TypeError ||
    (error instanceof client.ClientError && error.code === "OAUTH_TIMEOUT"));
