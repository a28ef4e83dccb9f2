import { beforeAll, describe, expect, test } from "vitest";
import { provide } from "#src/platform/provision/index.ts";
import { runWork } from "#src/platform/work.ts";
import { letterKindId, letterOrder } from "#src/programs/intractable-disease/index.ts";
import {
  institutionsDue,
  tellInstitution,
} from "#src/programs/intractable-disease/institution-notices.ts";
import {
  certificateOrder,
  renewedCertificates,
} from "#src/programs/intractable-disease/renewals/certificates.ts";
import {
  moveSeason,
  planSeason,
  readSeason,
  seasonActions,
} from "#src/programs/intractable-disease/renewals/seasons.ts";
import {
  findInvited,
  isRenewedOn,
  listInvited,
  progressOf,
} from "#src/programs/intractable-disease/renewals/standings.ts";
import { openTestPlatform, type TestPlatform, type TestStaff } from "#test/support/database.ts";
import { mailingsOf } from "#test/support/mailings.ts";
import { patientApplication, patientCounterOf } from "#test/support/patient-counter.ts";
import { staffSql } from "../../security/role-with-session/support.ts";

const days = {
  endsOn: "2027-09-30",
  opensOn: "2026-11-20",
  recommendedUntil: "2027-07-31",
} as const;

let city: TestPlatform;
let counter: ReturnType<typeof patientCounterOf>;
let patients: string[] = [];
let season = "";

beforeAll(async () => {
  city = await openTestPlatform();
  counter = patientCounterOf(city);
  await counter.listDoctors();
  patients = [];
  for (let at = 0; at < 3; at += 1) {
    const { mother } = await counter.household();
    await issued(await counter.toCertified(mother));
    patients.push(mother);
  }
});

/** Onwards to 証交付, with the certificate made. */
async function issued(at: { caseId: string; revision: number }) {
  await counter.step("clerk1", "issue", at);
  await counter.effects(at.caseId);
}
const numberOf = async (person: string) => {
  const [row] = await city.admin<{ number: string }[]>`
    select recipient_number as number from entitlements.recipient where person_number = ${person}`;
  return row?.number ?? "";
};
const standing = async () => {
  const { people } = await counter.as("clerk1", (work) => progressOf(work, season));
  return Object.fromEntries(people.map((one) => [one.standing, one.people]));
};

