import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import {
  createRun,
  eraseOldPackages,
  handOverPackage,
  listHandOvers,
  mailingJobs,
  printHandOvers,
  type RunRow,
  takeOutPackage,
  waitingRuns,
  withdrawPackage,
} from "#src/platform/mailings/index.ts";
import { getCoupon } from "#src/programs/vaccination/coupons.ts";
import { reprintInOffice } from "#src/programs/vaccination/office-coupons.ts";
import { vaccinationPapers } from "#src/programs/vaccination/papers.ts";
import { reprintMailing, reprintOrder } from "#src/programs/vaccination/reprint-mailing.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform, type TestPlatform, type TestStaff } from "#test/support/database.ts";
import { indexOf, mailingsOf, oneYearOlds } from "#test/support/mailings.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let run: RunRow;
let numbers: string[];
let path: string;

beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  await mail.enter(oneYearOlds(6));
  const approved = await mail.approved(await mail.extracted());
  run = (await mail.make(approved)).run;
  numbers = indexOf(await mail.open(run)).map(({ pieceNumber = "" }) => pieceNumber);
  ({ path } = await mail.as("operator1", (work) => takeOutPackage(work, run.id)));
});

const now = async () => (await mail.details(run)).run;
const withdraw = async (who: TestStaff) => {
  const { id: runId, revision: expectedRevision } = await now();
  return mail.as(who, (work) => withdrawPackage(work, { runId, expectedRevision }));
};
const stateOf = async (number = "") =>
  (await mail.as("clerk1", (work) => getCoupon(work, number))).coupon.state;

