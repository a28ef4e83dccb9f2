import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { releaseItem } from "#src/platform/mailings/index.ts";
import {
  type ExemptionSaid,
  enterExemption,
  moveExemption,
  type PlainExemptionEvent,
  readExemption,
} from "#src/programs/vaccination/exemptions/applications.ts";
import { endCertificate } from "#src/programs/vaccination/exemptions/certificates.ts";
import { exemptionExpiry } from "#src/programs/vaccination/exemptions/expiry.ts";
import { exemptionOn } from "#src/programs/vaccination/exemptions/index.ts";
import { openList, takeList, withdrawList } from "#src/programs/vaccination/exemptions/lists.ts";
import { certificateMailing } from "#src/programs/vaccination/exemptions/mailing.ts";
import {
  issueCertificate,
  printCertificate,
  tellExemption,
} from "#src/programs/vaccination/exemptions/papers.ts";
import { enterSpecial } from "#src/programs/vaccination/special/entries.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { setExemptionTerms } from "#test/support/exemptions.ts";
import { indexOf, mailingsOf } from "#test/support/mailings.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import type { ExemptionState } from "#workflows/vaccination/exemptions/machine.ts";

const home = await openTestPlatform();
const { as, people } = recordsOf(home);
const old = {
  birthDate: "1950-05-10",
  residence: { from: "1990-04-01", fromReason: "move-in" },
} as const;
const elder = async () => (await people(old))[0] ?? "";

beforeAll(() => setExemptionTerms(home));

const said = (personNumber: string, more: Partial<ExemptionSaid> = {}): ExemptionSaid => ({
  personNumber,
  receivedOn: "2026-11-10",
  applicant: "self",
  ground: "welfare",
  vaccines: ["flu", "ppv"],
  evidence: "welfare-certificate",
  evidenceOn: "2026-11-10",
  words: {},
  ...more,
});
const enter = (personNumber: string, more: Partial<ExemptionSaid> = {}) =>
  as("clerk1", (work) => enterExemption(work, said(personNumber, more)));
const seen = (id: string) =>
  as("supervisor1", async (work) => (await readExemption(work, id)).row.revision);
const move = async (who: TestStaff, id: string, type: PlainExemptionEvent, more: object = {}) => {
  const revision = await seen(id);
  await as(who, (work) => moveExemption(work, { id, seen: revision, type, ...more }));
};
const issue = async (id: string, type: "issue" | "reissue" = "issue", reason?: string) => {
  const revision = await seen(id);
  return as("clerk1", (work) => issueCertificate(work, { id, seen: revision, type, reason }));
};
/** Both ways to ask say the same. */
const exempt = async (person: string, vaccine = "flu", day = "2026-11-20") => {
  const asked = await as("clerk1", (work) => exemptionOn(work, person, vaccine, day as never));
  const [row] = await home.admin<{ exempt: boolean }[]>`
    select exemptions.exempt_on(${person}, ${vaccine}, ${day}) as exempt`;
  expect(row?.exempt).toBe(asked);
  return asked;
};
const stateOf = async (id: string) =>
  (
    await home.admin<
      { state: ExemptionState }[]
    >`select state from exemptions.application where id = ${id}`
  )[0]?.state;

/** An application that was granted and whose certificate is issued. */
async function issued(person: string) {
  const id = await enter(person);
  await move("clerk1", id, "examine");
  await move("clerk1", id, "proposeGrant");
  await move("supervisor1", id, "grant");
  return { id, certificate: await issue(id) };
}

