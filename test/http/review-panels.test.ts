import { beforeAll, expect, test } from "vitest";
import {
  addGroup,
  addToAgenda,
  agendaOf,
  makePanelPapers,
  openGroups,
  planSession,
  waitingForPanel,
} from "#src/platform/review-panels/index.ts";
import { intractablePanel } from "#src/programs/intractable-disease/panel.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestApp, type Visitor } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { patientApplication, patientCounterOf, recordOf } from "#test/support/patient-counter.ts";
import { panelOf } from "#test/support/review-panel.ts";

// A doubtful application: 書類審査, 審査会, 医師照会, 再審査, 不認定, and 登録者証 beside it; over HTTP where pages of the panel are.

const city = await openTestPlatform();
const counter = patientCounterOf(city);
const panel = panelOf(city, counter);
const app = openTestApp(city);
let examiner: Visitor;
let chief: Visitor;
beforeAll(async () => {
  await counter.listDoctors();
  examiner = await app.visitor("clerk2");
  chief = await app.visitor("supervisor1");
});

const plain = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
const sessions = "/intractable-disease/panel-sessions";

test("疑義のある申請は、審査会、医師照会、再審査を経て不認定となり、登録者証が発行される", async () => {
  const { mother } = await counter.household();
  const name = (await counter.as("clerk2", async (work) => {
    const { lookAtPerson } = await import("#src/platform/people/index.ts");
    return (await lookAtPerson(work, mother, ["name"]))?.name?.kanji;
  })) as string;
  let at = await counter.step(
    "clerk2",
    "confirm",
    await counter.toExamination(
      mother,
      patientApplication({ records: [recordOf({ note: `${name}の重症度の記載が合わない。` })] }),
    ),
  );
  at = await counter.step("clerk2", "checkRecords", at, { input: { result: "doubtful" } });
  at = await counter.step("clerk2", "refer", at, { input: { group: null } });
  const { caseId } = at;

  const waiting = plain((await examiner.get(sessions)).text);
  expect(waiting).toContain("会議の議題になっていない申請（1件）");
  const first = await panel.met([caseId]);
  // The answer is recorded on its page; a reason is asked for, and what was typed comes back.
  const path = `${sessions}/${first}/answers/${caseId}`;
  await examiner.get(path);
  const typed = {
    do: "record",
    "deferred-6": "2",
    "meets-6": "0",
    "fails-6": "0",
    report: "重症度の根拠を照会する。",
    minutes: "記載が合わないとの意見。",
  };
  const refused = await examiner.post(path, typed);
  expect(refused.status).toBe(422);
  expect(plain(refused.text)).toContain("「保留」の理由を選んでください。");
  expect(refused.text).toContain("重症度の根拠を照会する。");
  expect((await examiner.post(path, { ...typed, "reason-6": "doctor" })).status).toBe(303);
  // Heard, it waits for somebody to compare the answer, and for no other meeting.
  expect(plain((await examiner.get(sessions)).text)).not.toContain("議題になっていない申請（1件）");
  expect(plain((await examiner.get(path)).text)).toContain("記録した本人は確認できません");
  expect((await examiner.post(path, { do: "stands" })).status).toBe(422);
  await chief.get(path);
  expect((await chief.post(path, { do: "stands" })).status).toBe(303);
  await expect(counter.step("clerk2", "takePanelAnswer", at)).rejects.toThrow();
  at = await counter.step("clerk2", "holdForDoctor", at);
  await counter.effects(caseId);
  const [pending] = await pendingLetters(caseId);
  expect(pending).toContain("特定医療費（指定難病）認定保留のお知らせ");
  expect(pending).toContain(
    "パーキンソン病（6）臨床調査個人票の記載について、作成した医師に照会するため",
  );
  expect(pending).toContain("していただくことはありません");
  expect(pending).not.toContain("提出の期限");

  // 医師照会: sent, due, answered.
  at = await counter.step("clerk2", "inquire", at, {
    input: {
      subject: "doctor",
      addressee: "見本病院 試験 医師",
      postalCode: "8600001",
      address: "熊本市中央区手取本町１番１号",
    },
    until: "2026-12-18",
  });
  const [asked] = await counter.as("clerk2", async (work) => {
    const { inquiryRows } = await import("#src/platform/intake/index.ts");
    return inquiryRows(work, caseId);
  });
  at = await counter.step("clerk2", "recordAnswer", at, {
    input: { inquiryId: asked?.id, answer: `${name}さんの生活機能障害度は1度である。` },
  });

  // 再審査.
  at = await counter.step("clerk2", "refer", at, { input: { group: null } });
  const second = await panel.met([caseId]);
  const papers = (
    await textOfPages(
      await counter.as("clerk2", (work) => makePanelPapers(work, intractablePanel, second)),
    )
  )
    .join("")
    .replaceAll(/\s/g, "");
  expect(papers).toContain("再審査");
  expect(papers).toContain("●●さんの生活機能障害度は1度である。");
  expect(papers).toContain("●●の重症度の記載が合わない。");
  for (const part of name.split(/\s/)) expect(papers).not.toContain(part);
  await panel.say(second, caseId, { "6": ["fails", "severity"] });
  await panel.compare(second, caseId);
  at = await counter.step("clerk2", "takePanelAnswer", at);

  expect(
    (await counter.view(caseId)).actions.find(({ type }) => type === "propose")?.reasons,
  ).toEqual([expect.stringContaining("審査会の答申が「基準を満たさない」です。")]);
  at = await counter.step("clerk2", "proposeRejection", at, { input: { reason: "severity" } });
  at = await counter.step("clerk2", "requestDecision", at);
  at = await counter.step("supervisor1", "approve", at);
  await counter.effects(caseId);

  // 登録者証: the diagnosis was met, so it is issued beside the refusal.
  const registration = `/intractable-disease/registrations/of/${caseId}`;
  expect(plain((await examiner.get(registration)).text)).toContain(
    "診断基準を満たすが、不認定となった方",
  );
  expect((await examiner.post(registration, { from: "R8.11.20" })).status).toBe(303);
  const list = (await chief.get("/intractable-disease/registrations")).text;
  const id = /name="id" value="([^"]+)"/.exec(list)?.[1] ?? "";
  await examiner.get("/intractable-disease/registrations");
  expect(
    (await chief.post("/intractable-disease/registrations/decide", { id, do: "decide" })).status,
  ).toBe(303);
  const told = plain((await examiner.get("/intractable-disease/registrations")).text);
  expect(told).toContain("通知書を印刷する");
  const notice = await printedNotice(id);
  expect(notice).toContain("登録者証（指定難病）発行通知書");
  expect(notice).toContain("令和8年11月20日");
  expect(notice).toContain("マイナンバーの情報連携");
  expect(notice).not.toContain("審査請求");
  expect(await printedNotice(id), "再印刷しても同じ通知書").toBe(notice);
  const held = await heldOf(mother);
  for (const words of [
    "書類審査疑義あり（審査会に諮る）",
    "指定難病審査会への依頼（再審査）全体",
    "保留（指定医に照会する）",
    "基準を満たさない（不認定相当）（診断基準は満たすが、重症度分類を満たさない）",
    "登録者証診断基準を満たすが、不認定となった方",
  ])
    expect(held).toContain(words);
  expect(held, "議事録は載らない").not.toContain("記載が合わないとの意見");
  const page = plain((await examiner.get(`/intractable-disease/cases/${caseId}`)).text);
  expect(page).toContain("2回（再審査）");
  expect(page).toContain(
    "基準を満たさない（不認定相当）（診断基準は満たすが、重症度分類を満たさない）",
  );
  expect(page).toContain("発行（決裁済）");
});

