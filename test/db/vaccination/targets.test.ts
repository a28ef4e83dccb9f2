import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { historiesOf } from "#src/programs/vaccination/shots.ts";
import { keepExtraction, listFound } from "#src/programs/vaccination/targets/extractions.ts";
import { countTargets, findTargets } from "#src/programs/vaccination/targets/gather.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { mailingsOf } from "#test/support/mailings.ts";
import { invented } from "#test/support/people.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { dueDose } from "#workflows/vaccination/due.ts";
import { getVaccine, schedule } from "#workflows/vaccination/schedule.ts";
import type { Criteria } from "#workflows/vaccination/targets/criteria.ts";
import type { Output } from "#workflows/vaccination/targets/outputs.ts";
import { readTargetSubject } from "#workflows/vaccination/targets/subjects.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
const on: IsoDate = "2026-11-26";

const search = (
  criteria: Partial<Criteria> & Pick<Criteria, "vaccines">,
  output: Output = "coupon",
) => ({
  criteria: { ahead: 0, ...criteria },
  output,
  on,
});
const keep = (
  criteria: Partial<Criteria> & Pick<Criteria, "vaccines">,
  output: Output = "coupon",
) =>
  mail.as("operator1", (work) =>
    keepExtraction(work, { ...search(criteria, output), title: "試験", definitionId: null }),
  );
const rows = (id: string) =>
  mail.as("operator1", (work) =>
    listFound(work, { id, outcome: undefined }, { from: 0, size: 100_000 }),
  );

beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
});