test("転出した方と亡くなった方の確認証は、夜のうちに、その日から失効する", async () => {
  const [gone, dead, lives] = [await elder(), await elder(), await elder()];
  const [moved, died, stays] = [await issued(gone), await issued(dead), await issued(lives)];
  await home.admin`update vault.person set resident_to = '2026-11-18', to_reason = 'move-out' where person_number = ${gone}`;
  await home.admin`update vault.person set died_on = '2026-11-18' where person_number = ${dead}`;
  await expect(
    as("supervisor1", (work) => work.sql`select exemptions.expire(10)`),
  ).rejects.toMatchObject({ code: "42501" });
  await exemptionExpiry.run(home.platform, await home.system());
  await exemptionExpiry.run(home.platform, await home.system());
  expect([await stateOf(moved.id), await stateOf(died.id), await stateOf(stays.id)]).toEqual([
    "lapsed",
    "lapsed",
    "issued",
  ]);
  expect(await exempt(gone, "flu", "2026-11-17")).toBe(true);
  expect(await exempt(gone, "flu", "2026-11-18")).toBe(false);
  expect(await exempt(dead, "flu", "2026-11-18")).toBe(true);
  expect(await exempt(dead, "flu", "2026-11-19")).toBe(false);
  expect(await exempt(lives, "flu", "2026-11-19")).toBe(true);
});

describe("減免の申請", () => {
  test("受付から交付まで、決裁は別の職員。減免は有効期間の間だけ", async () => {
    const person = await elder();
    const id = await enter(person);
    expect(await exempt(person)).toBe(false);
    await move("clerk1", id, "examine");
    await move("supervisor1", id, "proposeGrant");
    await expect(move("supervisor1", id, "grant")).rejects.toMatchObject({ status: 403 });
    // Nor by whoever examined it, told to the database alone.
    await home.admin`update exemptions.application set examined_by = (select id from access.staff where login_name = 'supervisor2') where id = ${id}`;
    await expect(move("supervisor2", id, "grant")).rejects.toThrow("審査した人は決裁できません");
    const revision = await seen(id);
    await expect(
      as(
        "supervisor2",
        (work) =>
          work.sql`select exemptions.move(${id}, ${revision}, 'grant', 'granted', null, null, null)`,
      ),
    ).rejects.toMatchObject({ code: "MD011" });
    await home.admin`update exemptions.application set examined_by = (select id from access.staff where login_name = 'clerk1') where id = ${id}`;
    await move("supervisor2", id, "grant");
    expect(await exempt(person)).toBe(false);
    await issue(id);
    expect(await exempt(person)).toBe(true);
    expect(await exempt(person, "flu", "2026-11-09")).toBe(false);
    expect(await exempt(person, "flu", "2027-03-31")).toBe(true);
    expect(await exempt(person, "flu", "2027-04-01")).toBe(false);
    expect(await exempt(person, "zoster")).toBe(false);
  });

  test("再交付で前の番号は無効になり、減免は続く。再印刷は同じ紙", async () => {
    const person = await elder();
    const { id, certificate } = await issued(person);
    const first = await as("clerk1", (work) =>
      printCertificate(work, certificate, { again: true }),
    );
    await expect(issue(id, "reissue")).rejects.toMatchObject({ field: "reason" });
    const second = await issue(id, "reissue", "lost");
    const { certificates } = await as("clerk1", (work) => readExemption(work, id));
    expect(certificates.map(({ state, printCount }) => [state, printCount])).toEqual([
      ["issued", 1],
      ["replaced", 2],
    ]);
    const again = await as("clerk1", (work) => printCertificate(work, second, { again: true }));
    expect(again.number).not.toBe(first.number);
    expect(
      Buffer.compare(
        again.pdf,
        (await as("clerk1", (work) => printCertificate(work, second, { again: false }))).pdf,
      ),
    ).toBe(0);
    expect(await exempt(person)).toBe(true);
  });

  test("要件を満たさない申請は却下し、理由と教示のある通知を出す", async () => {
    const person = await elder();
    const id = await enter(person, {
      ground: "tax-exempt",
      evidence: "none",
      evidenceOn: undefined,
    });
    await expect(move("clerk1", id, "examine")).rejects.toMatchObject({ status: 403 });
    await move("clerk1", id, "proposeRefusal", { reason: "evidence-missing" });
    await move("supervisor1", id, "refuse");
    const revision = await seen(id);
    await as("clerk1", (work) => tellExemption(work, { id, seen: revision }));
    const { row, notices } = await as("clerk1", (work) => readExemption(work, id));
    expect(row.state).toBe("told");
    expect(notices.map(({ kind }) => kind)).toEqual(["refusal"]);
    expect(await exempt(person)).toBe(false);
  });

  test("市の定めにない要件・予防接種・確認資料では、減免を起案できない", async () => {
    for (const more of [
      { ground: "disaster", evidence: "disaster-certificate" },
      { vaccines: ["flu", "hepb"] },
      { evidence: "tax-certificate" },
    ] as Partial<ExemptionSaid>[]) {
      const id = await enter(await elder(), more);
      await move("clerk1", id, "examine");
      await expect(move("clerk1", id, "proposeGrant")).rejects.toMatchObject({ status: 422 });
    }
  });

  test("取消しは決裁の日を問わず、決めた日から減免がなくなる。失効も", async () => {
    const person = await elder();
    const { id } = await issued(person);
    await move("clerk1", id, "proposeRevocation", {
      reason: "ground-gone",
      endsFrom: "2026-11-15",
    });
    expect(await exempt(person)).toBe(true);
    await move("supervisor1", id, "revoke");
    expect(await exempt(person, "flu", "2026-11-14")).toBe(true);
    expect(await exempt(person, "flu", "2026-11-15")).toBe(false);
    const revision = await seen(id);
    await as("clerk1", (work) => tellExemption(work, { id, seen: revision }));
    const other = await elder();
    const lapsed = await issued(other);
    await move("clerk1", lapsed.id, "lapse", { reason: "moved", endsFrom: "2026-11-18" });
    expect(await exempt(other, "flu", "2026-11-17")).toBe(true);
    expect(await exempt(other)).toBe(false);
    expect(await stateOf(lapsed.id)).toBe("lapsed");
  });

  test("受付の誤りは、すべての欄をまとめて知らせる", async () => {
    const person = await elder();
    await expect(
      enter(person, {
        ground: undefined,
        vaccines: [],
        receivedOn: "2026-11-21",
        applicant: "agent",
      }),
    ).rejects.toMatchObject({
      errors: {
        receivedOn: expect.any(String),
        ground: expect.any(String),
        vaccines: expect.any(String),
        agentName: expect.any(String),
      },
    });
  });
});

