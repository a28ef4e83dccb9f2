import { describe, expect, it } from "vitest";
import {
  expiryMailingId,
  reminderMailingId,
  viewChange,
} from "#src/platform/applications/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { programs } from "#src/programs/registry.ts";
import { singleParent, singleParentChanges } from "#src/programs/single-parent-medical/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";
import { indexOf, mailingsOf } from "#test/support/mailings.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";

// ひとり親の停止・再開・訂正と、有効期間の満了。

const city = await openTestPlatform();
const { admin } = city;
const counter = householdCounterOf(city);
const { as, household, report, step, toConfirmed, toIssued, effects } = counter;
const today = city.platform.clock.today();
const { program } = singleParent;

const requests = {
  suspension: "requestSuspension",
  resumption: "requestResumption",
  correction: "requestCorrection",
} as const;
interface Report {
  subject: string;
  reason: string;
  occursOn?: IsoDate;
  personNumber?: string;
  input?: object;
}
async function proposed(caseId: string, { input, ...about }: Report) {
  const at = await report(caseId, { occursOn: today, ...about });
  const kind = about.subject.replace("person-", "") as keyof typeof requests;
  return step("clerk2", requests[kind], await toConfirmed(at, input ?? {}));
}
const decided = async (caseId: string, about: Report) =>
  step("supervisor1", "approve", await proposed(caseId, about));

async function entitled(children = 2) {
  const family = await household(
    Array.from({ length: children }, (_, at) => ({
      birthDate: `20${15 + at}-05-1${at}` as IsoDate,
    })),
  );
  const { caseId } = await toIssued(family.mother, householdApplication(family));
  return { family, caseId };
}
const held = (caseId: string) => admin<
  { person: string; status: string; from: IsoDate; to: IsoDate; id: string }[]
>`
  select id, person_number as person, status, valid_from::text as from, valid_to::text as to
    from entitlements.entitlement where case_id = ${caseId} order by recipient_number`;
const statuses = async (caseId: string) => (await held(caseId)).map(({ status }) => status);

describe("停止と再開", () => {
  it("世帯の停止は全員を止め、一人の再開はその人だけを戻し、通知はだれのことかを言う", async () => {
    const { family, caseId } = await entitled();
    const waiting = await proposed(caseId, { subject: "suspension", reason: "welfare" });
    await expect(step("clerk2", "approve", waiting)).rejects.toThrow();
    await step("supervisor1", "approve", waiting);
    expect(await statuses(caseId)).toEqual(["suspended", "suspended", "suspended"]);
    const returns = await admin<{ cause: string; state: string }[]>`
      select r.cause, r.state from entitlements.certificate_return r where r.person_number in (select e.person_number from entitlements.entitlement e where e.case_id = ${caseId})`;
    expect(returns).toHaveLength(3);
    expect(
      returns.every(({ cause, state }) => cause === "suspended" && state === "outstanding"),
    ).toBe(true);
    expect(await effects(waiting.caseId)).toMatchObject({ done: 1, failed: 0 });
    const [paper] = await as("clerk1", (work) => documentsOf(work, waiting.caseId));
    const { pdf } = await as("clerk1", (work) => printDocument(work, paper?.id ?? ""));
    const text = (await textOfPages(pdf)).join("").replaceAll(/\s+/g, "");
    expect(text.match(/停止します/g)).toHaveLength(3);
    expect(text).toContain("試験母子助成");

    // Nobody is suspended twice; one of them comes back alone.
    await expect(
      report(caseId, { subject: "suspension", reason: "welfare", occursOn: today }),
    ).rejects.toMatchObject({ field: "subject" });
    const [child = ""] = family.children;
    await decided(caseId, {
      subject: "person-resumption",
      reason: "reason-ended",
      personNumber: child,
      occursOn: addDays(today, 2),
    });
    const after = await held(caseId);
    expect(after.filter(({ status }) => status === "granted").map(({ person }) => person)).toEqual([
      child,
    ]);
    // A household is suspended as far as it isn't yet, and resumed as far as it is.
    await decided(caseId, {
      subject: "suspension",
      reason: "facility",
      occursOn: addDays(today, 5),
    });
    expect(await statuses(caseId)).toEqual(["suspended", "suspended", "suspended"]);
    await decided(caseId, {
      subject: "resumption",
      reason: "reason-ended",
      occursOn: addDays(today, 9),
    });
    expect(await statuses(caseId)).toEqual(["granted", "granted", "granted"]);
  });

  it("停止の届出は却下できず、台帳に直接反映もできない", async () => {
    const { caseId } = await entitled(1);
    const at = await toConfirmed(
      await report(caseId, { subject: "suspension", reason: "welfare", occursOn: today }),
    );
    for (const event of ["apply", "requestRejection", "requestChange", "requestLoss"])
      await expect(step("clerk2", event, at, { input: { reason: "documents" } })).rejects.toThrow();
  });
});