describe("作った発送データを引渡しの前に取り下げる", () => {
  test("理由を書いて求めると、別の人の承認を待ち、その間は取り出せず引き渡せない", async () => {
    await expect(mail.step("operator1", run, "ask-withdrawal")).rejects.toMatchObject({
      message: "理由を入力してください。",
    });
    await mail.step("operator1", run, "ask-withdrawal", "対象月を誤った");
    await expect(
      mail.as("operator1", (work) => takeOutPackage(work, run.id)),
    ).rejects.toMatchObject({ status: 422 });
    const { revision } = await now();
    await expect(
      mail.as("operator2", (work) =>
        handOverPackage(work, { runId: run.id, expectedRevision: revision, manner: "transfer" }),
      ),
    ).rejects.toThrow();
    const list = (who: TestStaff) =>
      mail.as(who, async (work) => (await waitingRuns(work)).map((one) => one.list));
    expect(await list("supervisor1")).toEqual(["waiting"]);
    expect(await list("operator1")).toEqual(["sent"]);
  });

  test("認めないと理由とともに戻り、引渡しに進める", async () => {
    await mail.step("supervisor1", await now(), "refuse-withdrawal", "対象月は正しい");
    expect((await now()).state).toBe("complete");
    const [waiting] = await mail.as("operator1", waitingRuns);
    expect(waiting).toMatchObject({ list: "returned", comment: "対象月は正しい" });
  });

  test("承認すると番号は無効になり、券は使えず、対象者は次の回で再び対象になる", async () => {
    await mail.step("operator1", await now(), "ask-withdrawal", "対象月を誤った");
    await expect(withdraw("operator2")).rejects.toMatchObject({ status: 403 });
    await withdraw("supervisor1");
    expect(await now()).toMatchObject({ state: "withdrawn" });
    for (const number of numbers) expect(await stateOf(number)).toBe("cancelled");
    await expect(
      mail.as("clerk1", (work) => reprintInOffice(work, numbers[0] ?? "", "lost")),
    ).rejects.toMatchObject({ status: 422 });
    const again = await mail.details(await mail.extracted());
    expect(again.counts).toMatchObject({ ready: 6, leftOut: 0 });
    expect(again.overlaps).toEqual([]);
  });

  test("授受簿と履歴が取下げを言い、紙の授受簿にも載る", async () => {
    const { rows } = await mail.as("operator1", (work) =>
      listHandOvers(work, { page: 1, size: 50 }),
    );
    expect(rows[0]?.entry).toMatchObject({ handedOn: null, withdrawnOn: "2026-11-20", pieces: 6 });
    expect(rows[0]?.handedBy).toBe("決裁 一郎");
    const paper = await mail.as("operator1", (work) =>
      printHandOvers(work, { papers: vaccinationPapers, title: "予防接種" }),
    );
    const text = (await textOfPages(paper)).join("");
    for (const word of ["取下げ", "渡していない"]) expect(text).toContain(word);
    const { steps } = await mail.details(run);
    expect(steps.slice(-2)).toMatchObject([
      { title: "取下げを求める", comment: "対象月を誤った" },
      { title: "取下げを承認する" },
    ]);
  });

  test("発送データは消去され、途中で止まっても次の消去で消える", async () => {
    expect(existsSync(path)).toBe(true);
    const task = {
      platform: home.platform,
      actor: await home.system(),
      options: mail.inBackground,
      subjectId: run.id,
      signal: new AbortController().signal,
    };
    await mailingJobs.find(({ queue }) => queue === "mailing.erase")?.run(task);
    expect(existsSync(path)).toBe(false);
    const { files } = await mail.details(run);
    expect(files.find(({ kind }) => kind === "package")?.erasedAt).not.toBeNull();
    await expect(
      mail.as("operator1", (work) => takeOutPackage(work, run.id)),
    ).rejects.toMatchObject({ status: 422 });
    expect(await mail.as("operator1", eraseOldPackages)).toBe(0);
  });

  test("取り下げたものからは、データベースでも戻れず、引渡しも書けない", async () => {
    await expect(
      mail.as(
        "supervisor2",
        (work) =>
          work.sql`update mailings.batch_run set state = 'complete', revision = revision + 1, withdrawn_by = null, withdrawn_at = null where id = ${run.id}`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
    await expect(
      mail.as(
        "clerk1",
        (work) => work.sql`update vaccination.coupon set state = 'issued' where run_id = ${run.id}`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
  });
});

test("再印刷の発送データを取り下げても元の券は有効で、発行履歴に取りやめが残る", async () => {
  const first = await mail.approved(await mail.extracted({ vaccines: ["vzv"] }));
  const made = await mail.make(first);
  await mail.as("operator1", (work) =>
    handOverPackage(work, {
      runId: first.id,
      expectedRevision: made.run.revision,
      manner: "transfer",
    }),
  );
  const [number = ""] = indexOf(await mail.open(first)).map(({ pieceNumber = "" }) => pieceNumber);
  const reprint = await mail.approved(
    await mail.extract(await mail.start(reprintMailing, reprintOrder([number], "undelivered"))),
  );
  const { run: complete } = await mail.make(reprint);
  const asked = await mail.step("operator1", complete, "ask-withdrawal", "窓口で渡した");
  await mail.as("supervisor1", (work) =>
    withdrawPackage(work, { runId: asked.id, expectedRevision: asked.revision }),
  );
  const { coupon, events } = await mail.as("clerk1", (work) => getCoupon(work, number));
  expect(coupon.state).toBe("issued");
  expect(events.map(({ event }) => event)).toEqual(["issued", "reprinted", "reprint-withdrawn"]);
});

describe("同じ対象の二つ目の一括発送", () => {
  const order = { title: "予防接種券", parameters: {} };
  const coupons = (month: string, vaccines: string[], repeatReason?: string) =>
    mail.as("operator2", (work) =>
      createRun(work, {
        kind: "vaccination-coupon",
        contractorId: mail.contractorId,
        ...order,
        parameters: { month, vaccines, scope: "new" },
        ...(repeatReason && { repeatReason }),
      }),
    );

  test("は、理由がなければ始められない。取り消したものと、ほかの月・ほかの予防接種は数えない", async () => {
    const first = await coupons("2027-01", ["mr1", "vzv"]);
    await coupons("2027-02", ["mr1"]);
    await coupons("2027-01", ["hepb"]);
    await expect(coupons("2027-01", ["vzv"])).rejects.toMatchObject({ status: 422 });
    await expect(coupons("2027-01", ["vzv"], " ")).rejects.toMatchObject({ status: 422 });
    await mail.step("operator1", first, "cancel", "やり直す");
    await coupons("2027-01", ["vzv"]);
  });

  test("は、二人が同時に始めても、後の人には前のものが見える", async () => {
    const tried = await Promise.allSettled([
      coupons("2027-03", ["mr1"]),
      coupons("2027-03", ["mr1"]),
    ]);
    expect(tried.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("は、重なる人数と始めた理由を、承認する人に見せる", async () => {
    const first = await mail.extracted({ vaccines: ["bcg", "hepb"], scope: "all" });
    const { counts } = await mail.details(first);
    const again = await mail.extracted({ vaccines: ["bcg"], scope: "all" });
    const { overlaps, steps } = await mail.details(again);
    const own = (await mail.details(again)).counts.ready;
    expect(own).toBeLessThan(counts.ready);
    expect(overlaps).toMatchObject([{ run: { id: first.id }, pieces: own }]);
    expect(steps[0]).toMatchObject({ event: "repeat", comment: "試験" });
  });
});
