import { PNG } from "pngjs";
import { handOverPackage, type RunRow, recordReceipt } from "#src/platform/mailings/index.ts";
import { decideSetting, type ProgramPapers, proposeSetting } from "#src/platform/printing/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { cancelCoupon } from "#src/programs/vaccination/coupons.ts";
import { issueInOffice, reprintInOffice } from "#src/programs/vaccination/office-coupons.ts";
import { vaccinationPapers } from "#src/programs/vaccination/papers.ts";
import type { TestPlatform, TestStaff } from "../database.ts";
import { indexOf, mailingsOf, oneYearOlds } from "../mailings.ts";

/** Words by which one can see on a coupon under which 帳票の設定 it was printed. */
export const words = {
  first: "　はじめの案内です。",
  second: "　つぎの案内です。",
  third: "　三つめの案内です。",
};

/** 帳票の設定, mailings of 予防接種 and coupons, as far as a dump wants them. */
export async function mailingsForDump(test: TestPlatform) {
  const mail = await mailingsOf(test);
  const people = await mail.enter([
    ...oneYearOlds(4),
    ...oneYearOlds(1, { protection: { from: "2026-06-01" } }),
  ]);
  const as = async <T>(who: TestStaff, program: string, work: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "administration", program }, work);

  /** Proposed, and left to wait. */
  const propose = (papers: ProgramPapers, form: string, intro: string) =>
    as("scheme1", papers.program, (work) =>
      proposeSetting(work, papers, {
        validFrom: test.platform.clock.today(),
        content: {
          issuer: { title: "見本市長", name: "見本　花子" },
          wording: { [form]: { intro } },
          reduceFor: {},
          reduceTo: {},
        },
        seal,
        logo: null,
      }),
    );

  async function approve(papers: ProgramPapers, form: string, intro: string) {
    const id = await propose(papers, form, intro);
    await as("supervisor1", papers.program, (work) => decideSetting(work, id, "approve"));
  }

  const coupon = (intro: string) => approve(vaccinationPapers, "vaccination/coupon", intro);

  /**
   * Coupons of a run that the contractor has received, and one made in the office, of which one was cancelled and one
   * printed again.
   *
   * @returns the PDF as the contractor got it, with the numbers of its coupons page by page
   */
  async function secondDay() {
    await approve(
      childMedical.letters.papers,
      "letters/approval",
      "　{program}の申請を認めました。",
    );
    await coupon(words.first);
    const run = await mail.approved(await mail.extracted());
    const made = await mail.make(run);
    const files = await mail.open(run);
    await handOver(made.run);
    await mail.as("clerk1", (work) => issueInOffice(work, people[0] ?? "", "vzv:1"));
    const index = indexOf(files);
    const [wrong = "", spoilt = ""] = index.map(({ pieceNumber = "" }) => pieceNumber);
    await mail.as("clerk1", (work) => cancelCoupon(work, wrong, "wrong-issue"));
    await mail.as("clerk1", (work) => reprintInOffice(work, spoilt, "spoilt"));
    const pdf = [...files].find(([name]) => name.endsWith(".pdf"))?.[1];
    if (!pdf) throw new Error("the mailing was not made");
    return { pdf, coupons: index.map(({ pieceNumber = "" }) => pieceNumber) };
  }

  async function handOver(run: RunRow): Promise<void> {
    const at = { runId: run.id, expectedRevision: run.revision };
    await mail.as("operator1", (work) => handOverPackage(work, { ...at, manner: "transfer" }));
    const receivedOn = test.platform.clock.today();
    const received = { ...at, expectedRevision: run.revision + 1, receivedOn };
    await mail.as("operator1", (work) =>
      recordReceipt(work, { ...received, receiptNumber: "受-1" }),
    );
  }

  /** A run approved under a setting that another one has followed, and one with a held piece; a proposal that waits. */
  async function thirdDay() {
    await coupon(words.second);
    await mail.approved(await mail.extracted({ vaccines: ["vzv"] }));
    await coupon(words.third);
    await mail.step(
      "operator1",
      await mail.extracted({ vaccines: ["mr1"], scope: "all" }),
      "submit",
    );
    await propose(
      childMedical.letters.papers,
      "letters/approval",
      "　{program}の申請が認められました。",
    );
  }

  return { secondDay, thirdDay };
}

const seal = (() => {
  const image = new PNG({ width: 200, height: 200 });
  image.data.fill(90);
  return PNG.sync.write(image);
})();