test("議題には、会議の審査グループに諮った申請だけが載り、取り下げられたり諮り直されたりした申請は外れる", async () => {
  const [nerves = 0, immunity = 0] = await counter.as("clerk2", async (work) => {
    for (const title of ["神経・筋疾患", "免疫系疾患"])
      await addGroup(work, intractablePanel, title);
    return (await openGroups(work, intractablePanel)).map(({ id }) => id);
  });
  const referred = async (to: number | null) => {
    const { mother } = await counter.household();
    const at = await counter.step("clerk2", "confirm", await counter.toExamination(mother));
    return counter.step("clerk2", "refer", at, { input: { group: to } });
  };
  const plan = (groupId: number | null) =>
    counter.as("clerk2", (work) =>
      planSession(work, intractablePanel, {
        heldOn: city.platform.clock.today(),
        heldAt: "14時00分",
        place: "第2会議室",
        groupId,
      }),
    );
  const add = (session: number, { caseId }: { caseId: string }) =>
    counter.as("clerk2", (work) => addToAgenda(work, session, caseId));
  const on = async (session: number) =>
    (await counter.as("clerk2", (work) => agendaOf(work, session))).map(
      ({ position, found }) => [position, found.id] as const,
    );
  const waitingFor = async (session: number) =>
    (
      await counter.as("clerk2", (work) => waitingForPanel(work, intractablePanel, session))
    ).rows.map(({ id }) => id);

  const [first, second, other] = [
    await referred(nerves),
    await referred(nerves),
    await referred(immunity),
  ];
  const session = await plan(nerves);
  expect((await waitingFor(session)).toSorted()).toEqual([first.caseId, second.caseId].toSorted());
  await expect(add(session, other), "ほかの審査グループ").rejects.toMatchObject({ status: 409 });
  await add(session, first);
  await add(session, second);
  await expect(add(session, first), "すでに議題").rejects.toMatchObject({ status: 409 });

  // Withdrawn: it stands on the agenda no more, and its number is given to no other.
  await counter.step("clerk2", "withdraw", first);
  expect(await on(session)).toEqual([[2, second.caseId]]);
  const page = plain((await examiner.get(`${sessions}/${session}`)).text);
  expect(page).toContain("議題から外れた事例");
  expect(page).toContain("事例1（");
  const papers = await textOfPages(
    await counter.as("clerk2", (work) => makePanelPapers(work, intractablePanel, session)),
  );
  expect(papers.join("")).not.toContain("事例1");

  // Referred to another group: it leaves this meeting, and may be put before one of that group, or before the whole panel.
  const back = await counter.step("clerk2", "takeBackReferral", second);
  expect(await on(session)).toEqual([]);
  const again = await counter.step("clerk2", "refer", back, { input: { group: immunity } });
  expect(await on(session)).toEqual([]);
  const whole = await plan(null);
  await add(whole, again);
  await add(whole, other);
  expect((await on(whole)).map(([, id]) => id)).toEqual([again.caseId, other.caseId]);
  expect(await waitingFor(await plan(immunity)), "別の会議の議題にある").toEqual([]);
});