describe("訂正", () => {
  it("一人の期間だけが変わり、証の差替えが処理待ちになり、起案の前に影響が見える", async () => {
    const { family, caseId } = await entitled();
    const [child = "", other = ""] = family.children;
    const before = await held(caseId);
    const of = (person: string) => before.find((one) => one.person === person);
    const to = addDays(of(child)?.to ?? today, -30);
    const correction = { from: of(child)?.from ?? today, to };
    const waiting = await proposed(caseId, {
      subject: "correction",
      reason: "wrong-end",
      personNumber: child,
      input: { correction },
    });
    const seen = await as("supervisor1", (work) =>
      viewChange(work, singleParentChanges, waiting.caseId),
    );
    expect(seen.entitlements.map(({ personNumber }) => personNumber)).toEqual([child]);
    // Beside it the rules of today, of the same person alone.
    expect(seen.granting?.granted && seen.granting.periods.map((one) => one.personNumber)).toEqual([
      child,
    ]);
    const at = await step("supervisor1", "approve", waiting);
    const after = await held(caseId);
    expect(after.find(({ person }) => person === child)?.to).toBe(to);
    expect(after.find(({ person }) => person === other)).toEqual(of(other));
    const work = await admin`
      select kind, person_number as person from entitlements.follow_up where case_id = ${at.caseId}`;
    expect(work.map((row) => ({ ...row }))).toEqual([{ kind: "reissue", person: child }]);
  });

  // Every state of an entitlement × every correction: what becomes of it, or that it is refused.
  it("資格のどの状態でも、訂正は決めた日のとおりになり、取り消された資格は訂正できない", async () => {
    const { caseId } = await entitled(1);
    const [one] = await held(caseId);
    const days = { start: "2026-05-10", end: "2033-03-31", lost: "2026-09-01" } as const;
    const corrections = {
      始期を後へ: { from: "2026-07-01", to: days.end },
      始期を前へ: { from: "2026-05-01", to: days.end },
      終期を前へ: { from: days.start, to: "2026-08-15" },
      終期を認定の終期へ: { from: days.start, to: days.end },
      終期を先へ: { from: days.start, to: "2034-03-31" },
    } as const;
    const at = await decided(caseId, {
      subject: "correction",
      reason: "other",
      personNumber: one?.person ?? "",
      input: { correction: corrections.終期を認定の終期へ },
    });
    const move = (status: string, { from, to }: { from: string; to: string }) =>
      admin
        .begin(async (sql): Promise<never> => {
          // The very step that decided, with other days and another state: undone at the end.
          const gone = status === "lost" || status === "revoked";
          await sql`update entitlements.entitlement set status = ${status}, valid_from = ${days.start},
              valid_to = ${status === "lost" ? addDays(days.lost, -1) : days.end}, granted_to = ${days.end},
              lost_on = ${gone ? days.lost : null}, loss_reason = ${gone ? "other" : null} where id = ${one?.id ?? ""}`;
          await sql`delete from entitlements.movement where case_id = ${at.caseId}`;
          await sql`update entitlements.proposed_period set valid_from = ${from}, valid_to = ${to} where case_id = ${at.caseId}`;
          await sql`update cases.event e set recorded_at = now(), staff_id = coalesce(access.staff_id(), 0) from cases.case c
              where c.id = e.case_id and c.revision = e.revision and c.id = ${at.caseId}`;
          // Nobody is signed in here.
          for (const [name, type, value] of [
            ["staff_id", "integer", "0"],
            ["business_date", "date", `'${today}'::date`],
          ])
            await sql.unsafe(
              `create or replace function access.${name}() returns ${type} language sql stable as $$ select ${value} $$`,
            );
          await sql`set local role madoguchi_owner`;
          const refused = await sql`
            select entitlements.move(${one?.id ?? ""}, ${at.caseId}, ${from}, ${to})`.then(
            () => undefined,
            ({ code }: { code?: string }) => code ?? "?",
          );
          if (refused) throw new Error(refused);
          const [after] = await sql<{ text: string }[]>`
            select concat_ws(' ', status, valid_from, valid_to, lost_on) as text from entitlements.entitlement where id = ${one?.id ?? ""}`;
          throw new Error(after?.text);
        })
        .catch((error: Error) => error.message);
    const goes = (status: string) => ({
      始期を後へ: `${status} 2026-07-01 ${days.end}`,
      始期を前へ: `${status} 2026-05-01 ${days.end}`,
      終期を前へ: `${status} ${days.start} 2026-08-15`,
      終期を認定の終期へ: `${status} ${days.start} ${days.end}`,
      終期を先へ: `${status} ${days.start} 2034-03-31`,
    });
    const expected: Record<string, Record<string, string>> = {
      granted: goes("granted"),
      suspended: goes("suspended"),
      lost: { ...goes("granted"), 終期を前へ: `lost ${days.start} 2026-08-15 2026-08-16` },
      revoked: Object.fromEntries(Object.keys(corrections).map((name) => [name, "MD018"])),
    };
    for (const [status, row] of Object.entries(expected))
      for (const [name, set] of Object.entries(corrections))
        expect(await move(status, set), `${status} ${name}`).toBe(row[name]);
  });
});

