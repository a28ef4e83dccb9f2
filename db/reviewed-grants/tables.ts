interface TableGrant {
  /** `INSERT`, `DELETE`, or `INSERT column` and `UPDATE column` where only columns are granted. */
  may: readonly string[];
  why: string;
}

/** Rows that the program's role writes itself: each is stamped, or held to its state by a policy or a trigger. */
export const tableGrants: Readonly<Record<string, TableGrant>> = {
  "access.duty_grant": {
    may: [
      "INSERT staff_id",
      "INSERT duty",
      "INSERT program",
      "INSERT office_code",
      "INSERT valid_from",
      "INSERT valid_to",
      "INSERT reason",
      "INSERT requested_by",
      "UPDATE valid_to",
      "UPDATE decided_by",
      "UPDATE decided_at",
      "UPDATE decision",
    ],
    why: "Applied for in one's own name, decided once by another (policy, guard_grant).",
  },
  "access.phrase": {
    may: [
      "INSERT office_code",
      "INSERT program",
      "INSERT use",
      "INSERT words",
      "INSERT valid_from",
      "UPDATE valid_to",
    ],
    why: "Sentences of an office, by right; never unsaid (guard_phrase).",
  },
  "access.staff": {
    may: ["UPDATE display_name", "UPDATE office_code", "UPDATE status", "UPDATE valid_to"],
    why: "By whoever manages staff, never oneself; a transfer ends all rights.",
  },
  "access.terminal": {
    may: ["INSERT", "UPDATE name", "UPDATE removed_at"],
    why: "By whoever manages staff.",
  },
  "approvals.entry": {
    may: ["INSERT"],
    why: "In a step that enters, stamped (cases.in_step, stamp_entry).",
  },
  "claims.acceptance": { may: ["INSERT"], why: "In the step that judges a receipt, stamped." },
  "claims.bill": { may: ["INSERT"], why: "In a step that enters, stamped (stamp_bill)." },
  "claims.claim": {
    may: ["INSERT"],
    why: "In the step that opens the claim, for whoever may be paid (stamp_claim).",
  },
  "claims.notice": {
    may: ["INSERT"],
    why: "With the letter of a decision that this transaction issued (with_its_letter).",
  },
  "claims.request": { may: ["INSERT"], why: "In the step that asks, stamped (stamp_request)." },
  "claims.proposal": {
    may: ["INSERT"],
    why: "In the step that proposes; the database judges the sum (proposal_stated).",
  },
  "claims.proposed_line": { may: ["INSERT"], why: "In the step that proposes, with its row." },
  "claims.proposed_row": {
    may: ["INSERT"],
    why: "In the step that proposes; never above what was paid (stamp_proposed_row).",
  },
  "documents.document": {
    may: ["INSERT"],
    why: "In a step that issues or for a letter that a step asked for, with a number that was given.",
  },
  "documents.print": { may: ["INSERT"], why: "That a document was printed, stamped." },
  "entitlements.proposed_period": { may: ["INSERT"], why: "In the step that proposes." },
  "intake.attachment": { may: ["INSERT"], why: "By whoever works on the case, stamped." },
  "intake.identity_check": { may: ["INSERT"], why: "In the step that records it." },
  "intake.income": { may: ["INSERT"], why: "In the step that enters incomes." },
  "intake.inquiry": { may: ["INSERT"], why: "In the step that asks." },
  "intake.note": { may: ["INSERT"], why: "By whoever works on the case, stamped." },
  "jobs.task": {
    may: ["INSERT", "UPDATE attempts", "UPDATE started_at", "UPDATE finished_at", "UPDATE error"],
    why: "Asked for in one's own name, by who may move what it works on (jobs.may_ask); carried on by the account of scheduled jobs.",
  },
  "mailings.contractor": {
    may: ["INSERT", "UPDATE ended_at"],
    why: "Registered by right in one's own name; a contract only ends.",
  },
  "mailings.hand_over": {
    may: [
      "INSERT",
      "UPDATE received_on",
      "UPDATE receipt_number",
      "UPDATE medium_returned_on",
      "UPDATE erased_on",
      "UPDATE erasure_report",
    ],
    why: "The 授受簿: by right while the run stands so; what the contractor says once (guard_hand_over).",
  },
  "mailings.package_file": {
    may: ["INSERT", "UPDATE erased_at"],
    why: "While the package is made; erased once its time is over.",
  },
  "people.requested": {
    may: ["DELETE", "INSERT"],
    why: "Which people a request list named last: numbers only, by feed staff.",
  },
  "printing.form_setting": {
    may: ["INSERT", "UPDATE decision", "UPDATE decided_by", "UPDATE decided_at", "UPDATE reason"],
    why: "Prepared by one, decided by another (65-printing.sql).",
  },
  "printing.unprintable": {
    may: ["INSERT", "UPDATE settlement", "UPDATE settled_by", "UPDATE settled_at"],
    why: "Characters that stopped a paper, settled once (66-unprintable.sql).",
  },
  "relief.answer": {
    may: ["INSERT"],
    why: "In the step that records the Minister's notice (stamp_answer, relief_step_is_whole).",
  },
  "relief.answer_benefit": {
    may: ["INSERT"],
    why: "With the answer, of a benefit that was claimed.",
  },
  "relief.appeal": {
    may: ["INSERT"],
    why: "In the step that records the appeal or its ruling, stamped.",
  },
  "relief.claim": {
    may: ["INSERT"],
    why: "In the step that opens the case, of a damage of the same person (stamp_claim).",
  },
  "relief.claim_facts": {
    may: ["INSERT"],
    why: "In a step that enters, by who is entitled to that kind of benefit (stamp_facts).",
  },
  "relief.forwarding": {
    may: ["INSERT"],
    why: "In the step that forwards, with the copy that holds (stamp_forwarding).",
  },
  "relief.harm": { may: ["INSERT"], why: "In the step that opens its first case (stamp_harm)." },
  "request_letters.acceptance": {
    may: ["INSERT"],
    why: "In the step that judges a dose, of what is doubtful, stamped (stamp_acceptance).",
  },
  "request_letters.proposal": {
    may: ["INSERT"],
    why: "In the step that proposes a letter, stamped; carried out as it stands.",
  },
  "request_letters.refund": {
    may: ["INSERT"],
    why: "In the step that opens the claim, for whoever may be paid (stamp_refund).",
  },
  "request_letters.refund_dose": {
    may: ["INSERT"],
    why: "In a step that enters, stamped (stamp_refund_dose).",
  },
  "request_letters.refund_row": {
    may: ["INSERT"],
    why: "In the step that proposes; the database judges it (request_letters.stated).",
  },
  "request_letters.request": {
    may: ["INSERT"],
    why: "In a step that enters, stamped (stamp_request).",
  },
  "request_letters.request_line": {
    may: ["INSERT"],
    why: "In a step that enters, stamped (stamp_request_line).",
  },
  "relief_benefits.claimed": {
    may: ["INSERT"],
    why: "In the step that enters what is claimed, stamped (stamp_claimed).",
  },
  "relief_benefits.entry": {
    may: ["INSERT"],
    why: "In the step that enters what is claimed, sealed beside it, stamped (stamp_entry).",
  },
  "relief_benefits.proposed": {
    may: ["INSERT"],
    why: "In the step that proposes; the database judges steps and sums (proposal_stated).",
  },
  "intractable_disease.applied": {
    may: ["INSERT"],
    why: "Codes of an entry, in the step that enters it (stamp_entry).",
  },
  "intractable_disease.clinical_record": {
    may: ["INSERT"],
    why: "In the step that enters it, of a doctor who was designated (stamp_clinical_record).",
  },
  "intractable_review.record_check": {
    may: ["INSERT"],
    why: "書類審査区分, in the step that says it (intractable_review.stamp).",
  },
  "intractable_review.referral": {
    may: ["INSERT"],
    why: "審査依頼, in the step that asks the panel (intractable_review.stamp).",
  },
  "intractable_disease.proposed_terms": {
    may: ["INSERT"],
    why: "In the step that proposes (stamp_entry).",
  },
  "relief_benefits.proposed_step": {
    may: ["INSERT"],
    why: "In the step that proposes, with its amount.",
  },
  "relief_benefits.visit": {
    may: ["INSERT"],
    why: "In the step that enters what is claimed, stamped (stamp_visit).",
  },
  "single_parent.reported_feature": { may: ["INSERT"], why: "In the step that enters a report." },
  "vaccination.coupon": {
    may: ["INSERT", "UPDATE state", "UPDATE print_count"],
    why: "By a run or at the counter with an approved setting; a cancelled one stays so (guard_coupon).",
  },
  "vaccination.coupon_event": {
    may: ["INSERT"],
    why: "What happened to a coupon, in one's own name.",
  },
  "vaccination.shot": {
    may: [
      "INSERT",
      "UPDATE given_on",
      "UPDATE product",
      "UPDATE lot",
      "UPDATE source",
      "UPDATE entered_at",
      "UPDATE entered_by",
    ],
    why: "Vaccinations from files or the counter, in one's own name.",
  },
};