test("資料を求める保留では、不足の書類と提出期限が載った認定保留のお知らせが出て、書類がそろうと審査に戻る", async () => {
  const { mother } = await counter.household();
  let at = await counter.step("clerk2", "confirm", await counter.toExamination(mother));
  const { caseId } = at;
  at = await counter.step("clerk2", "refer", at, { input: { group: null } });
  const session = await panel.met([caseId]);
  await panel.say(session, caseId, { "6": ["deferred", "papers"] });
  await panel.compare(session, caseId);

  // Before it is said what is to be brought, nothing can be asked for; nor can the answer be taken without telling the applicant.
  const page = `/intractable-disease/cases/${caseId}`;
  const before = plain((await examiner.get(page)).text);
  expect(before).toContain("審査会の答申が「保留」です。申請者に知らせる手続きで進めてください。");
  expect(before).toContain("不足している書類がありません。書類の確認で不足を記録してください。");
  at = await counter.step("clerk2", "recordDocuments", at, {
    input: { "test-results": "missing" },
  });
  const send = (until: string) =>
    examiner.post(`${page}/step`, {
      event: "holdForPapers",
      revision: String(at.revision),
      key: `hold ${until}`,
      "until-holdForPapers": until,
    });
  await examiner.get(page);
  const wrong = await send("こんど");
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("提出期限を入力してください。例: R8.12.4");
  expect(wrong.text).toContain('value="こんど"');
  expect((await send("R8.12.18")).status).toBe(303);

  const shown = plain((await examiner.get(page)).text);
  expect(shown).toContain("期限 R8.12.18まで");
  const [letter = ""] = await pendingLetters(caseId);
  for (const words of [
    "提出の期限令和8年12月18日",
    "パーキンソン病（6）指定難病審査会の審査に、追加の資料が必要なため",
    "検査結果・画像の写しを提出してください",
  ])
    expect(letter).toContain(words);
  expect(await pendingLetters(caseId), "もう一度印刷しても同じ").toEqual([letter]);
  const { revision } = (await counter.view(caseId)).found;
  at = await counter.step(
    "clerk2",
    "recordDocuments",
    { caseId, revision },
    { input: { "test-results": "seen" } },
  );
  at = await counter.step("clerk2", "resume", at);
  expect(at).toMatchObject({ state: "examination" });
  at = await counter.step("clerk2", "refer", at, { input: { group: null } });
  const again = await panel.met([caseId]);
  await panel.say(again, caseId, { "6": ["meets"] });
  await panel.compare(again, caseId);
  expect(await counter.step("clerk2", "takePanelAnswer", at)).toMatchObject({
    state: "examination",
  });
});

