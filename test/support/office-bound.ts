import type { TestPlatform, TestStaff } from "./database.ts";

/** Binds a duty of somebody to an office: they hold it there and nowhere else; with `null` everywhere again. */
export const bindDuty = (
  { admin }: TestPlatform,
  { who, duty, office }: { who: TestStaff; duty: string; office: string | null },
) =>
  admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`
      update access.duty_grant set office_code = ${office}
       where duty = ${duty} and staff_id = (select id from access.staff where login_name = ${who})`;
  });

/** The steps that a page offers: where its forms lead, behind its own address. */
export const offered = ({ text }: { text: string }, path: string): string[] =>
  [...text.matchAll(/<form[^>]*action="([^"]+)"/g)]
    .flatMap(([, action]) => action ?? [])
    .filter((action) => action.startsWith(path))
    .map((action) => action.slice(path.length))
    .toSorted();