describe("対象者の抽出", () => {
  test("データベースの抽出は、一人ずつ規則で判定したのと同じになる", async () => {
    // Random people with random histories, the same every time.
    const day = (from: IsoDate, most: number) =>
      fc.integer({ min: 0, max: most }).map((n) => addDays(from, n));
    const people = fc.sample(
      fc.record({
        birth: fc.oneof(day("1925-01-01", 14_000), day("2012-01-01", 5_400)),
        sex: fc.constantFrom("female" as const, "male" as const),
        shots: fc.uniqueArray(
          fc.record({
            vaccine: fc.constantFrom(...schedule.map(({ id }) => id as string), "hpv2", "ppsv23"),
            dose: fc.integer({ min: 1, max: 3 }),
            back: fc.integer({ min: 0, max: 2_000 }),
            product: fc.constantFrom(null, "生", "組換え", "9価"),
          }),
          { selector: ({ vaccine, dose }) => `${vaccine} ${dose}`, maxLength: 10 },
        ),
      }),
      { numRuns: 400, seed: 20261126 },
    );
    const numbers = await mail.enter(
      people.map(({ birth, sex }) =>
        invented({ birthDate: birth, sex, residence: { from: birth, fromReason: "birth" } }),
      ),
    );
    const shots = people.flatMap(({ birth, shots }, index) =>
      shots.flatMap(({ vaccine, dose, back, product }) => {
        const given_on = addDays(on, -back);
        return given_on < birth
          ? []
          : [
              {
                person_number: numbers[index],
                vaccine,
                dose,
                given_on,
                product,
                source: "feed",
                entered_by: 1,
              },
            ];
      }),
    );
    await home.admin`insert into vaccination.shot ${home.admin(shots as never)}`;
    const histories = await mail.as("operator1", (work) => historiesOf(work, numbers));
    for (const { id } of schedule) {
      const vaccine = getVaccine(id);
      const extraction = await keep({ vaccines: [id] });
      const found = (await rows(extraction.id)).filter(({ outcome }) => outcome === "included");
      const got = found.map(
        ({ personNumber, subject, usableFrom, usableTo }) =>
          `${personNumber} ${readTargetSubject(subject).dose} ${usableFrom} ${usableTo}`,
      );
      const expected = people.flatMap(({ birth, sex }, index) => {
        const number = numbers[index] ?? "";
        const due = dueDose(vaccine, { birth, sex }, on, histories.get(number) ?? []);
        return due && due.earliest <= on
          ? [`${number} ${due.dose} ${due.earliest} ${due.latest}`]
          : [];
      });
      expect(got.toSorted(), id).toEqual(expected.toSorted());
    }
  });

  test("件数は何も作らずに分かり、保存した抽出と同じ件数になる", async () => {
    const counts = await mail.as("operator1", async (work) =>
      countTargets(await findTargets(work, search({ vaccines: ["mr1", "zoster"] }))),
    );
    const made = await keep({ vaccines: ["mr1", "zoster"] });
    const sum = (outcome: string) =>
      counts.filter((one) => one.outcome === outcome).reduce((all, { people }) => all + people, 0);
    expect(made.counts.included).toBe(sum("included"));
    expect(made.counts.done ?? 0).toBe(sum("done"));
    expect(made.counts.rows).toBe(counts.reduce((all, { people }) => all + people, 0));
  });

  test("転出・死亡・支援措置・送付済みは理由で分かれ、区や名簿で絞れる", async () => {
    const birthDate = "2025-09-01" as const;
    const resident = (more: object = {}) =>
      invented({ birthDate, residence: { from: birthDate, fromReason: "birth" }, ...more });
    const [lives = "", left = "", died = "", hidden = "", sent = ""] = await mail.enter([
      resident(),
      resident({
        residence: { from: birthDate, fromReason: "birth", to: "2026-11-01", toReason: "move-out" },
      }),
      resident({
        residence: { from: birthDate, fromReason: "birth", to: "2026-11-02", toReason: "death" },
        diedOn: "2026-11-02",
      }),
      resident({ protection: { from: "2026-01-01" } }),
      resident(),
    ]);
    await home.admin`
      insert into vaccination.coupon (number, person_number, vaccine, dose, label, usable_from, usable_to, issued_on)
      values ('9900000001', ${sent}, 'mr1', 1, '1期', '2026-09-01', '2027-08-31', '2026-09-01')`;
    const [list] = await mail.as(
      "operator1",
      (work) => work.sql<{ list_id: number }[]>`
      select list_id from targets.keep_list('名簿', ${[lives, left, died, hidden, sent]}::text[])`,
    );
    const made = await keep({ vaccines: ["mr1"], list: list?.list_id });
    const of = new Map(
      (await rows(made.id)).map(({ personNumber, outcome }) => [personNumber, outcome]),
    );
    expect([lives, left, died, hidden, sent].map((one) => of.get(one))).toEqual([
      "included",
      "moved-out",
      "deceased",
      "protected",
      "already-sent",
    ]);
    const elsewhere = await keep({ vaccines: ["mr1"], list: list?.list_id, offices: ["999999"] });
    expect(elsewhere.counts.rows).toBe(0);
    const unknown = await mail.as(
      "operator1",
      (work) => work.sql<{ list_id: number | null; unknown: string[] }[]>`
      select * from targets.keep_list('名簿', ${[lives, "9999999999"]}::text[])`,
    );
    expect(unknown[0]).toMatchObject({ list_id: null, unknown: ["9999999999"] });
  });

  test("つづりは、次の回と、その後の回を一人にまとめる", async () => {
    const [baby = ""] = await mail.enter([
      invented({ birthDate: "2026-09-20", residence: { from: "2026-09-20", fromReason: "birth" } }),
    ]);
    const vaccines: VaccineId[] = ["hepb", "rota1", "rota5", "pcv", "5mix"];
    const made = await keep({ vaccines }, "booklet");
    const subjects = (await rows(made.id))
      .filter(({ personNumber, outcome }) => personNumber === baby && outcome === "included")
      .map(({ subject }) => subject);
    expect(subjects).toEqual([
      "5mix:1",
      "5mix:2",
      "5mix:3",
      "5mix:4",
      "hepb:1",
      "hepb:2",
      "hepb:3",
      "pcv:1",
      "pcv:2",
      "pcv:3",
      "pcv:4",
      "rota1:1",
      "rota1:2",
    ]);
  });

  test("妊娠の届出と60歳から64歳の障害は、特例の記録から対象になる", async () => {
    const [mother = "", disabled = "", other = ""] = await mail.enter([
      invented({ birthDate: "1996-05-01" }),
      invented({ birthDate: "1963-05-01" }),
      invented({ birthDate: "1963-05-01" }),
    ]);
    await home.admin`
      insert into special.entry (id, person_number, office_code, kind, reason, evidence, evidence_on, valid_from, due_on, state, entered_by, entered_at)
      values (gen_random_uuid(), ${mother}, '431010', 'pregnancy', 'notice', 'mother-child', '2026-10-01', '2026-10-01', '2027-02-18', 'standing', 1, now()),
             (gen_random_uuid(), ${disabled}, '431010', 'disability', 'heart', 'handbook', '2026-10-01', '2026-10-01', null, 'standing', 1, now())`;
    const made = await keep({ vaccines: ["rsv", "flu"] });
    const found = (await rows(made.id)).flatMap(({ personNumber, subject, outcome }) =>
      outcome === "included" && [mother, disabled, other].includes(personNumber)
        ? [`${personNumber} ${subject}`]
        : [],
    );
    expect(found).toEqual([`${mother} rsv:1:2027-02-18`, `${disabled} flu:1:2026`]);
  });

  test("準備の権限のない人は、抽出できず、見ることもできない", async () => {
    await expect(
      mail.as("clerk1", (work) => findTargets(work, search({ vaccines: ["mr1"] }))),
    ).rejects.toMatchObject({ code: "42501" });
    const made = await keep({ vaccines: ["mr1"] });
    expect(
      await mail.as("auditor1", (work) =>
        listFound(work, { id: made.id, outcome: undefined }, { from: 0, size: 5 }),
      ),
    ).toEqual([]);
  });
});
