import { expect, test } from "vitest";
import { formOf, paymentDecisionNotice, paymentRefusalNotice, writeForm } from "#forms/index.ts";

/** Samples of a form with some of their data taken away. */
const without = (template: string, changed: Record<string, unknown>) => {
  const form = formOf(template);
  return writeForm(form, { ...(Object.values(form.samples)[0] as object), ...changed });
};

test("中身のない給付の文書は作られない", async () => {
  for (const [template, changed] of [
    ["letters/payment-decision v2", { lines: [] }],
    ["letters/payment-postcard v2", { lines: [] }],
    ["letters/payment-refusal v1", { reasons: [] }],
    ["payments/repayment-decision v1", { parts: [] }],
    ["payments/repayment-dunning v1", { parts: [] }],
    ["payments/repayment-reminder v1", { parts: [] }],
    ["payments/payment-slip v1", { slips: [] }],
    ["payments/money-receipt v1", { amount: 0 }],
    ["payments/run-statement v1", { lines: [] }],
    ["payments/transfer-book v1", { lines: [] }],
    ["high-cost/claim v1", { lines: [] }],
    ["high-cost/mandate v1", { persons: [] }],
  ] as const)
    await expect(without(template, changed), template).rejects.toThrow(RangeError);
});

test("内訳の合わない支給決定と、明細の合わない請求書は作られない", async () => {
  const [sample] = Object.values(paymentDecisionNotice.samples);
  if (!sample) throw new Error("a form has samples");
  const [line] = sample.lines;
  if (!line) throw new Error("a sample has lines");
  for (const wrong of [
    { ...sample, lines: [{ ...line, amount: line.amount + 1 }] },
    { ...sample, payment: undefined },
  ])
    await expect(writeForm(paymentDecisionNotice, wrong)).rejects.toThrow(RangeError);
  const [part] = Object.values(paymentRefusalNotice.samples);
  await expect(
    writeForm(paymentRefusalNotice, { ...part, lines: [{ ...line, amount: 0 }] } as never),
  ).rejects.toThrow(RangeError);
  await expect(without("high-cost/claim v1", { sum: 1 })).rejects.toThrow(RangeError);
});
