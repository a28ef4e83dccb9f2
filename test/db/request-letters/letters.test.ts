import { beforeAll, describe, expect, test } from "vitest";
import { CaseRefusal, getCase } from "#src/platform/cases/index.ts";
import { discardSlip, settleSlip } from "#src/programs/vaccination/records/slips.ts";
import { examine } from "#src/programs/vaccination/request-letters/examine.ts";
import {
  DoubtfulResult,
  waitWithResult,
} from "#src/programs/vaccination/request-letters/record-result.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { lettersOf } from "#test/support/request-letters.ts";

const city = await openTestPlatform();
const letters = lettersOf(city);
const { step, family } = letters;
const three = {
  lines: [
    { vaccine: "hepb", dose: 1, plannedOn: "2026-11-21" },
    { vaccine: "5mix", dose: 1, plannedOn: "2026-11-21" },
    { vaccine: "hepb", dose: 2, plannedOn: "2026-12-20" },
  ],
} as const;
const result = (line: number, given: object = {}) => ({
  input: {
    line,
    outcome: "given",
    on: letters.today(),
    lot: "A123",
    doctor: "例示 医師",
    clinic: "例示こどもクリニック",
    ...given,
  },
});
const codes = (caseId: string) =>
  letters.as("clerk2", async (work) =>
    (await examine(work, await getCase(work, caseId)))?.findings.map(({ code }) => code),
  );

/** How the first dose of a letter stands, and what was told of it. */
async function standing(caseId: string) {
  const [row] = await city.admin`
    select (select state from request_letters.line where case_id = ${caseId} and number = 1) as state,
           (select count(*)::int from request_letters.result where case_id = ${caseId}) as results,
           array(select state from vaccination.slip where channel = 'letter' and starts_with(reference, ${caseId}) order by serial) as slips`;
  return { ...row };
}

beforeAll(() => letters.setUp());

