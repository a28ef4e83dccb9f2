import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { enterAdverse, withdrawAdverse } from "#src/programs/vaccination/mistakes/adverse.ts";
import {
  judgeMistake,
  moveMistake,
  openMistake,
  readMistake,
  tellMistake,
} from "#src/programs/vaccination/mistakes/incidents.ts";
import { moveYear, prepareYear, readYear } from "#src/programs/vaccination/mistakes/years.ts";
import { issueRecordPaper } from "#src/programs/vaccination/records/papers.ts";
import {
  decideRevision,
  proposeRevision,
  readRecord,
} from "#src/programs/vaccination/records/revisions.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { pcv, recordsOf } from "#test/support/vaccination-records.ts";
import { waysOf } from "#workflows/flows/ways.ts";
import { type MistakeEvent, mistakeV1 } from "#workflows/vaccination/mistakes/machine.ts";

const home = await openTestPlatform();
const { as, child, one } = recordsOf(home);
const roles = [
  "clerk1",
  "clerk2",
  "supervisor1",
  "supervisor2",
  "east1",
  "operator1",
  "auditor1",
  "nobody",
] as const satisfies TestStaff[];
/** Of the fiscal year 2025, which is over. */
const born = {
  birthDate: "2025-05-10",
  residence: { from: "2025-05-10", fromReason: "birth" },
} as const;
let person = "";
let shotId = "";

beforeAll(async () => {
  person = await child(born);
  shotId = (await one(pcv({ personNumber: person, givenOn: "2025-07-10" }))).shotId ?? "";
});

const begin = () =>
  as("clerk1", (work) =>
    openMistake(work, {
      personNumber: person,
      shotId,
      foundBy: "person",
      knownOn: "2025-08-01",
      vaccine: "pcv",
      dose: 1,
      givenOn: "2025-07-10",
      clinicCode: undefined,
      clinicName: "例示医院",
    }),
  );
const seen = (id: string) =>
  as("supervisor1", async (work) => (await readMistake(work, id)).row.revision);
const judge = async (
  id: string,
  report: "at-once" | "yearly" = "yearly",
  who: TestStaff = "clerk1",
) => {
  const revision = await seen(id);
  await as(who, (work) =>
    judgeMistake(work, {
      id,
      seen: revision,
      category: 4,
      report,
      harm: "none",
      measures: "間隔が足りないことを、医療機関と保護者に説明した。",
      payable: "paid",
      payableReason: "contract",
      claimId: undefined,
      reliefCaseId: undefined,
    }),
  );
};
const tell = async (id: string, party: "person" | "clinic" | "prefecture") => {
  const revision = await seen(id);
  await as("clerk1", (work) =>
    tellMistake(work, { id, seen: revision, party, way: "telephone", toldOn: "2025-08-02" }),
  );
};
const move = async (
  who: TestStaff,
  id: string,
  type: Exclude<MistakeEvent, "judge" | "tell">,
  more: object = {},
) => {
  const revision = await seen(id);
  await as(who, (work) => moveMistake(work, { id, seen: revision, type, ...more }));
};
const stateOf = async (id: string) =>
  (await home.admin<{ state: string }[]>`select state from mistakes.incident where id = ${id}`)[0]
    ?.state;

/** An incident in each of the states, with everything that a step could ask for. */
async function inEachState(): Promise<Record<string, string>> {
  const full = async () => {
    const id = await begin();
    await judge(id, "at-once");
    for (const party of ["person", "clinic", "prefecture"] as const) await tell(id, party);
    return id;
  };
  const at: Record<string, string> = {};
  const then = async (
    state: string,
    ...steps: (readonly [TestStaff, Exclude<MistakeEvent, "judge" | "tell">, object?])[]
  ) => {
    const id = await full();
    for (const [who, type, more] of steps) await move(who, id, type, more ?? {});
    expect(await stateOf(id)).toBe(state);
    at[state] = id;
  };
  const ask = ["clerk1", "askReport"] as const;
  const approve = ["supervisor1", "approveReport"] as const;
  const send = ["clerk1", "send", { sentOn: "2025-08-03" }] as const;
  await then("found");
  await then("awaiting-report", ask);
  await then("to-report", ask, approve);
  await then("reported", ask, approve, send);
  await then("awaiting-close", ask, approve, send, ["clerk1", "askClose"]);
  await then("closed", ask, approve, send, ["clerk1", "askClose"], ["supervisor2", "approveClose"]);
  await then("awaiting-dismissal", ["clerk1", "askDismissal", { reason: "not-a-mistake" }]);
  await then(
    "dismissed",
    ["clerk1", "askDismissal", { reason: "not-a-mistake" }],
    ["supervisor1", "approveDismissal"],
  );
  return at;
}