describe("名簿からの一括", () => {
  const file = (...numbers: string[]) =>
    new TextEncoder().encode(`宛名番号\r\n${numbers.join("\r\n")}\r\n`);

  test("名簿の人に確認証を作る。持っている人と転出した人には作らない", async () => {
    const mailings = await mailingsOf(home);
    const [a = "", b = ""] = await people(old, old);
    const [gone = ""] = await people({
      ...old,
      residence: {
        from: "1990-04-01",
        fromReason: "move-in",
        to: "2026-10-01",
        toReason: "move-out",
      },
    });
    const has = await elder();
    await issued(has);
    const [hidden = ""] = await people({ ...old, protection: { from: "2026-06-01" } });
    for (const personNumber of [b, hidden])
      await as("clerk1", (work) =>
        enterSpecial(work, {
          personNumber,
          kind: "mailing-address",
          reason: "hospital",
          evidence: "told",
          evidenceOn: "2026-11-10",
          validFrom: "2026-11-01",
          validUntil: undefined,
          hindranceFrom: undefined,
          hindranceTo: undefined,
          vaccines: [],
          dueOn: undefined,
          words: { name: "髙橋 𠮷男", postalCode: "8600001", address: "見本市見本町1番1号" },
        }),
      );
    const asOf = "2026-11-01" as const;
    const bytes = file(a, b, gone, has, hidden, withCheckDigit("999999990"));
    const taken = await as("operator1", (work) =>
      takeList(work, { bytes, ground: "welfare", asOf }),
    );
    expect(taken).toEqual({ people: 5, unknown: 1 });
    await expect(
      as("operator1", (work) => takeList(work, { bytes, ground: "welfare", asOf })),
    ).rejects.toMatchObject({ status: 409 });
    const list = await as("operator1", (work) => openList(work, "N000001"));
    const run = await mailings.extract(
      await mailings.start(certificateMailing, {
        title: "確認証",
        parameters: {
          list: list?.id,
          ground: "welfare",
          asOf,
          vaccines: ["flu", "ppv"],
          from: "2026-11-20",
          until: "2027-03-31",
        },
      }),
    );
    const [held] = await home.admin<{ place: number }[]>`
      select place from mailings.batch_item where run_id = ${run.id} and person_number = ${hidden} and state = 'held'`;
    await mailings.as("supervisor1", (work) =>
      releaseItem(work, {
        runId: run.id,
        expectedRevision: run.revision,
        place: held?.place ?? 0,
        reason: "本人に電話で確認した",
      }),
    );
    await mailings.approved((await mailings.details(run)).run);
    // Whoever makes the files says nothing of what is issued: another period, day, form or setting than was approved.
    const [ready] = await home.admin<{ person: string; subject: string; n: number }[]>`
      select min(person_number) as person, min(subject) as subject, count(*)::int as n from mailings.batch_item where run_id = ${run.id} and state = 'ready'`;
    for (const [from, until, on, template, setting] of [
      ["2026-04-01", "2027-03-31", "2026-11-20", null, null],
      ["2026-11-20", "2027-10-31", "2026-11-20", null, null],
      ["2026-11-20", "2027-03-31", "2026-04-01", null, null],
      ["2026-11-20", "2027-03-31", "2026-11-20", "vaccination/exemption-certificate v999", null],
      ["2026-11-20", "2027-03-31", "2026-11-20", null, 999_999],
    ] as const)
      await expect(
        as("operator1", async (work) => {
          const [first] = await work.sql<{ first: number }[]>`
            select exemptions.take_numbers(${ready?.n ?? 0}) as first`;
          const number = withCheckDigit(String(first?.first).padStart(9, "0"));
          const pieces = await work.sql<{ person: string; subject: string }[]>`
            select person_number as person, subject from mailings.batch_item where run_id = ${run.id} and state = 'ready' order by person_number`;
          await work.sql`select mailings.number_pieces(${run.id}, ${pieces.map(({ person }) => person)}::text[], ${pieces.map(({ subject }) => subject)}::text[],
            ${pieces.map((_, at) => withCheckDigit(String((first?.first ?? 0) + at).padStart(9, "0")))}::text[], ${pieces.map(() => 1)}::integer[])`;
          const [stood] = await work.sql<{ template: string; setting: number | null }[]>`
            select template_version as template, form_setting_id as setting from mailings.batch_run where id = ${run.id}`;
          await work.sql`select exemptions.issue_of_run(${run.id}, ${list?.id ?? ""}, ${[randomUUID()]}::uuid[], ${[number]}::text[], ${[ready?.person ?? ""]}::text[],
            ${["flu", "ppv"]}::text[], ${[from]}::date[], ${[until]}::date[], ${[on]}::date[], ${[template ?? stood?.template ?? ""]}::text[], ${[setting ?? stood?.setting ?? null]}::integer[])`;
        }),
      ).rejects.toMatchObject({ code: "22023" });
    await mailings.make(run);
    // Nor does one person take back what is made.
    await expect(
      as("operator1", (work) => work.sql`select exemptions.withdraw_run(${run.id})`.then()),
    ).rejects.toMatchObject({ code: "42501" });
    // Both letters to a 送付先, that of the person under 支援措置 because it was released.
    const index = indexOf(await mailings.open(run));
    expect(index.filter(({ postalCode }) => postalCode === "8600001")).toHaveLength(2);
    expect(index).toHaveLength(3);
    expect(await exempt(a)).toBe(true);
    expect(await exempt(b, "ppv")).toBe(true);
    expect(await exempt(gone)).toBe(false);
    await expect(
      as("operator1", (work) => withdrawList(work, list?.id ?? "")),
    ).rejects.toMatchObject({ status: 409 });
    // What two people sent is not taken back by one.
    await expect(
      as("operator1", (work) => work.sql`select exemptions.withdraw_run(${run.id})`),
    ).rejects.toMatchObject({ code: "42501" });
    expect(await exempt(a)).toBe(true);
    const [certificate] = await home.admin<
      { id: string }[]
    >`select id from exemptions.certificate where person_number = ${a}`;
    await as("clerk1", (work) => printCertificate(work, certificate?.id ?? "", { again: true }));
    await as("supervisor1", (work) =>
      endCertificate(work, {
        id: certificate?.id ?? "",
        reason: "ground-gone",
        from: "2026-11-20",
      }),
    );
    expect(await exempt(a)).toBe(false);
  });
});

