import { expect, test } from "vitest";
import { getCase, pendingEffects, runEffects } from "#src/platform/cases/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { makePanelPapers } from "#src/platform/review-panels/index.ts";
import { proposeRevision } from "#src/programs/vaccination/records/revisions.ts";
import { harmOf, reliefBasis } from "#src/programs/vaccination/relief/basis.ts";
import { reliefCommittee } from "#src/programs/vaccination/relief/committee.ts";
import { makeReliefLetter } from "#src/programs/vaccination/relief/letters.ts";
import { claimsOfHarm } from "#src/programs/vaccination/relief/open.ts";
import { textOfPages } from "#test/documents/render.ts";
import { staffSql } from "#test/security/role-with-session/support.ts";
import { moveCase } from "#test/support/case-sql.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { keyedClaim, noticeOfMinister, papersSeen, reliefOf } from "#test/support/relief.ts";

const city = await openTestPlatform();
const relief = reliefOf(city);

test("否認された請求は不支給となり、知事への審査請求を教える通知が出る", async () => {
  const { caseId, state } = await relief.refused();
  expect(state).toBe("refused");
  const before = await relief.as(
    "supervisor1",
    async (work) => makeReliefLetter(work, await getCase(work, caseId), "relief-decision"),
    { caseId },
  );
  expect(before.pdf.length).toBeGreaterThan(1000);
  await runEffects(city.platform, await city.actor("supervisor1"), caseId);
  const { left, papers, text } = await relief.as(
    "supervisor1",
    async (work) => {
      const issued = await documentsOf(work, caseId);
      const last = issued.find(({ kind }) => kind === "relief-decision");
      const { pdf } = await printDocument(work, last?.id ?? "");
      return {
        left: await pendingEffects(work, caseId),
        papers: issued.map(({ kind }) => kind),
        text: (await textOfPages(pdf)).join("").replaceAll(/\s/g, ""),
      };
    },
    { caseId },
  );
  expect(left).toEqual([]);
  expect(papers.toSorted()).toEqual(["relief-decision", "relief-forwarding", "relief-receipt"]);
  expect(text).toContain("熊本県知事に審査請求");
  expect(text).toContain(noticeOfMinister.reference);
});

test("行政措置の請求は、国に送らず市が審査する", async () => {
  expect((await relief.assessed()).state).toBe("assessment");
});

test("求めない書類、請求できない方、接種した日に市外だった方は、欄の誤りとして断る", async () => {
  const at = await relief.received();
  await expect(
    relief.step("clerk1", "recordDocuments", at, {
      input: { ...papersSeen, "relief-burial": "seen" },
    }),
  ).rejects.toMatchObject({ field: "relief-burial" });
  const entered = (given: Record<string, unknown>) => relief.entered(given);
  await expect(
    entered({ benefits: ["funeral"], relation: "spouse", diedOn: "2026-05-01" }),
  ).rejects.toMatchObject({ field: "relation" });
  await expect(
    entered({ class: "B", benefits: ["death-lump-sum"], relation: "spouse", diedOn: "2026-05-01" }),
  ).rejects.toMatchObject({ field: "benefits" });
  await expect(entered({ shotOn: "2026-12-01" })).rejects.toMatchObject({ field: "shotOn" });
  const elsewhere = await relief.entered({ residenceCode: "131016" });
  await expect(relief.step("clerk1", "receive", elsewhere)).rejects.toMatchObject({
    message: expect.stringContaining("接種した日に市内に住んでいなかった"),
  });
});

test("大臣の認定が一部のとき、すべての給付について答えを記録する", async () => {
  const at = await relief.forwarded();
  const answered = (benefits: object) =>
    relief.step("clerk2", "recognise", at, { input: { ...noticeOfMinister, benefits } });
  await expect(answered({ "medical-cost": { recognised: true } })).rejects.toMatchObject({
    field: "recognised-medical-allowance",
  });
  await expect(
    answered({
      "medical-cost": { recognised: false },
      "medical-allowance": { recognised: false },
    }),
  ).rejects.toMatchObject({ field: "recognised-medical-cost" });
  const { caseId } = await answered({
    "medical-cost": { recognised: true, from: "2026-04-20", to: "2026-06-30" },
    "medical-allowance": { recognised: false },
  });
  const basis = await relief.as("clerk2", (work) => reliefBasis(work, caseId), { caseId });
  expect(basis?.recognised).toEqual(["medical-cost"]);
});

test("同じ健康被害の再請求は、前の請求に続き、待つ請求と並べて受け付けられる", async () => {
  const person = await relief.person();
  const first = await relief.received({}, person);
  const second = await relief.opened(person, first.caseId);
  const claims = await relief.as("clerk1", async (work) => {
    const { harm } = await harmOf(work, second.caseId);
    return claimsOfHarm(work, harm.id);
  });
  expect(claims.map(({ id }) => id).toSorted()).toEqual([first.caseId, second.caseId].toSorted());
  await expect(relief.opened(await relief.person(), first.caseId)).rejects.toMatchObject({
    status: 422,
  });
});

