import { vi } from "vitest";
import type { TestPlatform } from "./database.ts";

/** From now on no step of a case stays: it is undone after all that belongs to it was looked for. Counts how many were. */
export async function undoneAtCommit({ admin }: TestPlatform) {
  await admin`create sequence if not exists public.undone`;
  await admin.unsafe(`
    create or replace function public.undo() returns trigger language plpgsql security definer as $$
    begin
      perform nextval('public.undone');
      raise exception 'undone' using errcode = 'UNDON';
    end $$;
    drop trigger if exists zz_undone on cases.event;
    create constraint trigger zz_undone after insert on cases.event deferrable initially deferred
      for each row execute function public.undo();
    alter table cases.event disable trigger zz_undone;`);
  const soFar = async () => {
    const [row] = await admin<{ n: number }[]>`
      select case when is_called then last_value else 0 end::int as n from public.undone`;
    return row?.n ?? 0;
  };
  return {
    /** @param run is given how many steps were made whole and undone so far */
    async during(run: (soFar: () => Promise<number>) => Promise<void>): Promise<void> {
      // Every undone step is an error that the program writes down.
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      // For all of the run: whatever changes the table makes every connection plan its statements anew.
      await admin`alter table cases.event enable trigger zz_undone`;
      try {
        await run(soFar);
      } finally {
        log.mockRestore();
        await admin`alter table cases.event disable trigger zz_undone`;
      }
    },
  };
}

/** Where all cases stand, and how many rows the tables have that a step writes. */
export async function standingOf({ admin }: TestPlatform) {
  const [row] = await admin`
    select (select md5(string_agg(id::text || revision || state, ',' order by id)) from cases.case) as cases,
           (select count(*)::int from cases.event) as events, (select count(*)::int from cases.effect) as effects,
           (select count(*)::int from approvals.entry) as entries,
           (select md5(string_agg(id::text || coalesce(decision, ''), ',' order by id)) from approvals.approval) as approvals,
           (select md5(string_agg(id::text || status || valid_to, ',' order by id)) from entitlements.entitlement) as entitlements,
           (select md5(string_agg(id::text || coalesce(ending, ''), ',' order by id)) from entitlements.certificate) as certificates,
           (select count(*)::int from documents.document) as documents, (select count(*)::int from intake.income) as incomes`;
  return { ...row };
}
