import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { runWork, type Work } from "#src/platform/work.ts";
import { moveCopies, readCopyRun } from "#src/programs/vaccination/exchange/copies.ts";
import { gatherCopies, makeCopies } from "#src/programs/vaccination/exchange/copy-jobs.ts";
import type { CopyRunEvent } from "#workflows/vaccination/exchange/copy-run.ts";
import type { CopySetting } from "#workflows/vaccination/exchange/setting.ts";
import type { TestPlatform, TestStaff } from "./database.ts";

/** 副本, inquiries and answers of 予防接種 in a test. */
export function exchangeOf(test: TestPlatform) {
  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "case", program: "vaccination" }, run);
  let settings = 0;
  /** The setting as two people set it, a day later each time; gives the key that opens what is made by it. */
  async function setUp(given: Partial<CopySetting> = {}): Promise<string> {
    const identity = await generateX25519Identity();
    const value: CopySetting = {
      recipient: "統合宛名システム",
      basis: "試験の根拠",
      publicKey: await identityToRecipient(identity),
      layout: "1",
      withheld: "flag",
      rowsPerPart: 100,
      answerDays: 14,
      ...given,
    };
    await test.admin`
      insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, tried_cases, tried_at, decision, decided_by, decided_at)
      select 'vaccination.copies', ${test.admin.json({ ...value })}, '2026-01-01'::date + ${settings++}::integer, '試験の設定', 'established', p.id, 0, now(), 'approved', d.id, now()
        from access.staff p, access.staff d where p.login_name = 'scheme1' and d.login_name = 'supervisor2'`;
    return identity;
  }
  /** A row of the table of provisions, approved. */
  async function rule(recipient: string, items: readonly string[]): Promise<number> {
    const [row] = await test.admin<{ id: number }[]>`
      insert into provision.rule (recipient, legal_basis, work, items, way, valid_from, source, proposed_by, decision, decided_by, decided_at)
      select ${recipient}, '試験の法令の根拠', '予防接種', ${[...items]}::text[], 'paper', '2026-01-01', '試験', p.id, 'approved', d.id, now()
        from access.staff p, access.staff d where p.login_name = 'scheme1' and d.login_name = 'supervisor2' returning id`;
    return row?.id ?? 0;
  }
  const background = async () => ({
    platform: test.platform,
    actor: await test.system(),
    options: { purpose: "feed", program: "vaccination" } as const,
  });
  const gather = async (id: string, people?: number, signal = new AbortController().signal) =>
    gatherCopies({ ...(await background()), subjectId: id, signal }, people);
  const make = async (id: string) =>
    makeCopies({
      ...(await background()),
      subjectId: id,
      signal: new AbortController().signal,
    });
  const read = (id: string) => as("operator1", (work) => readCopyRun(work, id));
  const step = async (who: TestStaff, id: string, type: CopyRunEvent) => {
    const { run } = await read(id);
    await as(who, (work) =>
      moveCopies(work, {
        id,
        seen: run.revision,
        type,
        handedOverOn: test.platform.clock.today(),
      }),
    );
  };
  return { as, setUp, rule, gather, make, read, step };
}