test("知らせが作られる前に取り下げられた申請には、認定保留のお知らせは出ない", async () => {
  const { mother } = await counter.household();
  let at = await counter.step("clerk2", "confirm", await counter.toExamination(mother));
  const { caseId } = at;
  at = await counter.step("clerk2", "refer", at, { input: { group: null } });
  const session = await panel.met([caseId]);
  await panel.say(session, caseId, { "6": ["deferred", "doctor"] });
  await panel.compare(session, caseId);
  at = await counter.step("clerk2", "holdForDoctor", at);
  await counter.step("clerk2", "withdraw", at);
  await counter.effects(caseId);
  expect(await pendingLetters(caseId)).toEqual([]);
});

/** The 認定保留のお知らせ of an application as they were kept, their words without spaces. */
async function pendingLetters(caseId: string): Promise<string[]> {
  const rows = await city.admin<{ id: string }[]>`
    select id from documents.document where case_id = ${caseId} and kind = 'pending' order by issued_at`;
  const words: string[] = [];
  for (const { id } of rows) {
    const { body } = await examiner.get(`/intractable-disease/documents/${id}/pdf`);
    words.push((await textOfPages(body)).join("").replaceAll(/\s/g, ""));
  }
  return words;
}

/** The notice of a 登録者証 as the examiner prints it from the list, its words without spaces. */
async function printedNotice(id: string): Promise<string> {
  const made = await examiner.post("/intractable-disease/registrations/notice", { id });
  expect(made.status).toBe(200);
  return (await textOfPages(made.body)).join("").replaceAll(/\s/g, "");
}

/** What is held of somebody, as the paper of their request about their own data lists it. */
async function heldOf(personNumber: string): Promise<string> {
  const officer = await app.visitor("privacy1");
  const [row] = await city.admin<{ on: string }[]>`
    select birth_date::text as on from vault.person where person_number = ${personNumber}`;
  await officer.get("/subject-requests/new");
  const { headers } = await officer.post("/subject-requests/new", {
    kind: "disclosure",
    personNumber,
    birthDate: row?.on ?? "",
    asker: "self",
    method: "number-card",
    receivedOn: "R8.11.18",
    program: "intractable-disease",
  });
  const path = String(headers.location);
  await officer.get(path);
  await officer.post(path, {
    event: "investigate",
    "doneOn-investigate": "R8.11.20",
    "said-investigate": "調査を始める。",
  });
  const paper = await officer.get(`${path}/held.pdf`);
  return (await textOfPages(paper.body)).join("").replaceAll(/\s/g, "");
}

