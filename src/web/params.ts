import { notFound } from "#src/platform/problem.ts";

/** The number of a row in an address; 404 when it is none. */
export function numberOf(part: string): number {
  if (!/^\d{1,9}$/.test(part)) throw notFound();
  return Number(part);
}

/** The id of a row in an address; 404 when it is none. */
export function idOf(part: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part)) throw notFound();
  return part;
}
