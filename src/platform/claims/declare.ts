import { z } from "zod";
import { claimAcceptance } from "#db/schema/claims.ts";
import { type ClaimFaultCode, claimFaults, faultKind } from "#workflows/claims/faults.ts";
import type { ClaimFacts } from "#workflows/claims/machine.ts";
import { claimV1, claimV2 } from "#workflows/claims/machine.ts";
import {
  acceptanceReasons,
  cancellationReasons,
  type RefusalReason,
  refusalReasons,
} from "#workflows/claims/reasons.ts";
import { type CaseRow, declareWorkflow, type Handler, latestApproval } from "../cases/index.ts";
import { codesOf, latestEntry, parse } from "../intake/index.ts";
import { confirmedAccount, owe, payablesOfCase, withdrawOwed } from "../payments/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { claimOf, keepBills } from "./bills.ts";
import { claimEntrySchema } from "./entry.ts";
import { type ClaimKind, claimCaseKind } from "./kind.ts";
import { isClaimLetter, issueClaimLetter } from "./letters.ts";
import { issueClaimNotice } from "./notice.ts";
import { postcardMailing } from "./postcards.ts";
import { isAsProposed, propose, proposedOf } from "./proposal.ts";
import { reckonClaim } from "./reckon.ts";
import { inquirySchema, keepRequest, supplementSchema } from "./requests.ts";

const moved = "起案の後に、支給する額が変わりました。差し戻して、もう一度起案してください。";

/** What the machine may know of a claim, gathered in the transaction of the step. */
async function factsOf(work: Work, kind: ClaimKind, found: CaseRow): Promise<ClaimFacts> {
  const open = await latestApproval(work, found.id);
  const waits = open && open.decision === null;
  const entry = await latestEntry(work, found.id);
  const { payeeNumber } = await claimOf(work, found.id);
  const proposed = await proposedOf(work, found.id);
  const judges = ["received", "examination"].includes(found.state);
  const claim = judges && entry ? await reckonClaim(work, kind, found) : undefined;
  const unsettled = claim?.receipts.filter((one) => one.open.length > 0) ?? [];
  const blocked = unsettled.filter(({ open: faults }) =>
    faults.some(({ code }) => faultKind(code).level === "blocked"),
  );
  const account = await confirmedAccount(work, {
    program: found.program,
    personNumber: payeeNumber,
  });
  const payables = await payablesOfCase(work, found.id);
  return {
    actingStaffId: work.actor.staffId,
    enteredBy: entry?.enteredBy ?? null,
    preparedBy: waits ? open.preparedBy : null,
    blocked: blocked.length,
    doubtful: unsettled.length - blocked.length,
    payable: (claim?.total ?? 0) > 0,
    accountConfirmed: account !== undefined,
    proposal: waits ? (open.subject as ClaimFacts["proposal"]) : null,
    rowRefused:
      proposed?.subject === "payment" && proposed.rows.some(({ outcome }) => outcome === "refused"),
    unpaid: payables.every(
      ({ state, setOff }) =>
        setOff === 0 && ["owed", "awaiting-correction", "withdrawn"].includes(state),
    ),
  };
}

const judgedSchema = z
  .array(
    z
      .strictObject({
        number: z.number().int(),
        code: z.enum(Object.keys(claimFaults) as [ClaimFaultCode, ...ClaimFaultCode[]]),
        reason: z.string(),
      })
      .refine(
        ({ code, reason }) =>
          reason in (faultKind(code).level === "blocked" ? refusalReasons : acceptanceReasons),
        { error: "理由を選んでください。", path: ["reason"] },
      ),
  )
  .min(1, { error: "判断する確認事項を選んでください。" });

const reasonOf = <T extends string>(titles: Readonly<Record<T, string>>) =>
  z.strictObject({ reason: z.enum(codesOf(titles), "理由を選んでください。") });