test("軽症の方の登録者証を却下するには理由が要り、却下の通知書に理由と教示が載る", async () => {
  const { mother } = await counter.household();
  const list = "/intractable-disease/registrations";
  const typed = {
    personNumber: mother,
    disease: "6",
    doctor: "T0001",
    diagnosedOn: "R8.11.10",
    outcome: "refused",
  };
  await examiner.get(list);
  const refused = await examiner.post(list, typed);
  expect(refused.status).toBe(422);
  expect(plain(refused.text)).toContain("却下の理由を選んでください。");
  expect((await examiner.post(list, { ...typed, refusal: "diagnosis" })).status).toBe(303);
  const id = /name="id" value="([^"]+)"/.exec((await chief.get(list)).text)?.[1] ?? "";
  expect((await examiner.post(`${list}/notice`, { id })).status, "決裁の前").toBe(409);
  expect((await chief.post(`${list}/decide`, { id, do: "decide" })).status).toBe(303);
  expect(plain((await chief.get(list)).text)).toContain("通知書を作りました。");
  const notice = await printedNotice(id);
  expect(notice).toContain("登録者証（指定難病）却下通知書");
  expect(notice).toContain("指定難病の診断基準を満たすことを確認できないため。");
  expect(notice).toContain("審査請求");
});

test("支援措置の方の登録者証の通知書は、住所を扱えない職員は印刷できない", async () => {
  const { mother } = await counter.household();
  const list = "/intractable-disease/registrations";
  await examiner.get(list);
  const typed = { personNumber: mother, disease: "6", doctor: "T0001", diagnosedOn: "R8.11.10" };
  const proposed = { ...typed, outcome: "granted", from: "R8.11.20", paper: "yes" };
  expect((await examiner.post(list, proposed)).status).toBe(303);
  const id = /name="id" value="([^"]+)"/.exec((await chief.get(list)).text)?.[1] ?? "";
  await city.admin`update vault.person set protected_from = '2026-11-01' where person_number = ${mother}`;
  expect((await chief.post(`${list}/decide`, { id, do: "decide" })).status).toBe(303);
  expect((await examiner.post(`${list}/notice`, { id })).status).toBe(403);
});

test("一つの疾病だけが不認定相当なら、その疾病を非認定に改めるまで起案できず、答申のない非認定も起案できない", async () => {
  const { mother } = await counter.household();
  const records = [recordOf(), recordOf({ disease: 49, main: false })];
  const application = patientApplication({ records });
  let at = await counter.step(
    "clerk2",
    "confirm",
    await counter.toExamination(mother, application),
  );
  at = (await panel.answered(at, { "6": ["meets"], "49": ["fails", "diagnosis"] })) as typeof at;
  const reasons = async () =>
    (await counter.view(at.caseId)).actions.find(({ type }) => type === "propose")?.reasons;
  expect(await reasons()).toEqual([expect.stringContaining("審査会の答申が")]);
  const denying = (disease: number) =>
    patientApplication({
      records: records.map((one) => ({
        ...one,
        main: one.disease !== disease,
        denied: one.disease === disease,
      })),
    });
  at = await counter.step("clerk1", "enter", at, { input: denying(6) });
  at = await counter.step("clerk2", "confirm", at);
  expect(await reasons()).toEqual([
    expect.stringContaining("審査会の答申が"),
    expect.stringContaining("非認定の疾病に、審査会の"),
  ]);
  at = await counter.step("clerk1", "enter", at, { input: denying(49) });
  at = await counter.step("clerk2", "confirm", at);
  at = await counter.step("clerk2", "propose", at);
  expect(at.state).toBe("proposed");
});