test("段階 × 手続き × 職員: 定めにあるものだけを、データベースが行う", {
  timeout: 120_000,
}, async () => {
  const at = await inEachState();
  const ways = waysOf(mistakeV1);
  const events = Object.keys(mistakeV1.events).filter(
    (type) => type !== "judge" && type !== "tell",
  );
  const enters: readonly string[] = ["clerk1", "clerk2", "supervisor1", "supervisor2"];
  const approves: readonly string[] = ["supervisor1", "supervisor2"];
  const wrong: string[] = [];
  for (const [state, id] of Object.entries(at)) {
    const revision = await seen(id);
    for (const event of events) {
      const way = ways.find((one) => one.from === state && one.event === event);
      for (const who of roles) {
        const right = mistakeV1.events[event as MistakeEvent].right;
        const may =
          way !== undefined && (right === "case.approve" ? approves : enters).includes(who);
        const done = await as(who, async (work) => {
          await work.sql`select mistakes.move(${id}, ${revision}, ${event}, ${way?.to ?? "closed"}, ${way?.commentRequired ? "other" : null},
            ${event === "send" ? "2025-08-04" : null})`;
          throw new Error("done, and given back");
        }).catch((error: Error) => error.message === "done, and given back");
        if (done !== may) wrong.push(`${state} ${event} ${who}: ${done}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

describe("二人で行う", () => {
  test("判断した人と求めた人は決裁できない", async () => {
    const id = await begin();
    await judge(id, "yearly", "supervisor2");
    await move("supervisor1", id, "askReport");
    await expect(move("supervisor1", id, "approveReport")).rejects.toThrow("決裁できません");
    await expect(move("supervisor2", id, "approveReport")).rejects.toThrow("決裁できません");
  });

  test("年次報告は、作った人でない決裁者が決裁し、送った日に事案が報告済みになる", async () => {
    const id = await begin();
    await judge(id);
    await move("clerk1", id, "askReport");
    await move("supervisor1", id, "approveReport");
    await expect(move("clerk1", id, "send", { sentOn: "2025-08-05" })).rejects.toThrow(
      "年次報告で報告します",
    );
    await as("supervisor1", (work) => prepareYear(work, 2025));
    const step = async (
      who: TestStaff,
      type: "approve" | "send" | "refresh",
      sentOn?: "2026-11-20",
    ) => {
      const { revision } = await as("supervisor1", (work) => readYear(work, 2025));
      await as(who, (work) => moveYear(work, { year: 2025, seen: revision, type, sentOn }));
    };
    await expect(step("supervisor1", "approve")).rejects.toThrow("作成した人は決裁できません");
    await step("supervisor2", "approve");
    await step("clerk1", "send", "2026-11-20");
    expect(await stateOf(id)).toBe("reported");
    await expect(as("clerk1", (work) => prepareYear(work, 2026))).rejects.toThrow("終わった年度");
  });

  test("証明を交付した記録の訂正は、起案した人でない決裁者が決裁するまで変わらない", async () => {
    const whose = await child(born);
    const { shotId: id = "" } = await one(
      pcv({ personNumber: whose, lot: "AA1", givenOn: "2025-07-10" }),
    );
    await as("clerk1", (work) =>
      issueRecordPaper(work, { kind: "record", personNumber: whose, shotIds: [id], roman: "" }),
    );
    const { record } = await as("clerk1", (work) => readRecord(work, id));
    if (!record) throw new Error("no record");
    const values = { ...record, givenOn: "2025-07-11" as const, lot: "AA2" };
    expect(
      await as("clerk1", (work) =>
        proposeRevision(work, { shotId: id, seen: 1, kind: "correct", values, reason: "typing" }),
      ),
    ).toEqual({ state: "waiting" });
    const [waiting] = (await as("clerk1", (work) => readRecord(work, id))).revisions;
    const decide = (who: TestStaff, type: "approve" | "withdraw") =>
      as(who, (work) => decideRevision(work, { id: waiting?.id ?? "", seen: 1, type }));
    await expect(decide("clerk2", "withdraw")).rejects.toThrow("起案した人だけ");
    await decide("supervisor1", "approve");
    const after = await as("clerk1", (work) => readRecord(work, id));
    expect(after.record).toMatchObject({ lot: "AA2", givenOn: "2025-07-11" });
    expect(after.changes).toMatchObject([
      { change: { what: "corrected", before: { lot: "AA1", given_on: "2025-07-10" } } },
    ]);
  });

  test("副反応疑い報告は、入力した本人でない決裁者だけが取り下げる", async () => {
    const entry = {
      number: "PMDA-1",
      receivedOn: "2025-08-20" as const,
      personNumber: person,
      shotId,
      vaccine: "pcv",
      dose: 1,
      lot: "AB1",
      givenOn: "2025-07-10" as const,
      symptomOn: "2025-07-11" as const,
      symptom: "39度の発熱が三日続いた。",
      incidentId: undefined,
      reliefCaseId: undefined,
    };
    const id = await as("supervisor1", (work) => enterAdverse(work, entry));
    await expect(as("clerk1", (work) => enterAdverse(work, entry))).rejects.toThrow("同じ識別番号");
    await expect(
      as("supervisor1", (work) => withdrawAdverse(work, { id, seen: 1, reason: "other" })),
    ).rejects.toThrow("本人は取り下げられません");
    await as("supervisor2", (work) => withdrawAdverse(work, { id, seen: 1, reason: "other" }));
    const held = await home.admin`select to_jsonb(a)::text as row from mistakes.adverse_report a`;
    expect(JSON.stringify(held)).not.toContain("発熱");
  });
});

describe("プログラムのロールが、どの画面も許さないことをSQLで試みる", () => {
  const attempts: [string, string, TestStaff?][] = [
    [
      "記録を直接入れる",
      "insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by) select '$P', 'hib', 1, '2025-08-01', 'slip', access.staff_id()",
    ],
    ["記録を消す", "delete from vaccination.shot where person_number = '$P'"],
    ["予診票を書き換える", "update vaccination.slip set state = 'discarded'"],
    ["経過を消す", "delete from vaccination.shot_change"],
    ["関わるものを外す", "select vaccination.release_shot('$S', 'paper', 'x')"],
    [
      "訂正を、決裁なしに当てる",
      "select vaccination.apply_revision(r) from vaccination.shot_revision r",
    ],
    [
      "死亡前でない日の記録",
      `select vaccination.take_slips('[{"id":"${randomUUID()}","channel":"slip","outcome":"given","state":"recorded","person_number":"$P","vaccine":"hib","dose":1,"given_on":"2099-01-01","shot_id":"${randomUUID()}"}]')`,
    ],
    [
      "生まれる前の日の記録",
      `select vaccination.take_slips('[{"id":"${randomUUID()}","channel":"slip","outcome":"given","state":"recorded","person_number":"$P","vaccine":"hib","dose":1,"given_on":"2025-05-09","shot_id":"${randomUUID()}"}]')`,
    ],
    [
      "別の人のために封をしたものを付ける",
      `select vaccination.take_slips(jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'channel', 'slip', 'outcome', 'given', 'state', 'recorded', 'person_number', '$P', 'vaccine', 'hib', 'dose', 1, 'given_on', '2025-08-01', 'shot_id', gen_random_uuid(), 'details_id', gen_random_uuid())))`,
    ],
    [
      "別の区の人の記録",
      `select vaccination.take_slips('[{"id":"${randomUUID()}","channel":"slip","outcome":"given","state":"recorded","person_number":"$P","vaccine":"hib","dose":1,"given_on":"2025-08-01","shot_id":"${randomUUID()}"}]')`,
      "east1",
    ],
    [
      "別の区の人の訂正",
      "select vaccination.propose_revision('$S', 1, 'cancel', null, 'other')",
      "east1",
    ],
    [
      "別の区の人の事案",
      `select mistakes.open_incident('${randomUUID()}', '$P', null, 'clinic', '2025-08-01', 'pcv', 1, '2025-07-10', null, null)`,
      "east1",
    ],
    [
      "事案を直接入れる",
      "insert into mistakes.incident (id, person_number, office_code, found_by, known_on, vaccine, given_on, opened_by, opened_at) values (gen_random_uuid(), '$P', '431010', 'clinic', '2025-08-01', 'pcv', '2025-07-10', 1, now())",
    ],
    ["事案を終える", "update mistakes.incident set state = 'closed'"],
    [
      "入力時の事案を作る",
      `select mistakes.open_from_slips(array['${randomUUID()}']::uuid[], array[4], array['yearly'])`,
    ],
    [
      "年次報告を一人で送る",
      "update mistakes.year_report set state = 'sent', sent_on = current_date",
    ],
    [
      "氏名から人を探す",
      "select * from vault.match_identities(array['{1}'], array['2026-05-10']::date[], false)",
      "operator1",
    ],
    ["権限のない人が予診票を入れる", `select vaccination.take_slips('[]')`, "auditor1"],
    ["母子健康手帳番号の表を読む", "select * from vaccination.mother_child_number"],
  ];
  test.each(attempts)("%s", async (_, statement, who = "clerk1") => {
    const words = statement.replaceAll("$P", person).replaceAll("$S", shotId);
    await expect(as(who, (work) => work.sql.unsafe(words))).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|22023)$/),
    });
  });

  test("記録を直接書き換えようとしても、一つも変わらない", async () => {
    const changed = await as(
      "clerk1",
      (work) =>
        work.sql`update vaccination.shot set lot = 'X', source = 'feed', entered_by = access.staff_id() where id = ${shotId}`,
    );
    expect(changed.count).toBe(0);
  });

  test("別の区の職員には、事案も予診票も見えない", async () => {
    const seenBy = (who: TestStaff) =>
      as(who, async (work) => {
        const [row] = await work.sql<{ n: number }[]>`
          select ((select count(*) from mistakes.incident) + (select count(*) from vaccination.slip where person_number is not null))::int as n`;
        return row?.n ?? -1;
      });
    expect(await seenBy("clerk1")).toBeGreaterThan(0);
    expect(await seenBy("east1")).toBe(0);
    expect(await seenBy("auditor1")).toBe(0);
  });
});
