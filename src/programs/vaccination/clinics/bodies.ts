import { asc, eq } from "drizzle-orm";
import { body } from "#db/schema/clinics.ts";
import { EntryFaults, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import { codeOf, placeOf, type TypedPlace } from "./typed.ts";
import { bodyKinds } from "./words.ts";

/** 取りまとめ団体. */
export type ClinicBody = typeof body.$inferSelect;

/** All of them, by kana: a city has few. */
export const listBodies = (work: Work): Promise<ClinicBody[]> =>
  work.tx.select().from(body).orderBy(asc(body.kana), asc(body.code)).limit(500);

/** @throws Problem 404 */
export async function getBody(work: Work, code: string): Promise<ClinicBody> {
  const [row] = await work.tx.select().from(body).where(eq(body.code, code));
  if (!row) throw notFound("取りまとめ団体が見つかりません。");
  return row;
}

/** As it was typed. */
export type TypedBody = TypedPlace & { kind: string };

/**
 * Registers an association, or writes one anew as the page showed it.
 *
 * @returns its code
 * @throws EntryProblem with all fields at fault; Problem 409
 */
export async function keepBody(
  work: Work,
  of: Pick<ClinicBody, "code" | "revision"> | undefined,
  typed: TypedBody,
): Promise<string> {
  const faults = new EntryFaults();
  const { postalCode, ...place } = placeOf(typed, faults);
  const facts = {
    ...place,
    postal_code: postalCode,
    kind: faults.need("kind", codeOf(bodyKinds, typed.kind), "区分を選んでください。"),
  };
  faults.end();
  const [row] = await refuseInWords(
    work.sql<{ code: string }[]>`
      select clinics.keep_body(${of?.code ?? null}, ${of?.revision ?? null}, ${JSON.stringify(facts)}::text::jsonb) as code`,
    "ほかの職員が先に変更しました。画面を開き直してください。",
  );
  if (!row) throw new Error("an association has a code");
  return row.code;
}