test("画面を通さない操作は、データベースが断る", async () => {
  const person = await elder();
  const { id, certificate } = await issued(person);
  const wrong = async (
    who: TestStaff,
    run: (work: Parameters<Parameters<typeof as>[1]>[0]) => PromiseLike<unknown>,
  ) =>
    expect(as(who, async (work) => run(work))).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|22023|MD011|MD014|MD016|23514)$/),
    });
  const fresh = await enter(await elder());
  // Certificates that nobody decided, numbers that were not given, periods of years, grants of one's own, other people's rights.
  await wrong(
    "clerk1",
    (work) => work.sql`insert into exemptions.certificate (id) values (${randomUUID()})`,
  );
  await wrong(
    "clerk1",
    (work) => work.sql`update exemptions.application set state = 'granted' where id = ${fresh}`,
  );
  await wrong(
    "clerk1",
    (work) => work.sql`select exemptions.move(${fresh}, 1, 'grant', 'granted', null, null, null)`,
  );
  await wrong(
    "clerk1",
    (work) =>
      work.sql`select exemptions.issue(${fresh}, 1, 'issue', ${randomUUID()}, '0000000018', 'vaccination/exemption-certificate v1', null, ${randomUUID()}, null)`,
  );
  await move("clerk1", fresh, "examine");
  await wrong(
    "clerk1",
    (work) =>
      work.sql`select exemptions.move(${fresh}, 2, 'proposeGrant', 'proposed', null, '2026-11-10', '2028-03-31')`,
  );
  // Beyond the month that the terms name, and what they do not exempt for.
  await wrong(
    "clerk1",
    (work) =>
      work.sql`select exemptions.move(${fresh}, 2, 'proposeGrant', 'proposed', null, '2026-11-10', '2027-10-31')`,
  );
  for (const more of [
    { ground: "disaster" },
    { vaccines: ["zoster"] },
    { evidence: "tax-certificate" },
  ]) {
    const other = await enter(await elder());
    await home.admin`update exemptions.application set ${home.admin(more as never)} where id = ${other}`;
    await move("clerk1", other, "examine");
    await wrong(
      "clerk1",
      (work) =>
        work.sql`select exemptions.move(${other}, 2, 'proposeGrant', 'proposed', null, '2026-11-10', '2027-03-31')`,
    );
  }
  await wrong("clerk1", (work) => work.sql`select exemptions.take_numbers(50)`);
  await wrong("auditor1", (work) => work.sql`select exemptions.count_print(${certificate})`);
  await wrong(
    "nobody",
    (work) => work.sql`select exemptions.exempt_on(${person}, 'flu', '2026-11-20')`,
  );
  await wrong(
    "clerk1",
    (work) =>
      work.sql`select exemptions.take_list(${randomUUID()}, 'welfare', '2026-11-01', ${[person]}::text[], ${"0".repeat(64)})`,
  );
  await wrong(
    "supervisor1",
    (work) => work.sql`select exemptions.end_certificate(${certificate}, 'moved', '2026-11-20')`,
  );
  expect(await stateOf(id)).toBe("issued");
  expect(
    await as("east1", (work) => work.sql`select from exemptions.application where id = ${id}`),
  ).toHaveLength(0);
});
