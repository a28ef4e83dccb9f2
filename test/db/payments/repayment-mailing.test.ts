import { expect, test } from "vitest";
import { mailingOfPayer } from "#src/platform/applications/index.ts";
import {
  makeRepaymentPaper,
  moveRepayment,
  proposeRepayment,
  readRepayment,
} from "#src/platform/payments/index.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { paymentsOf } from "#test/support/payments.ts";
import { setRepaymentTerms } from "#test/support/repayment-terms.ts";
import { repaymentLetters } from "#workflows/child-medical/city-parameters.ts";

const city = await openTestPlatform();
const payments = paymentsOf(city, "child-medical");
const counter = counterOf(city);
await setRepaymentTerms(city, "child-medical");
const of = {
  letters: childMedical.letters,
  terms: repaymentLetters,
  mailing: (work: Parameters<typeof mailingOfPayer>[0], payer: string) =>
    mailingOfPayer(work, childMedical, payer),
};
const wordsFor = async (child: string) => {
  city.platform.clock.moveTo("2026-11-20");
  const source = await payments.owed(child, 5_000);
  const id = await payments.as("clerk1", (work) =>
    proposeRepayment(work, {
      program: payments.program,
      sourceKind: "payable",
      sourceId: source,
      personNumber: child,
      cause: "after-loss",
      amount: 5_000,
      dueOn: "2027-01-25",
      comment: "資格喪失後に受診したため",
    }),
  );
  const { revision } = (await payments.as("clerk1", (work) => readRepayment(work, id))).repayment;
  await payments.as("supervisor1", (work) =>
    moveRepayment(work, { id, seen: revision, type: "approve" }),
  );
  return async (on: `${number}-${number}-${number}`) => {
    city.platform.clock.moveTo(on);
    const { pdf } = await payments.as("clerk1", async (work) =>
      makeRepaymentPaper(work, of, await readRepayment(work, id), "demand", {
        due: "2027-01-25",
        reason: "資格がなくなった後の受診のため",
      }),
    );
    return (await textOfPages(pdf)).join("").replace(/\s/g, "");
  };
};

test("返還決定通知書は、送付先が続くあいだは送付先に、終わった後と送付先のないときは住所地に宛てる", async () => {
  city.platform.clock.moveTo("2026-11-20");
  const [elsewhere, home] = [await counter.family(), await counter.family()];
  await counter.toIssued(elsewhere, {
    ...inventedApplication,
    mailing: {
      name: "後見人　渡邉　髙子",
      postalCode: "8620950",
      address: "熊本市中央区水前寺見本9番9号",
      building: "",
      reason: "representative",
      until: "2026-12-10",
    },
  });
  await counter.toIssued(home);
  const words = await wordsFor(elsewhere);
  const told = await words("2026-12-10");
  expect(told).toContain("水前寺見本9番9号");
  expect(told).toContain("渡邉髙子");
  const after = await words("2026-12-11");
  expect(after).not.toContain("水前寺見本");
  expect(after).not.toContain("渡邉髙子");
  expect(await (await wordsFor(home))("2026-12-01")).not.toContain("水前寺見本");
});