describe("更新の期", () => {
  test("一人が起案し、別の一人が始めると、その日に終わる方が対象になる。順の違う日付は欄で断る", async () => {
    const plan = (given: object) =>
      counter.as("clerk1", (work) => planSeason(work, { ...days, ...given }));
    await expect(plan({ recommendedUntil: "2027-10-01" })).rejects.toMatchObject({
      field: "recommendedUntil",
    });
    await expect(plan({ opensOn: "2027-08-01" })).rejects.toMatchObject({ field: "opensOn" });
    await expect(plan({ endsOn: "2026-11-19" })).rejects.toMatchObject({ field: "endsOn" });
    season = await plan({});
    await expect(plan({})).rejects.toMatchObject({ status: 409 });
    const open = (who: TestStaff, seen = 1) =>
      counter.as(who, (work) => moveSeason(work, { id: season, seen, type: "open" }));
    await expect(open("clerk1")).rejects.toMatchObject({ status: 403 });
    expect(await open("supervisor1")).toBe(3);
    await expect(open("supervisor2", 2)).rejects.toMatchObject({ status: 409 });
    // Until the last day renewals are received: it is not ended before.
    const actions = await counter.as("supervisor1", async (work) =>
      seasonActions(work, await readSeason(work, season)),
    );
    expect(actions.find(({ type }) => type === "close")?.reasons).toEqual([
      "有効期間の最後の日までは、更新の申請を受け付けます。その後に期を終えてください。",
    ]);
    expect(await standing()).toEqual({ silent: 3 });
  });

  test("お知らせは対象者に送られ、申請した方には再度のお知らせが行かない。取り消した回は数えない", async () => {
    const mailings = await mailingsOf(city, "intractable-disease");
    const order = (letter: "invitation" | "reminder") =>
      counter.as("clerk1", async (work) => ({
        title: "試験",
        parameters: letterOrder(await readSeason(work, season), letter),
      }));
    const first = await mailings.extract(
      await mailings.start({ id: letterKindId("invitation") }, await order("invitation")),
    );
    const approved = await mailings.approved(first);
    const made = await mailings.make(approved);
    expect(made.run.madeCount).toBe(3);
    const { letters } = await counter.as("clerk1", (work) => progressOf(work, season));
    expect(letters).toMatchObject([{ kind: "invitation", letters: 3 }]);

    // One applies by the number on the sheet.
    const number = await numberOf(patients[0] ?? "");
    const found = await counter.as("clerk1", (work) => findInvited(work, number));
    expect(found).toMatchObject({ personNumber: patients[0], endsOn: "2027-09-30" });
    expect(await counter.as("clerk1", (work) => findInvited(work, "0000000"))).toBeUndefined();
    const on = (receivedOn: "2026-11-20" | "2026-11-19") =>
      counter.as("clerk1", (work) =>
        isRenewedOn(work, { personNumber: patients[0] ?? "", receivedOn }),
      );
    expect([await on("2026-11-19"), await on("2026-11-20")]).toEqual([false, true]);
    const renewal = patientApplication({ sort: "renewal" });
    const applied = await counter.toApproval(patients[0] ?? "", renewal, {
      insisted: "更新の申請",
    });
    expect(await standing()).toEqual({ applied: 1, silent: 2 });
    const listed = await counter.as("clerk1", (work) =>
      listInvited(work, season, "applied", { from: 0, size: 10 }),
    );
    expect(listed).toMatchObject({
      total: 1,
      rows: [{ personNumber: patients[0], application: applied.caseId, receivedOn: "2026-11-20" }],
    });

    const reminder = await mailings.extract(
      await mailings.start({ id: letterKindId("reminder") }, await order("reminder")),
    );
    const pieces = await city.admin<{ person: string }[]>`
      select person_number as person from mailings.batch_item where run_id = ${reminder.id} and state = 'ready'`;
    expect(pieces.map(({ person }) => person).toSorted()).toEqual(patients.slice(1).toSorted());
    await mailings.step("operator1", reminder, "cancel", "試験のため取り消す");

    // The new certificate goes to whoever was renewed, once their application issued it.
    const certificates = async () => {
      const parameters = await counter.as("clerk1", async (work) =>
        certificateOrder(await readSeason(work, season)),
      );
      return mailings.extract(
        await mailings.start(renewedCertificates, { title: "試験", parameters }),
      );
    };
    const certified = await counter.step("supervisor1", "approve", applied);
    expect(await standing()).toEqual({ renewed: 1, silent: 2 });
    await issued(certified);
    const sent = await mailings.make(await mailings.approved(await certificates()));
    expect(sent.run.madeCount).toBe(1);
    expect((await mailings.details(await certificates())).counts.ready).toBe(0);
    const terms = await city.admin`
      select valid_from::text, valid_to::text from entitlements.entitlement where person_number = ${patients[0] ?? ""} order by 1`;
    expect(terms).toEqual([
      { valid_from: "2026-11-05", valid_to: "2027-09-30" },
      { valid_from: "2027-10-01", valid_to: "2028-09-30" },
    ]);
  });

  test("期を始める・終えるのも、手紙を記録するのも、権限のある職員の関数だけができる", async () => {
    const as = staffSql(city);
    const denied = { code: "42501" };
    const run = (who: TestStaff, statement: string) =>
      as(who, (sql) => sql.unsafe<Record<string, unknown>[]>(statement));
    for (const table of ["season", "invited", "letter", "institution_told"]) {
      await expect(
        run("supervisor1", `insert into intractable_papers.${table} default values`),
        table,
      ).rejects.toMatchObject(denied);
      await expect(
        run("supervisor1", `delete from intractable_papers.${table}`),
        table,
      ).rejects.toMatchObject(denied);
    }
    for (const call of [
      "select intractable_papers.plan_season('2028-09-30', '2028-06-01', '2028-07-31')",
      `select intractable_papers.move_season('${season}', 2, 'complete-list')`,
    ])
      await expect(run("operator1", call), call).rejects.toMatchObject(denied);
    await expect(
      run("operator1", "select intractable_papers.record_letters(gen_random_uuid(), '{}')"),
    ).rejects.toMatchObject(denied);
    await expect(
      run("clerk1", "select intractable_papers.enter_invited(null)"),
    ).rejects.toMatchObject(denied);
    expect(await run("east1", "select * from intractable_papers.invited")).toEqual([]);
  });
});

