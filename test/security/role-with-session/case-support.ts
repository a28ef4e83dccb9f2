import type { TransactionSql } from "postgres";
import { moveCase, type SeenCase, seal } from "#test/support/case-sql.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { staffSql } from "./support.ts";

/** Nothing that the database knows is done with the case. */
export const noSuchStep = { code: "MD011" };
/** The step was made, but not what belongs to it. */
export const notWhole = { code: "MD019" };

/** A city with a counter, and SQL at will in the name of one of its staff. */
export async function cityWithCases() {
  const city = await openTestPlatform();
  const as = staffSql(city);
  const counter = counterOf(city);
  const { admin } = city;
  const personOf = async (caseId: string): Promise<string> =>
    (await admin`select person_number from cases.case where id = ${caseId}`)[0]?.person_number;

  /** The one entitlement of a case. */
  const entitlementOf = async (caseId: string): Promise<string> =>
    (await admin`select id from entitlements.entitlement where case_id = ${caseId}`)[0]?.id;

  /** A comment of the one who moves, sealed for the case. */
  const comment = async (sql: TransactionSql, { caseId }: SeenCase) =>
    seal(sql, { caseId, person: await personOf(caseId), kind: "comment" });

  /** A paper of a person of a case with the next number of its sort, its bytes of no matter. */
  const paper = async (
    sql: TransactionSql,
    given: {
      caseId: string;
      kind: string;
      person?: string;
      number?: string;
      sealedId?: string;
    },
  ): Promise<string> => {
    const { caseId, kind, person = await personOf(caseId) } = given;
    const sort = kind === "certificate" ? "certificate" : "document";
    const next = async () => {
      const [row] = await sql`select cases.next_number(${`child-medical.${sort}`}, 2026) as n`;
      return `熊こ医${sort === "certificate" ? "証" : ""}第R8-${String(row?.n).padStart(6, "0")}号`;
    };
    const number = given.number ?? (await next());
    const sealedId = given.sealedId ?? (await seal(sql, { caseId, person, kind: "document" }));
    const [made] = await sql<{ id: string }[]>`
      insert into documents.document (number, program, kind, template_version, case_id, person_number, office_code, sealed_id, sha256)
      select ${number}, program, ${kind}, 'x v1', id, ${person}, office_code, ${sealedId}, 'x' from cases.case where id = ${caseId}
      returning id`;
    if (!made) throw new Error("no paper was made");
    return made.id;
  };

  /** Approves a proposed grant; what belongs to it is left to the caller. */
  const approve = (sql: TransactionSql, at: SeenCase, target = "certified") =>
    moveCase(sql, at, "approve", target);

  /** Says in the step that proposes it what would be granted (of an entitlement: what it would be). */
  const propose = async (
    sql: TransactionSql,
    { caseId }: SeenCase,
    given: {
      person?: string;
      kind?: string;
      entitlement?: string | null;
      from?: string;
      to?: string;
    } = {},
  ) => {
    const { kind = "medical", entitlement = null, from = "2026-11-20", to = "2045-03-31" } = given;
    const person = given.person ?? (await personOf(caseId));
    await sql`
      insert into entitlements.proposed_period (case_id, person_number, kind, entitlement_id, valid_from, valid_to, reason)
      values (${caseId}, ${person}, ${kind}, ${entitlement}, ${from}, ${to}, 'birth')`;
  };

  /** Grants the person of a case what is asked, in the step that decides on it. */
  const grant = async (
    sql: TransactionSql,
    { caseId }: SeenCase,
    given: {
      person?: string | null;
      kind?: string;
      from?: string;
      to?: string;
      reason?: string;
    } = {},
  ): Promise<string> => {
    const { kind = "medical", from = "2026-11-20", to = "2045-03-31" } = given;
    const { reason = "birth" } = given;
    const person = given.person === undefined ? await personOf(caseId) : given.person;
    const [row] = await sql<{ id: string }[]>`
      select entitlements.grant_to(${caseId}, ${person}, ${kind}, ${from}, ${to}, ${reason}) as id`;
    return row?.id ?? "";
  };

  /** Gives the person of a case the next number of a recipient. */
  const giveNumber = async (
    sql: TransactionSql,
    { caseId }: SeenCase,
    given: { person?: string; number?: string; from?: string } = {},
  ) => {
    const { from = "2026-11-20" } = given;
    const person = given.person ?? (await personOf(caseId));
    const next = async () => {
      const [row] = await sql`select cases.next_number('child-medical.recipient', 0) as n`;
      return `${String(row?.n).padStart(6, "0")}0`;
    };
    const number = given.number ?? (await next());
    await sql`select entitlements.give_number(${caseId}, ${person}, ${number}, ${from})`;
  };

  return {
    city,
    admin,
    as,
    counter,
    personOf,
    entitlementOf,
    comment,
    paper,
    approve,
    propose,
    grant,
    giveNumber,
  };
}