test("知事が不支給を取り消すと、もう一度国に進達し、前の答えでは決められない", async () => {
  const refused = await relief.refused();
  const on = { input: { on: "2026-11-20" } };
  const appealed = await relief.step("clerk2", "recordAppeal", refused, on);
  expect(appealed.state).toBe("appeal");
  const again = await relief.step("clerk2", "upholdAppeal", appealed, on);
  expect(again.state).toBe("forwarding");
  await expect(
    relief.step("clerk2", "forward", again, { input: { forwardedOn: "2026-11-20" } }),
  ).rejects.toMatchObject({ message: expect.stringContaining("進達する書類が整っていません") });
  const other = await relief.refused();
  const dismissed = await relief.step(
    "clerk2",
    "dismissAppeal",
    await relief.step("clerk2", "recordAppeal", other, on),
    on,
  );
  expect(dismissed.state).toBe("refused");
  expect((await relief.step("clerk2", "reopen", dismissed)).state).toBe("received");
});

test("委員会の資料に、氏名は残らない", async () => {
  const person = await relief.person({ name: { kanji: "髙橋　二葉", kana: "タカハシ　フタバ" } });
  const at = await relief.step(
    "clerk2",
    "toCommittee",
    await relief.step(
      "clerk1",
      "recordDocuments",
      await relief.received({ symptoms: "髙橋二葉は接種の翌日に発熱した。" }, person),
      { input: papersSeen },
    ),
  );
  const session = await relief.met([at.caseId]);
  const pdf = await relief.as("clerk2", (work) => makePanelPapers(work, reliefCommittee, session));
  const text = (await textOfPages(pdf)).join("").replaceAll(/\s/g, "");
  expect(text).toContain("●●は接種の翌日に発熱した。");
  expect(text).not.toContain("髙橋");
});

test("大臣の通知を記録した職員は、支給も不支給も決裁できない", async () => {
  const answered = await relief.step("supervisor1", "deny", await relief.forwarded(), {
    input: noticeOfMinister,
  });
  const at = await relief.step("clerk2", "proposeRefusal", answered);
  await expect(relief.step("supervisor1", "approve", at)).rejects.toMatchObject({
    message: expect.stringContaining("大臣の通知を記録した本人は決裁できません。"),
  });
  await expect(
    staffSql(city)("supervisor1", (sql) => moveCase(sql, at, "approve", "refused")),
  ).rejects.toMatchObject({ code: "MD011" });
  // Of the city's own scheme nobody answers.
  const own = await relief.step("clerk2", "proposeRefusal", await relief.assessed());
  expect((await relief.step("supervisor1", "approve", own)).state).toBe("refused");
});

test("請求が続く間、請求の接種記録は二人で直し、取り下げると請求による保留はなくなる", async () => {
  const number = await relief.person({ birthDate: "2025-01-10" });
  const shots = await city.admin<{ id: string }[]>`
    insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
    values (${number}, '5mix', 1, '2026-04-20', 'paper', -1), (${number}, 'pcv', 1, '2026-04-20', 'paper', -1) returning id`;
  const [first = "", second = ""] = shots.map(({ id }) => id);
  const held = async () => {
    const rows = await city.admin<{ id: string }[]>`
      select shot_id as id from vaccination.shot_hold where kind = 'relief' and shot_id = any(${[first, second]}::uuid[])`;
    return rows.map(({ id }) => id);
  };
  const at = await relief.entered({ shotId: first }, number);
  expect(await held()).toEqual([first]);
  const again = await relief.step("clerk1", "enter", at, {
    input: keyedClaim({ claimantNumber: number, vaccine: "pcv", shotId: second }),
  });
  expect(await held()).toEqual([second]);
  const correct = (id: string) =>
    relief.as("clerk1", (work) =>
      proposeRevision(work, {
        shotId: id,
        seen: 1,
        kind: "correct",
        values: {
          vaccine: "pcv",
          dose: 1,
          givenOn: "2026-04-21",
          product: null,
          lot: null,
          volume: null,
          route: null,
          clinicCode: null,
          clinicName: null,
          interviewOn: null,
        },
        reason: "typing",
      }),
    );
  expect(await correct(second)).toEqual({ state: "waiting" });
  await relief.step("clerk1", "withdraw", again);
  expect(await held()).toEqual([]);
});

test("進達書には、二人で登録した都道府県の宛先が載り、登録がない間は名前だけが載る", async () => {
  const { caseId } = await relief.forwarded();
  const text = () =>
    relief.as(
      "clerk2",
      async (work) => {
        const { pdf } = await makeReliefLetter(
          work,
          await getCase(work, caseId),
          "relief-forwarding",
        );
        return (await textOfPages(pdf)).join("").replaceAll(/\s/g, "");
      },
      { caseId },
    );
  expect(await text()).toContain("熊本県知事");
  await city.admin`
    insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, decision, decided_by, decided_at, tried_at, tried_cases)
    select 'vaccination.relief-prefecture',
           ${city.admin.json({ postalCode: "8608570", address: "例示県例示市例示町1丁目1番1号", department: "感染症対策課" })},
           '2026-04-01', '県の通知', 'established', a.id, now(), 'approved', b.id, now(), now(), 0
      from access.staff a, access.staff b where a.login_name = 'operator1' and b.login_name = 'supervisor1'`;
  const after = await text();
  for (const part of ["〒860-8570", "例示県例示市例示町1丁目1番1号", "感染症対策課", "熊本県知事"])
    expect(after).toContain(part);
});
