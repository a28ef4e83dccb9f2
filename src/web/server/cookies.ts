import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { parseCookie } from "cookie";
import type { Request, Response } from "express";
import type { Flash } from "../reply.ts";

const sessionCookie = "madoguchi_session";
const visitCookie = "madoguchi_visit";
const messageCookie = "madoguchi_message";
const directoryCookie = "madoguchi_directory";

/** Over https a browser takes a `__Host-` cookie from this host alone, never from another of the same domain. */
const cookieName = (request: Request, name: string) => (request.secure ? `__Host-${name}` : name);

function read(request: Request, name: string): string | undefined {
  return parseCookie(request.headers.cookie ?? "")[cookieName(request, name)] || undefined;
}

function write(
  request: Request,
  response: Response,
  name: string,
  value: string | undefined,
  seconds?: number,
  sameSite: "strict" | "lax" = "strict",
) {
  const options = {
    httpOnly: true,
    sameSite,
    secure: request.secure,
    path: "/",
  } as const;
  const named = cookieName(request, name);
  if (value === undefined) response.clearCookie(named, options);
  else response.cookie(named, value, seconds ? { ...options, maxAge: seconds * 1000 } : options);
}

export function readSession(request: Request): string | undefined {
  const token = read(request, sessionCookie);
  return token && /^[\w-]{1,100}$/.test(token) ? token : undefined;
}

/** Sets the session, or clears it with all that pages kept in the browser (USE-9). */
export function writeSession(request: Request, response: Response, token: string | undefined) {
  write(request, response, sessionCookie, token);
  if (token === undefined) response.set("Clear-Site-Data", '"storage"');
}

/** Of a browser in which nobody is signed in, so that its forms can be told from those of another site. */
export function readOrStartVisit(request: Request, response: Response): string {
  const known = read(request, visitCookie);
  if (known) return known;
  const fresh = randomBytes(16).toString("base64url");
  write(request, response, visitCookie, fresh);
  return fresh;
}

/** What this browser holds of a sign-in over the directory that it began. */
export const readBegun = (request: Request): string | undefined => read(request, directoryCookie);

/** `lax`, as the way back from the directory is another site's; as long as the sign-in may take. */
export const writeBegun = (request: Request, response: Response, begun: string): void =>
  write(request, response, directoryCookie, begun, 10 * 60, "lax");

/** Token that every form of a session (or visit) carries; tells nothing of the secret it is made from. */
export function csrfTokenOf(secret: string): string {
  return createHmac("sha256", secret).update("madoguchi form").digest("base64url");
}

export function csrfMatches(secret: string, given: string): boolean {
  const expected = Buffer.from(csrfTokenOf(secret));
  const received = Buffer.from(given);
  return expected.length === received.length && timingSafeEqual(expected, received);
}

/** A message and the page that it is for. */
export interface Message extends Flash {
  to: string;
}

/** Long enough for the page after the action to come; a message that nobody fetched is not shown later. */
const messageSeconds = 60;

/** The message of the last action, until its page has shown it; what is not of that shape is dropped. */
export function readMessage(request: Request): Message | undefined {
  try {
    const found: unknown = JSON.parse(read(request, messageCookie) ?? "null");
    return isMessage(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

export function writeMessage(request: Request, response: Response, message: Message | undefined) {
  write(request, response, messageCookie, message && JSON.stringify(message), messageSeconds);
}

function isMessage(value: unknown): value is Message {
  return (
    typeof value === "object" &&
    value !== null &&
    "text" in value &&
    typeof value.text === "string" &&
    "to" in value &&
    typeof value.to === "string" &&
    "tone" in value &&
    ["success", "info", "warning", "error"].includes(String(value.tone))
  );
}