function handlersOf(kind: ClaimKind): Readonly<Record<string, Handler>> {
  return {
    async enter(work, step) {
      const entry = parse(claimEntrySchema, step.input);
      await keepBills(work, step, entry);
      return { receipts: entry.receipts.length };
    },
    async accept(work, { found, input }) {
      const said = parse(judgedSchema, input);
      const claim = await reckonClaim(work, kind, found);
      const isOpen = ({ number, code }: (typeof said)[number]) =>
        claim.receipts.some(
          (one) => one.receipt.number === number && one.open.some((fault) => fault.code === code),
        );
      const still = said.filter(isOpen);
      if (still.length === 0)
        throw new Problem({ status: 409, message: "判断する確認事項は、もうありません。" });
      await work.tx
        .insert(claimAcceptance)
        .values(still.map((one) => ({ ...one, caseId: found.id })));
      return { receipts: still.length };
    },
    async hold(work, step) {
      if (step.found.machineVersion === 1) return {};
      await keepRequest(work, step, {
        kind: "supplement",
        ...parse(supplementSchema, { ...(step.input as object), until: step.event.until }),
      });
      return { asked: "claimant" };
    },
    async inquire(work, step) {
      if (step.found.machineVersion === 1) return {};
      const asked = parse(inquirySchema, { ...(step.input as object), until: step.event.until });
      await keepRequest(work, step, { kind: "inquiry", ...asked });
      return { asked: asked.asked };
    },
    async propose(work, { found }) {
      const claim = await reckonClaim(work, kind, found);
      await propose(work, found.id, claim);
      return { total: claim.total };
    },
    async proposeRefusal(work, { found, input }) {
      const { reason } = parse(reasonOf(refusalReasons), input);
      const claim = await reckonClaim(work, kind, found);
      const receipts = claim.receipts.map((one) => ({
        ...one,
        outcome: "refused" as const,
        reason: one.reason ?? (reason as RefusalReason),
        amount: 0,
        lines: [],
      }));
      await propose(work, found.id, { receipts });
      return { reason };
    },
    async approve(work, { found }) {
      const proposed = await proposedOf(work, found.id);
      if (!proposed || proposed.subject === "refusal") return { subject: "refusal" };
      // What others decided of the same person meanwhile is seen: one decides after the other.
      await work.sql`select claims.hold_person(${found.id})`;
      if (!isAsProposed(await reckonClaim(work, kind, found), proposed))
        throw new Problem({ status: 409, message: moved });
      const { payeeNumber } = await claimOf(work, found.id);
      await work.sql`select claims.carry_out(${found.id})`;
      await owe(work, {
        program: found.program,
        sourceKind: "refund",
        sourceId: found.id,
        caseId: found.id,
        personNumber: payeeNumber,
        amount: proposed.total,
      });
      return { subject: "payment", total: proposed.total };
    },
    proposeCancellation: async (_work, { input }) => parse(reasonOf(cancellationReasons), input),
    async cancel(work, { found }) {
      await withdrawOwed(work, {
        program: found.program,
        sourceKind: "refund",
        sourceId: found.id,
      });
      await work.sql`select claims.take_back(${found.id})`;
      return { subject: "cancellation" };
    },
  };
}

const kinds = new Map<string, ClaimKind>();

/** Declares the claims of a 事務: the machine of their cases, and what its events do. */
export function claims(kind: ClaimKind): ClaimKind {
  kinds.set(kind.program, kind);
  postcardMailing(kind);
  declareWorkflow<ClaimFacts>({
    program: kind.program,
    kind: claimCaseKind(kind),
    versions: [claimV1(kind.program, kind.title), claimV2(kind.program, kind.title)],
    context: (work, found) => factsOf(work, kind, found),
    carryOut: handlersOf(kind),
    effect: (work, found, { params, revision }) => {
      const letter = String(params.kind);
      if (letter === "claim-decision") return issueClaimNotice(work, kind, found);
      if (isClaimLetter(letter)) return issueClaimLetter(work, kind, found, { letter, revision });
      throw new Error(`a claim sends no ${letter}`);
    },
  });
  return kind;
}
