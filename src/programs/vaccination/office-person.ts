import { lookAtPerson } from "#src/platform/people/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";

/** Whom a paper is printed for in the office, with name and address. @throws Problem 403 where they may not be seen, 404 */
export async function personToPrintFor(work: Work, personNumber: string, what: string) {
  const person = await lookAtPerson(work, personNumber, ["name", "address"]);
  if (!person) throw notFound();
  if (person.addressMasked)
    throw new Problem({
      status: 403,
      message: `支援措置の対象者です。${what}は、住所を扱う権限のある職員が印刷してください。`,
    });
  const { name, address } = person;
  if (!name || !address)
    throw new Problem({ status: 403, message: "この方の氏名・住所を見る権限がありません。" });
  return { ...person, name, address };
}
