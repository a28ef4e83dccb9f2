/**
 * What the program's role may do in the queue's schema, as SQL for the owner of its tables; can be applied again.
 *
 * It puts in, takes and ends jobs, and notes when it last looked (columns of `version` and `queue`). It cannot change
 * which queues and times there are, nor `version.version` and `bam`: the owner's next migration takes from those what
 * it runs. Jobs hold ids only, so that every row may be worked by the program.
 *
 * @param schema the schema that pg-boss was installed in
 */
export function rightsOnQueue(
  schema: string,
  { owner, app }: { owner: string; app: string },
): string {
  return `
  do $$ declare t text; p record; begin
    revoke all on all tables in schema ${schema} from ${app};
    revoke all on all sequences in schema ${schema} from ${app};
    revoke execute on all functions in schema ${schema} from public;
    grant usage on schema ${schema} to ${app};
    grant execute on function ${schema}.job_now, ${schema}.create_queue to ${app};

    for t in select relid::regclass::text from pg_partition_tree('${schema}.job') loop
      execute format('grant select, insert, update, delete on %s to ${app}', t);
    end loop;
    grant select, delete on ${schema}.job_dependency to ${app};
    grant select, update (last_job_id, kind) on ${schema}.schedule to ${app};
    grant select, update (cron_on, flow_on, monitor_backoff_on) on ${schema}.version to ${app};
    grant select, insert on ${schema}.queue to ${app};
    grant update (deferred_count, queued_count, ready_count, active_count, failed_count, total_count,
      created_delta, completed_delta, failed_delta, delta_on, delta_seconds, ready_history, singletons_active,
      monitor_claim_on, monitor_on, maintain_on) on ${schema}.queue to ${app};

    for p in select policyname, tablename from pg_policies where schemaname = '${schema}' loop
      execute format('drop policy %I on ${schema}.%I', p.policyname, p.tablename);
    end loop;
    for t in select relname from pg_class
              where relnamespace = '${schema}'::regnamespace and relkind in ('r', 'p') loop
      execute format('alter table ${schema}.%I enable row level security', t);
      execute format('alter table ${schema}.%I force row level security', t);
      execute format('create policy owner on ${schema}.%I to ${owner} using (true) with check (true)', t);
      if t <> 'queue' then
        execute format('create policy program on ${schema}.%I to ${app} using (true) with check (true)', t);
      end if;
    end loop;
    create policy program_reads on ${schema}.queue for select to ${app} using (true);
    create policy program_counts on ${schema}.queue for update to ${app} using (true) with check (true);
    -- pg-boss makes sure of its own queue at each start; the program makes no other one.
    create policy program_adds on ${schema}.queue for insert to ${app}
      with check (name = '__pgboss__send-it' and not partition and table_name = 'job_common');
  end $$`;
}
