import { z } from "zod";
import type { LiveSchema } from "./live-schema.ts";
import type { Place } from "./record-item.ts";

/** Fields of the sealed record of a person that record items rest on, as `PersonRecord` names them. */
const registerFields: ReadonlySet<string> = new Set([
  "name.kanji",
  "name.kana",
  "name.commonName",
  "name.commonKana",
  "name.alphabetic",
  "address.town",
  "address.block",
  "address.building",
  "residence.movedTo",
  "details.event.on",
  "details.event.reason",
  "details.event.reportedOn",
  "details.event.cancels",
  "details.movedFrom",
  "details.phone",
  "details.foreign.since",
  "details.foreign.status",
  "details.foreign.period",
  "details.foreign.section",
  "details.foreign.cardNumber",
]);

/** Whether a place exists in the live schema, or in what the 事務 has entered (none for one without cases). */
export function isThere(place: Place, live: LiveSchema, entered: z.ZodType | undefined): boolean {
  if ("column" in place) return live.columns.has(place.column);
  if ("register" in place) return registerFields.has(place.register);
  if ("entered" in place) return entered !== undefined && hasField(entered, place.entered);
  return true;
}

/** Whether what is entered has a field under a path such as `guardian.name`. */
function hasField(schema: z.ZodType, path: string): boolean {
  const [name = "", ...rest] = path.split(".");
  const field = objectOf(schema)?.shape[name] as z.ZodType | undefined;
  return field !== undefined && (rest.length === 0 || hasField(field, rest.join(".")));
}

/** The object within what may be null, left out or read from other forms. */
function objectOf(schema: z.ZodType): z.ZodObject | undefined {
  if (schema instanceof z.ZodObject) return schema;
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return objectOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodPipe) return objectOf(schema.in as z.ZodType);
  return undefined;
}