describe("有効期間の満了", () => {
  it("最後の日の翌日に自然に終わり、満了のお知らせと返還のお願いが、一人ずつに作られる", async () => {
    const mailings = await mailingsOf(city, program);
    const { family, caseId } = await entitled(1);
    const [child = ""] = family.children;
    const over = addDays(today, -1);
    await admin`update entitlements.entitlement set valid_from = '2026-05-01', valid_to = ${over} where case_id = ${caseId} and person_number = ${child}`;
    const notice = await mailings.extract(
      await mailings.start(
        { id: expiryMailingId(program) },
        { title: "満了", parameters: { on: over } },
      ),
    );
    const expiry = programs
      .flatMap(({ scheduled = [] }) => scheduled)
      .find(({ name }) => name === "single-parent-medical.entitlement-expiry");
    for (let round = 0; round < 2; round += 1)
      await expiry?.run(city.platform, await city.system());
    const ended = await held(caseId);
    expect(ended.map(({ person, status }) => [person === child, status]).toSorted()).toEqual([
      [false, "granted"],
      [true, "lost"],
    ]);
    // The notice goes to who ended, before as after; the letter calls the child by what it is.
    await mailings.make(await mailings.approved(notice));
    const files = await mailings.open(notice);
    expect(indexOf(files)).toHaveLength(1);
    const [pdf = Buffer.alloc(0)] = [...files].flatMap(([name, bytes]) =>
      name.endsWith(".pdf") ? [bytes] : [],
    );
    const text = (await textOfPages(pdf)).join("").replaceAll(/\s+/g, "");
    expect(text).toContain("対象の方");
    expect(text).toContain("ひとり親家庭等医療費助成");

    await admin`insert into entitlements.certificate_return (certificate_id, program, office_code, person_number, cause, since_on)
      select z.id, ${program}, '431010', ${child}, 'expired', ${over} from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id
       where e.person_number = ${child}`;
    const reminder = await mailings.extract(
      await mailings.start(
        { id: reminderMailingId(program) },
        { title: "返還のお願い", parameters: { since: over } },
      ),
    );
    await mailings.make(await mailings.approved(reminder));
    expect(indexOf(await mailings.open(reminder))).toHaveLength(1);
  });
});
