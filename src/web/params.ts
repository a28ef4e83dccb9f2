import { notFound } from "#src/platform/problem.ts";

/** The number of a row in an address; 404 when it is none. */
export function numberOf(part: string): number {
  if (!/^\d{1,9}$/.test(part)) throw notFound();
  return Number(part);
}

/** The UUID in an address; 404 when it is none. */
export function uuidOf(part: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(part)) throw notFound();
  return part;
}
