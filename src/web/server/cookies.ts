import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { parseCookie } from "cookie";
import type { Request, Response } from "express";
import type { Flash } from "../reply.ts";

const sessionCookie = "madoguchi_session";
const visitCookie = "madoguchi_visit";
const flashCookie = "madoguchi_messages";

function read(request: Request, name: string): string | undefined {
  return parseCookie(request.headers.cookie ?? "")[name] || undefined;
}

function write(request: Request, response: Response, name: string, value: string | undefined) {
  const options = {
    httpOnly: true,
    sameSite: "strict",
    secure: request.secure,
    path: "/",
  } as const;
  if (value === undefined) response.clearCookie(name, options);
  else response.cookie(name, value, options);
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

/** Token that every form of a session (or visit) carries; tells nothing of the secret it is made from. */
export function csrfTokenOf(secret: string): string {
  return createHmac("sha256", secret).update("madoguchi form").digest("base64url");
}

export function csrfMatches(secret: string, given: string): boolean {
  const expected = Buffer.from(csrfTokenOf(secret));
  const received = Buffer.from(given);
  return expected.length === received.length && timingSafeEqual(expected, received);
}

const mostMessages = 3;

/** Messages not yet closed; what is not of that shape is dropped. */
export function readFlashes(request: Request): Flash[] {
  try {
    const list: unknown = JSON.parse(read(request, flashCookie) ?? "[]");
    return Array.isArray(list) ? list.filter(isFlash).slice(-mostMessages) : [];
  } catch {
    return [];
  }
}

export function writeFlashes(request: Request, response: Response, flashes: readonly Flash[]) {
  const kept = flashes.slice(-mostMessages);
  write(request, response, flashCookie, kept.length > 0 ? JSON.stringify(kept) : undefined);
}

function isFlash(value: unknown): value is Flash {
  return (
    typeof value === "object" &&
    value !== null &&
    "text" in value &&
    typeof value.text === "string" &&
    "tone" in value &&
    ["success", "info", "warning", "error"].includes(String(value.tone))
  );
}
