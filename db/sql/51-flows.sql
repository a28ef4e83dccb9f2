-- The ways of what moves in steps and is no case: runs and pieces of mailings, files taken in. Told by the administrator at
-- start (src/platform/flow-ways.ts); the functions of each part judge the checks by name.

call cases.secure('flows.way');
revoke all on flows.way from madoguchi_app;

-- The way by an event to a state: MD011 where the machine knows none, 42501 without its right, MD016 where it wants a
-- comment and there is none.
create or replace function flows.take(of_kind text, of_version integer, from_state text, event text, target text, in_program text, has_comment boolean)
returns flows.way language plpgsql stable security definer set search_path = '' as $$
declare w flows.way;
begin
  select x.* into w from flows.way x
   where x.kind = of_kind and x.version = of_version and x.from_state = take.from_state and x.event = take.event and x.to_state = target;
  if not found then raise exception 'no such step' using errcode = 'MD011'; end if;
  if not exists (select from unnest(w.rights) r where access.has_right(r, in_program)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  if w.comment_required and has_comment is not true then raise exception 'a comment is missing' using errcode = 'MD016'; end if;
  return w;
end
$$;

revoke execute on function flows.take from public;