describe("医療機関通知", () => {
  test("申請に書かれた医療機関に、決めたことが一度だけ通知される", async () => {
    const institutions = [
      { code: "4319999999", name: "見本大学病院", main: true, since: "2026-11-05" as const },
    ];
    const { mother } = await counter.household();
    await issued(await counter.toCertified(mother, patientApplication({ institutions })));
    const days = { from: "2026-11-01", to: "2026-11-20" } as const;
    const due = () => counter.as("clerk1", (work) => institutionsDue(work, days));
    const [one, ...others] = await due();
    expect(one).toMatchObject({ code: "4319999999", happened: [{ what: "granted" }] });
    expect(others).toEqual([]);
    if (!one) throw new Error("nothing is due");
    const made = await counter.as("clerk1", (work) =>
      tellInstitution(work, one, { postalCode: "8600000", address: "熊本市中央区見本町9番9号" }),
    );
    expect(Buffer.from(made.pdf.subarray(0, 5)).toString()).toBe("%PDF-");
    expect(await due()).toEqual([]);
  });
});

describe("統計", () => {
  test("疾病・階層・上限月額ごとの受給者と、期ごとの進み具合が数えられる", async () => {
    const as = staffSql(city);
    const rows = await as(
      "supervisor1",
      (sql) =>
        sql`select dimension, value, people from intractable_papers.holders_on(null, '2026-12-01') order by 1, 2`,
    );
    expect(rows).toEqual([
      { dimension: "all", value: null, people: 4 },
      { dimension: "cap", value: "10000", people: 4 },
      { dimension: "disease", value: "6", people: 4 },
      { dimension: "tier", value: "一般所得Ⅰ", people: 4 },
    ]);
    const [one] = await as(
      "supervisor1",
      (sql) => sql`select * from intractable_papers.by_season(null)`,
    );
    expect(one).toMatchObject({ invited: 3, letters: 3, applied: 1, renewed: 1, silent: 2 });
  });
});

describe("提供（情報提供ネットワークシステム）", () => {
  const items = "{name,birth-date,recipient-number,entitled-from,entitled-to,entitlement-status}";

  test("表にある相手と根拠と項目だけに、1人ずつ支給認定が渡り、外は断られ、どれも記録に残る", async () => {
    const as = staffSql(city);
    const [rule] = await as(
      "scheme1",
      (sql) => sql<{ id: number }[]>`
        select provision.propose_rule('都道府県知事等（生活保護）', '番号法第19条第8号 見本', '保護の決定', ${items}::text[], 'network', null, '2026-04-01', null,
          '評価書 II-5', 'intractable-disease', null) as id`,
    );
    await as("privacy1", (sql) => sql`select provision.decide_rule(${rule?.id ?? 0}, 'approved')`);
    const asked = async (given: object) =>
      runWork(city.platform, await city.actor("supervisor1"), { purpose: "inquiry" }, (work) =>
        provide(work, {
          recipient: "都道府県知事等（生活保護）",
          basis: "番号法第19条第8号 見本",
          person: patients[1] ?? "",
          items: ["name", "recipient-number", "entitled-from", "entitled-to"],
          ...given,
        }),
      );
    const given = await asked({});
    expect(given).toMatchObject({
      outcome: "provided",
      lines: expect.arrayContaining([
        { title: "受給者番号", value: await numberOf(patients[1] ?? "") },
        { title: "資格の始まる日", value: "2026-11-05" },
        { title: "資格の終わる日", value: "2027-09-30" },
      ]),
    });
    expect(await asked({ recipient: "見知らぬ機関" })).toMatchObject({ refusal: "recipient" });
    expect(await asked({ basis: "別の根拠" })).toMatchObject({ refusal: "basis" });
    expect(await asked({ items: ["address"] })).toMatchObject({ refusal: "items" });
    const kept = await city.admin`
      select state, refusal from provision.request order by id desc limit 4`;
    expect(kept.map(({ state }) => state)).toEqual(["refused", "refused", "refused", "provided"]);
    // What was provided is not read again by the same request.
    const request = "request" in given ? given.request : 0;
    await expect(
      as("supervisor1", (sql) => sql`select * from provision.entitlements_of(${request})`),
    ).rejects.toMatchObject({ code: "42501" });
    // A row for the network makes no files.
    await expect(
      as(
        "supervisor1",
        (sql) =>
          sql`select outcome, why_not from provision.prepare_file(${rule?.id ?? 0}, '2026-11-01', '2026-11-20', '{name,recipient-number}', ${[patients[1] ?? ""]})`,
      ),
    ).resolves.toMatchObject([{ outcome: "refused", why_not: "rule" }]);
  });
});
