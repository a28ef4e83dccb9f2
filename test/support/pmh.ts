import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gatherPmhRun, linesOfPmhRun, movePmhRun, readPmhRun } from "#src/platform/pmh/index.ts";
import type { PmhLine } from "#src/platform/pmh/runs.ts";
import { sendRun } from "#src/platform/pmh/send.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import type { PmhRunEvent } from "#workflows/pmh/run.ts";
import type { PmhSetting } from "#workflows/pmh/setting.ts";
import type { TestPlatform, TestStaff } from "./database.ts";

/** A row as a hub gets it. */
export interface SentRow {
  myNumber: string;
  historyKey: string;
  isDeleted: boolean;
  validTo: string;
  [field: string]: unknown;
}
/** What the hub of a test does with a request: accepts it all (`undefined`), or answers by hand. */
export type HubManner = (
  rows: SentRow[],
) => { status?: number; body?: string; hang?: boolean; cut?: boolean } | undefined;

export const accepting = (rows: readonly SentRow[]): string =>
  JSON.stringify({
    results: rows.map(({ historyKey, isDeleted }) => ({ historyKey, isDeleted, result: "OK" })),
  });

/** A hub on this machine: what it got, and what it holds by 履歴キー as a hub would. */
export async function openHub() {
  const requests: { rows: SentRow[]; authorization: string | undefined }[] = [];
  const held = new Map<string, SentRow>();
  let manner: HubManner = () => undefined;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const rows = JSON.parse(Buffer.concat(parts).toString()) as SentRow[];
    requests.push({ rows, authorization: request.headers.authorization });
    const answer = manner(rows) ?? { body: accepting(rows) };
    if (answer.hang) return;
    if ((answer.status ?? 200) < 300) {
      const refused = new Set((answer.body ?? "").match(/"historyKey":"\d+"[^}]*"NG"/g) ?? []);
      for (const row of rows)
        if (![...refused].some((text) => text.includes(`"${row.historyKey}"`))) {
          if (row.isDeleted) held.delete(row.historyKey);
          else held.set(row.historyKey, row);
        }
    }
    // Taken in, and gone before it could be said.
    if (answer.cut) return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, { "content-type": "application/json" });
    response.end(answer.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/register`,
    requests,
    held,
    behave: (next: HubManner) => {
      manner = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** PMH登録 of a 事務 in a test. */
export function pmhOf(test: TestPlatform, program = "child-medical") {
  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "feed", program }, run);

  let settings = 0;
  /** The setting as it stands once two people set it; a day later each time, in place of the one before. */
  async function setUp(given: Partial<PmhSetting>): Promise<void> {
    const value: PmhSetting = {
      way: "http",
      version: "2024-07",
      rowsPerRequest: 100,
      certificateType: "KODOMO01",
      certificateName: "こども医療費受給者証",
      reimbursement: "0",
      notDisclosed: "flag",
      ...given,
    };
    await test.admin`
      insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, tried_cases, tried_at, decision, decided_by, decided_at)
      select ${`${program}.pmh`}, ${test.admin.json({ ...value })}, '2026-01-01'::date + ${settings++}::integer, '試験の設定', 'established', p.id, 0, now(), 'approved', d.id, now()
        from access.staff p, access.staff d where p.login_name = 'scheme1' and d.login_name = 'supervisor2'`;
  }

  const gather = (who: TestStaff = "operator1") => as(who, (work) => gatherPmhRun(work, program));
  const read = (id: string) => as("operator1", (work) => readPmhRun(work, id));
  async function step(who: TestStaff, id: string, type: PmhRunEvent): Promise<void> {
    const { run } = await read(id);
    await as(who, (work) => movePmhRun(work, { id, seen: run.revision, type }));
  }
  const lines = async (id: string) =>
    (
      await as("operator1", (work) =>
        linesOfPmhRun(work, id, ["ready", "held", "accepted", "refused", "released"], {
          from: 0,
          size: 500,
        }),
      )
    ).rows;
  /** Gathered, and approved by another. */
  async function approved(): Promise<string> {
    const id = await gather();
    await step("operator1", id, "submit");
    await step("supervisor1", id, "approve");
    return id;
  }
  async function send(id: string, signal = new AbortController().signal): Promise<void> {
    await sendRun(test.platform, await test.system(), id, {
      work: { purpose: "feed", program },
      signal,
      patience: { timeout: 400, pauses: [5, 5], look: 20 },
    });
  }
  const told = (rows: readonly PmhLine[]) =>
    rows.map(({ operation, why, state, reason }) =>
      [operation, why, state, reason].filter(Boolean).join(" "),
    );
  return { program, as, setUp, gather, read, step, lines, approved, send, told };
}