describe("予防接種実施依頼書", () => {
  test("申請から交付、結果まで進み、文書が揃い、接種した回は接種記録になる", async () => {
    const { child } = await family();
    const at = await letters.valid(child, { ...three, lines: [...three.lines] });
    expect((await letters.papers(at.caseId)).map(({ kind }) => kind).toSorted()).toEqual([
      "request-claim-form",
      "request-contact",
      "request-letter",
      "request-report",
      "request-slips",
    ]);
    let now = await step("clerk1", "recordResult", at, result(1));
    expect(now.state).toBe("valid");
    now = await step("clerk1", "recordScreening", now, result(2, { outcome: "screened" }));
    now = await step("clerk1", "recordResult", now, {
      input: { line: 2, outcome: "not-given" },
    });
    now = await step("clerk1", "recordResult", now, { input: { line: 3, outcome: "not-given" } });
    expect(now.state).toBe("finished");
    expect((await letters.lines(at.caseId)).map(({ state }) => state)).toEqual([
      "given",
      "not-given",
      "not-given",
    ]);
    const shots = await city.admin`
      select vaccine, dose, given_on::text as on, source, lot from vaccination.shot where person_number = ${child}`;
    expect(shots).toEqual([
      { vaccine: "hepb", dose: 1, on: letters.today(), source: "letter", lot: "A123" },
    ]);
  });

  test("同じ回がほかの経路で登録されていれば一つの記録のまま、経路だけを記す", async () => {
    const { child } = await family();
    const at = await letters.valid(child);
    await city.admin`
      insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
      select ${child}, 'hepb', 1, ${letters.today()}, 'feed', id from access.staff where login_name = 'operator1'`;
    await step("clerk1", "recordResult", at, result(1));
    const [row] = await city.admin`
      select (select count(*)::int from vaccination.shot where person_number = ${child}) as shots,
             (select array_agg(source order by source) from vaccination.shot_channel where person_number = ${child}) as channels`;
    expect(row).toEqual({ shots: 1, channels: ["feed", "letter"] });
  });

  test("依頼書の前の日と先の日の結果は、その欄で断り、予診票も残さない", async () => {
    const { child } = await family();
    const at = await letters.valid(child);
    for (const on of [letters.inDays(-1), letters.inDays(1)]) {
      const refused = step("clerk1", "recordResult", at, result(1, { on }));
      await expect(refused).rejects.toMatchObject({ field: "on" });
      const waits = letters.as("clerk1", (work) =>
        waitWithResult(work, at.caseId, result(1, { on }).input),
      );
      await expect(waits).rejects.toMatchObject({ field: "on" });
    }
    expect(await standing(at.caseId)).toEqual({ state: "open", results: 0, slips: [] });
  });

  test("疑いのある結果は予診票の処理で待ち、その間は記録できず、接種記録になれば同じ予診票のまま記録できる", async () => {
    const { child } = await family({ birthDate: "2026-10-10" });
    const at = await letters.valid(child, {
      lines: [{ vaccine: "pcv", dose: 1, plannedOn: "2026-12-15" }],
    });
    // Given before the age of the law: two months.
    const { input } = result(1);
    await expect(step("clerk1", "recordResult", at, { input })).rejects.toBeInstanceOf(
      DoubtfulResult,
    );
    expect(await standing(at.caseId)).toEqual({ state: "open", results: 0, slips: [] });
    const taken = await letters.as("clerk1", (work) => waitWithResult(work, at.caseId, input));
    expect(taken).toMatchObject({ state: "doubtful", shotId: undefined });
    await expect(step("clerk1", "recordResult", at, { input })).rejects.toMatchObject({
      field: "line",
    });
    expect(await standing(at.caseId)).toEqual({ state: "open", results: 0, slips: ["doubtful"] });

    await letters.as("clerk2", (work) =>
      settleSlip(work, {
        id: taken.slipId,
        seen: 1,
        personNumber: child,
        changes: {},
        accept: "clinic",
      }),
    );
    const done = await step("clerk1", "recordResult", at, { input });
    expect(done.state).toBe("finished");
    expect(await standing(at.caseId)).toEqual({ state: "given", results: 1, slips: ["recorded"] });
    const [row] = await city.admin`
      select (select count(*)::int from vaccination.shot where person_number = ${child}) as shots,
             (select count(*)::int from mistakes.incident where person_number = ${child}) as incidents`;
    expect(row).toEqual({ shots: 1, incidents: 1 });
  });

  test("同じ回が別の日に記録されていれば待ち、記録は一つのまま。誤りとして除けば、あらためて記録できる", async () => {
    const { child } = await family();
    const at = await letters.valid(child);
    const feedShot = (on: string) => city.admin`
      insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
      select ${child}, 'hepb', 1, ${on}, 'feed', id from access.staff where login_name = 'operator1'`;
    await feedShot("2026-10-20");
    const { input } = result(1);
    await expect(step("clerk1", "recordResult", at, { input })).rejects.toBeInstanceOf(
      DoubtfulResult,
    );
    const taken = await letters.as("clerk1", (work) => waitWithResult(work, at.caseId, input));
    expect(taken.doubts.map(({ code }) => code)).toContain("dose-taken");
    await letters.as("clerk1", (work) =>
      discardSlip(work, { id: taken.slipId, seen: 1, reason: "returned" }),
    );
    await city.admin`delete from vaccination.shot where person_number = ${child}`;
    expect((await step("clerk1", "recordResult", at, { input })).state).toBe("finished");
    expect(await standing(at.caseId)).toEqual({
      state: "given",
      results: 1,
      slips: ["discarded", "recorded"],
    });
  });

  test("予診のみの結果は予診票に残り、その回は待ったままで、後の接種が一つの記録になる", async () => {
    const { child } = await family();
    const at = await letters.valid(child);
    let now = await step("clerk1", "recordScreening", at, result(1, { outcome: "screened" }));
    now = await step("clerk1", "recordResult", now, result(1));
    expect(now.state).toBe("finished");
    expect(await standing(at.caseId)).toEqual({
      state: "given",
      results: 2,
      slips: ["noted", "recorded"],
    });
  });

  test("有効な依頼書のある回は、もう一つ依頼できない", async () => {
    const { child } = await family();
    const waiting = await letters.proposed(child);
    await letters.granted(child);
    await expect(step("supervisor1", "approve", waiting)).rejects.toBeInstanceOf(CaseRefusal);
    const second = await letters.examined(child);
    expect(await codes(second.caseId)).toContain("letter-open");
    await expect(step("clerk2", "propose", second)).rejects.toBeInstanceOf(CaseRefusal);
  });

  test("契約のある滞在先は確かめるまで起案できず、理由や年齢が合わないものは断られる", async () => {
    const { child } = await family();
    const stay = { prefecture: "43", municipality: "宇城市" };
    const own = {
      postalCode: "8690000",
      address: "熊本県宇城市1番地",
      building: "",
      telephone: "",
    };
    const at = await letters.examined(child, { stay: { ...stay, ...own } });
    expect(await codes(at.caseId)).toEqual(["contract-covers"]);
    await expect(step("clerk2", "propose", at)).rejects.toBeInstanceOf(CaseRefusal);
    const accepted = await step("clerk2", "accept", at, {
      input: [{ number: 1, code: "contract-covers", reason: "host-asked" }],
    });
    expect((await step("clerk2", "propose", accepted)).state).toBe("proposed");

    const { child: other } = await family();
    const wrong = await letters.examined(other, {
      reason: "study",
      lines: [
        { vaccine: "mr1", dose: 1, plannedOn: "2026-12-10" },
        { vaccine: "hepb", dose: 1, plannedOn: "2027-06-01" },
        { vaccine: "hepb", dose: 1, plannedOn: "2026-12-10" },
      ],
    });
    expect(new Set(await codes(wrong.caseId))).toEqual(
      new Set(["reason-not-accepted", "not-in-order", "planned-after", "named-twice"]),
    );
    const rejected = await step("clerk2", "proposeRejection", wrong, {
      input: { reason: "reason" },
    });
    const sent = await step("clerk2", "requestDecision", rejected);
    const done = await step("supervisor1", "approve", sent);
    expect(done.state).toBe("rejected");
    expect((await letters.papers(done.caseId)).map(({ kind }) => kind)).toEqual(["rejection"]);
  });

  test("再交付すると前の依頼書は終わり、期限は変わらない", async () => {
    const { child } = await family();
    const at = await letters.valid(child);
    const again = await step("clerk1", "reissue", at, { input: { reason: "lost" } });
    expect(again.state).toBe("issued");
    const rows = await city.admin`
      select sequence, ended_why, valid_to::text as until, reissue_reason from request_letters.letter
       where case_id = ${at.caseId} order by sequence`;
    expect(rows).toEqual([
      { sequence: 1, ended_why: "replaced", until: rows[1]?.until, reissue_reason: null },
      { sequence: 2, ended_why: null, until: rows[0]?.until, reissue_reason: "lost" },
    ]);
    const made = await letters.papers(at.caseId);
    expect(made.filter(({ kind }) => kind === "request-letter")).toHaveLength(1);
  });

  test("取消しは二人で行い、待っていた回を終える", async () => {
    const { child } = await family();
    const at = await letters.valid(child);
    const asked = await step("clerk2", "proposeCancellation", at, { input: { reason: "moved" } });
    await expect(step("clerk2", "cancel", asked)).rejects.toBeInstanceOf(CaseRefusal);
    const done = await step("supervisor1", "cancel", asked);
    expect(done.state).toBe("cancelled");
    expect((await letters.lines(at.caseId)).map(({ state }) => state)).toEqual(["cancelled"]);
    expect((await letters.papers(at.caseId)).map(({ kind }) => kind)).toContain("revocation");
  });
});
