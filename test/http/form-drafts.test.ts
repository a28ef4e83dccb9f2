import { describe, expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { formOf } from "#test/support/form-of.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const households = householdCounterOf(city);
const app = openTestApp(city);

const draftsOf = async (caseId: string) =>
  (
    await city.admin<{ page: string }[]>`
      select page from vault.draft where case_id = ${caseId} order by page`
  ).map(({ page }) => page);

type Standing = { caseId: string; action: string; event: string; path?: string };

/** Each form of a page of a case into which more than a line is typed: who fills it in, where it stands, what is typed. */
const forms: {
  title: string;
  who: TestStaff;
  open(): Promise<Standing>;
  typed(event: string): Record<string, string>;
}[] = [
  {
    title: "メモ",
    who: "clerk1",
    open: async () =>
      onCase((await counter.toExamination(await counter.family())).caseId, "note", "notes"),
    typed: () => ({ note: "来庁の予定が変わった" }),
  },
  {
    title: "保留にするときのコメントと期限",
    who: "clerk1",
    open: async () => {
      const at = await counter.toExamination(await counter.family());
      await counter.step("clerk1", "recordDocuments", at, {
        input: { "account-proof": "missing" },
      });
      return onCase(at.caseId, "hold", "step");
    },
    typed: () => ({ "until-hold": "R8.12.11", "comment-hold": "口座の写しを待つ" }),
  },
  {
    title: "照会の記録",
    who: "clerk1",
    open: async () =>
      onCase((await counter.toExamination(await counter.family())).caseId, "inquiry", "inquiries"),
    typed: () => ({
      "subject-inquiry": "insurance",
      addressee: "試験健康保険組合",
      dueOn: "R8.12.4",
    }),
  },
  {
    title: "受付日の訂正",
    who: "clerk1",
    open: async () =>
      onCase(
        (await counter.toExamination(await counter.family())).caseId,
        "correct-received",
        "corrections/correct-received",
      ),
    typed: () => ({
      "day-correct-received": "R8.11.19",
      "reason-correct-received": "郵送の消印の日を受付日としたため",
    }),
  },
  {
    title: "変更の届出（認定の後）",
    who: "clerk1",
    open: async () =>
      onCase((await counter.toIssued(await counter.family())).caseId, "change", "changes"),
    typed: () => ({ subject: "insurance", occursOn: "R8.11.19", reportedOn: "R8.11.20" }),
  },
  {
    title: "決裁の差戻しの理由",
    who: "supervisor1",
    open: async () =>
      onCase(
        (await counter.toApproval(await counter.family())).caseId,
        "remand",
        "step",
        "decision",
      ),
    typed: () => ({ "comment-remand": "口座の名義を確かめてください" }),
  },
  {
    title: "照会書の宛先",
    who: "clerk2",
    open: async () => {
      const family = await households.household();
      const { caseId } = await households.toExamination(
        family.mother,
        householdApplication(family),
        [],
      );
      const path = `/single-parent-medical/cases/${caseId}/inquiry`;
      return { caseId, event: "inquire", action: path, path };
    },
    typed: () => ({
      addressee: "例示市 市民税課",
      postalCode: "810-0001",
      address: "福岡市中央区天神１丁目８番１号",
      until: "R8.12.4",
    }),
  },
];

const onCase = (caseId: string, event: string, action: string, page?: string): Standing => {
  const path = `/child-medical/cases/${caseId}`;
  return {
    caseId,
    event,
    action: `${path}/${action}`,
    path: page ? `${path}/${page}` : path,
  };
};

const draftOf = (text: string, event: string) =>
  new RegExp(`data-draft="([^"]+/drafts/${event})"`).exec(text)?.[1] ?? "";

describe("申請の画面の欄の下書き", () => {
  test.for(forms)(
    "$title: 示され、続きから入力でき、保存すると消える",
    async ({ who, open, typed }) => {
      const { caseId, event, action, path = "" } = await open();
      const visitor = await app.visitor(who);
      const page = await visitor.get(path);
      const url = draftOf(page.text, event);
      const sent = formIn(page.text, event, action);
      expect((await visitor.post(url, { ...sent, ...typed(event) })).status).toBe(200);
      expect(await draftsOf(caseId)).toEqual([`form-${event}`]);

      const offer = await visitor.get(path);
      expect(offer.text).toContain("保存していない下書きがあります（2026/11/20");
      for (const value of Object.values(typed(event)).filter((value) => value.length > 9))
        expect(offer.text).not.toContain(value);
      expect(draftOf(offer.text, event)).toBe("");

      const goingOn = await visitor.get(`${path}?draft=${event}`);
      expect(goingOn.status).toBe(200);
      const form = formIn(goingOn.text, event, action);
      expect(form).toMatchObject(typed(event));
      const saved = await visitor.post(action, form);
      expect(saved.status, saved.text.slice(0, 2000)).toBe(303);
      expect(await draftsOf(caseId)).toEqual([]);
      expect((await visitor.get(`/${path.split("/")[1]}/cases/${caseId}`)).text).not.toContain(
        "下書きがあります",
      );
    },
  );

  test("照会の回答も、照会ごとに下書きが残る", async () => {
    const { caseId } = await counter.toExamination(await counter.family());
    const path = `/child-medical/cases/${caseId}`;
    const clerk = await app.visitor("clerk1");
    for (const addressee of ["試験健康保険組合", "見本健康保険組合"])
      await clerk.post(`${path}/inquiries`, {
        "subject-inquiry": "insurance",
        addressee,
        dueOn: "R8.12.4",
      });
    const { text } = await clerk.get(path);
    const [first, second] = [...text.matchAll(/inquiries\/([\w-]{36})\/answer/g)].map(
      ([, id]) => id ?? "",
    );
    for (const id of [first, second])
      await clerk.post(`${path}/drafts/${id}`, { [`answer-${id}`]: `${id}の回答` });
    await clerk.post(`${path}/inquiries/${first}/answer`, { [`answer-${first}`]: "加入している" });
    expect(await draftsOf(caseId)).toEqual([`form-${second}`]);
    const goingOn = await clerk.get(`${path}?draft=${second}`);
    expect(goingOn.text).toContain(`${second}の回答</textarea>`);
  });

  test("は、欄ごとに破棄でき、欄のある画面に戻る", async () => {
    const { caseId } = await counter.toApproval(await counter.family());
    const path = `/child-medical/cases/${caseId}`;
    const supervisor = await app.visitor("supervisor1");
    for (const event of ["remand", "approve", "note"])
      await supervisor.post(`${path}/drafts/${event}`, { [`comment-${event}`]: "書きかけ" });
    const { text } = await supervisor.get(`${path}/decision`);
    const discard = `${path}/drafts/remand/discard`;
    const done = await supervisor.post(discard, formOf(text, discard));
    expect(done.headers.location).toBe(`${path}/decision`);
    expect(await draftsOf(caseId)).toEqual(["form-approve", "form-note"]);
  });

  test("は、ほかの職員には示されず、申請を扱わない職員には残せない", async () => {
    const { caseId } = await counter.toExamination(await counter.family());
    const path = `/child-medical/cases/${caseId}`;
    await (await app.visitor("clerk1")).post(`${path}/drafts/note`, { note: "書きかけのメモ" });
    const other = await (await app.visitor("clerk2")).get(`${path}?draft=note`);
    expect(other.text).not.toContain("書きかけのメモ");
    expect(other.text).not.toContain("下書きがあります");
    const auditor = await app.visitor("auditor1");
    expect((await auditor.post(`${path}/drafts/note`, { note: "x" })).status).toBe(403);
  });

  test("断られて戻った欄には、送ったものが残り、下書きも残る", async () => {
    const { caseId } = await counter.toExamination(await counter.family());
    const path = `/child-medical/cases/${caseId}`;
    const clerk = await app.visitor("clerk1");
    const note = "長".repeat(2001);
    await clerk.post(`${path}/drafts/note`, { note });
    const refused = await clerk.post(`${path}/notes`, { note });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`${note}</textarea>`);
    expect(await draftsOf(caseId)).toEqual(["form-note"]);
  });
});

/** What the form of an event would send: several forms of a page go to one address. */
const formIn = (html: string, event: string, action: string) => {
  const start = html.indexOf(`id="form-${event}"`);
  return formOf(html.slice(html.lastIndexOf("<form", start)), action);
};
