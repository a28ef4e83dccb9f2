import type { Sql } from "postgres";
import { certificateReturnV1 } from "#workflows/cases/certificate-return.ts";
import { followUpV1 } from "#workflows/cases/follow-up.ts";
import { importV1 } from "#workflows/feeds/machine.ts";
import type { FlowDefinition } from "#workflows/flows/definition.ts";
import { type FlowWay, waysOf } from "#workflows/flows/ways.ts";
import { highCostClaimV1 } from "#workflows/high-cost/claim-machine.ts";
import { highCostEntryV1 } from "#workflows/high-cost/entry-machine.ts";
import { mailingRuns } from "#workflows/mailings/machine.ts";
import { mailingPiece } from "#workflows/mailings/piece.ts";
import { accountV1 } from "#workflows/payments/account.ts";
import { payableV1 } from "#workflows/payments/payable.ts";
import { repaymentV1 } from "#workflows/payments/repayment.ts";
import { paymentRunV1 } from "#workflows/payments/run.ts";
import { pmhRunV1 } from "#workflows/pmh/run.ts";
import { receiptFileV1 } from "#workflows/receipts/machine.ts";
import { answerV1 } from "#workflows/renewals/answer.ts";
import { seasonV1 } from "#workflows/renewals/season.ts";
import { MachineChanged } from "./cases/index.ts";

type ToldFlow = Pick<FlowDefinition, "kind" | "version" | "machine" | "events">;

/** Those of the platform. */
const ofThePlatform: readonly ToldFlow[] = [
  ...mailingRuns,
  mailingPiece,
  importV1,
  highCostEntryV1,
  highCostClaimV1,
  accountV1,
  certificateReturnV1,
  followUpV1,
  payableV1,
  paymentRunV1,
  pmhRunV1,
  receiptFileV1,
  repaymentV1,
  seasonV1,
  answerV1,
];

const ofPrograms: ToldFlow[] = [];

/** A 事務 has a machine by which the database moves rows of its own that are no cases. */
export function declareFlow(flow: ToldFlow): void {
  ofPrograms.push(flow);
}

/** Every released machine by which the database itself moves rows that are no cases. */
export const toldFlows = (): readonly ToldFlow[] => [...ofThePlatform, ...ofPrograms];

/**
 * Tells the database the ways of these machines (`flows.way`). Run by the administrator at start.
 *
 * @throws MachineChanged when a version that is known allows something else now
 */
export async function syncFlows(admin: Sql): Promise<void> {
  await admin.begin(async (sql) => {
    await sql`set local role madoguchi_owner`;
    await sql`select pg_advisory_xact_lock(hashtext('madoguchi.machines'))`;
    for (const { kind, version, ...definition } of toldFlows()) {
      const ways = waysOf(definition);
      const known = await sql<FlowWay[]>`
        select from_state as from, event, to_state as to, rights, comment_required as "commentRequired", checks
          from flows.way where kind = ${kind} and version = ${version}`;
      if (known.length === 0)
        await sql`insert into flows.way ${sql(
          ways.map((way) => ({
            kind,
            version,
            from_state: way.from,
            event: way.event,
            to_state: way.to,
            rights: [...way.rights],
            comment_required: way.commentRequired,
            checks: [...way.checks],
          })),
        )}`;
      else if (asText(known) !== asText(ways)) throw new MachineChanged(kind, version);
    }
  });
}

const asText = (ways: readonly FlowWay[]): string =>
  ways
    .map((way) => [way.from, way.event, way.to, way.rights, way.commentRequired, way.checks])
    .map((row) => JSON.stringify(row))
    .toSorted()
    .join("\n");
