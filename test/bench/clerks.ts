import { createHash, randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { csrfTokenOf } from "#src/web/server/cookies.ts";
import type { BenchCity } from "./city.ts";

/** What a page answered. */
export interface Answer {
  status: number;
  body: string;
  location: string;
}

/** A clerk at a browser of their own: one connection, a session, and the token of its forms. */
export interface Clerk {
  get(path: string): Promise<Answer>;
  post(path: string, fields?: Record<string, string>): Promise<Answer>;
}

/** Clerks of one office, each with an account and an open session of their own; arranged without signing in. */
export async function clerks(
  { admin }: BenchCity,
  address: string,
  count: number,
): Promise<Clerk[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString("base64url"));
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`
      insert into access.staff (login_name, display_name, kind, office_code)
      select 'bench' || n, '窓口　' || n, 'employee', '431010' from generate_series(1, ${count}) n on conflict do nothing`;
    await sql`
      insert into access.duty_grant (staff_id, duty, program, office_code, valid_from, valid_to, reason, requested_by, decided_by, decided_at, decision)
      select s.id, g.duty, g.program, g.office_code, g.valid_from, g.valid_to, g.reason, g.requested_by, g.decided_by, g.decided_at, g.decision
        from access.staff s, access.duty_grant g join access.staff m on m.id = g.staff_id and m.login_name = 'mado1'
       where s.login_name like 'bench%' and not exists (select from access.duty_grant o where o.staff_id = s.id)`;
    await sql`
      insert into access.credential (staff_id, password_hash, totp_sealed)
      select s.id, c.password_hash, c.totp_sealed
        from access.staff s, access.credential c join access.staff m on m.id = c.staff_id and m.login_name = 'mado1'
       where s.login_name like 'bench%' on conflict do nothing`;
    await sql`update access.session set ended_at = now(), end_reason = 'bench'
      where staff_id in (select id from access.staff where login_name like 'bench%') and ended_at is null`;
    await sql`
      insert into access.session (token_hash, staff_id, terminal_id)
      select h::bytea, (select id from access.staff where login_name = 'bench' || n), (select min(id) from access.terminal)
        from unnest(${tokens.map((token) => `\\x${createHash("sha256").update(token).digest("hex")}`)}::text[]) with ordinality x(h, n)`;
  });
  return tokens.map((token) => clerkOf(address, token));
}

function clerkOf(address: string, token: string): Clerk {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const form = csrfTokenOf(token);
  const ask = (method: string, path: string, body = ""): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        cookie: `madoguchi_session=${token}`,
        ...(body && {
          "content-type": "application/x-www-form-urlencoded",
          "content-length": Buffer.byteLength(body),
          origin: address,
        }),
      };
      const sent = request(`${address}${path}`, { agent, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(parts).toString(),
            location: response.headers.location ?? "",
          }),
        );
      });
      // The program closed a connection that stood idle, as browsers know: they ask once more.
      sent.on("error", (error) =>
        sent.reusedSocket && "code" in error && error.code === "ECONNRESET"
          ? ask(method, path, body).then(resolve, reject)
          : reject(error),
      );
      sent.end(body);
    });
  return {
    get: (path) => ask("GET", path),
    post: (path, fields = {}) =>
      ask("POST", path, new URLSearchParams({ _csrf: form, ...fields }).toString()),
  };
}

/** One after the other, each as often as there are seconds: gives how long every request took, in milliseconds. */
export async function keepAsking(
  each: readonly (() => Promise<unknown>)[],
  { seconds, thought = 0 }: { seconds: number; thought?: number },
): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    each.map(async (ask, place) => {
      // They do not all begin at the same moment.
      await delay((thought * 1000 * place) / each.length);
      while (performance.now() < end) {
        const start = performance.now();
        await ask();
        times.push(performance.now() - start);
        if (thought > 0) await delay(thought * 1000 * (0.5 + Math.random()));
      }
    }),
  );
  return times.toSorted((one, other) => one - other);
}

export const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
