import type { Sql } from "postgres";
import { StartProblem } from "#db/server/start-problem.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { statesOf, type TransitionRow, transitionsOf } from "#workflows/cases/table.ts";
import { deadlinesOf } from "./workflow.ts";

/** A released machine is not the one that the database was told of: the program is older than the data, or was changed. */
export class MachineChanged extends StartProblem {
  constructor(kind: string, version: number) {
    super(
      `手続の流れ「${kind}」の第${version}版が、このデータベースに登録されている流れと違うため、始められません。

プログラムがデータベースを最後に動かした版より古いか、公開済みの流れが書き換えられています。データには手を付けていません。最後に動かしていた版か、それより新しい版のプログラムで始め直してください。直らないときは、この文を添えて開発元に連絡してください。`,
    );
  }
}

/**
 * Tells the database the states and ways of every released machine (`cases.machine_state`,
 * `cases.machine_transition`): it moves cases along these and no others. Run by the administrator at start.
 * Titles may be worded anew; what a released version allows may not change.
 *
 * @throws MachineChanged when a version that is known allows something else now
 */
export async function syncMachines(
  admin: Sql,
  definitions: readonly CaseDefinition[],
): Promise<void> {
  await admin.begin(async (sql) => {
    await sql`set local role madoguchi_owner`;
    await sql`select pg_advisory_xact_lock(hashtext('madoguchi.machines'))`;
    await keepLimits(sql, definitions);
    for (const definition of definitions) {
      const { kind, version } = definition;
      const ways = numbered(transitionsOf(definition));
      const [known] = await sql<{ ways: string | null }[]>`
        select jsonb_agg(jsonb_build_array(from_state, event, way, to_state, rights, comment_required, scheduled, act, subject, checks, effects)
                 order by from_state collate "C", event collate "C", way)::text as ways
          from cases.machine_transition where kind = ${kind} and version = ${version}`;
      await sql`
        insert into cases.machine_state ${sql(
          statesOf(definition).map((state) => ({
            kind,
            version,
            state: state.state,
            position: state.position,
            title: state.title,
            waits_title: state.waitsTitle,
            waits_right: state.waitsRight,
            tone: state.tone,
            open: state.open,
          })),
        )} on conflict (kind, version, state) do update set position = excluded.position, title = excluded.title,
          waits_title = excluded.waits_title, waits_right = excluded.waits_right, tone = excluded.tone, open = excluded.open`;
      if (known?.ways) {
        if (known.ways !== (await asStored(sql, ways))) throw new MachineChanged(kind, version);
        continue;
      }
      await sql`insert into cases.machine_transition ${sql(
        ways.map((way) => ({
          kind,
          version,
          from_state: way.from,
          event: way.event,
          way: way.way,
          to_state: way.to,
          rights: [way.right],
          comment_required: way.comment === "required",
          scheduled: way.scheduled,
          act: way.act,
          subject: way.subject,
          checks: [...way.checks],
          effects: sql.json(way.effects.map(({ type, params }) => ({ type, params }))),
        })),
      )}`;
    }
  });
}

/** Tells the database how far ahead limit dates may lie; the rows of a kind of case follow its parameter. */
async function keepLimits(
  sql: Parameters<Parameters<Sql["begin"]>[1]>[0],
  definitions: readonly CaseDefinition[],
): Promise<void> {
  for (const kind of new Set(definitions.map((one) => one.kind))) {
    const rows = deadlinesOf(kind).rows.map(({ from, value }) => ({
      kind,
      valid_from: from,
      longest_days: value.longestLimitDays,
    }));
    await sql`delete from cases.limit_days where kind = ${kind}`;
    await sql`insert into cases.limit_days ${sql(rows)}`;
  }
}

type NumberedWay = TransitionRow & { way: number };

/** Ways of one event of one state are tried in their order. */
function numbered(rows: readonly TransitionRow[]): NumberedWay[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const way = (seen.get(`${row.from} ${row.event}`) ?? 0) + 1;
    seen.set(`${row.from} ${row.event}`, way);
    return { ...row, way };
  });
}

/** Rows in the form in which the database would show them. */
async function asStored(
  sql: Parameters<Parameters<Sql["begin"]>[1]>[0],
  ways: readonly NumberedWay[],
): Promise<string> {
  const rows = ways
    .toSorted((a, b) => compare(a.from, b.from) || compare(a.event, b.event) || a.way - b.way)
    .map((way) => [
      way.from,
      way.event,
      way.way,
      way.to,
      [way.right],
      way.comment === "required",
      way.scheduled,
      way.act,
      way.subject,
      way.checks,
      way.effects,
    ]);
  const [row] = await sql<
    { text: string }[]
  >`select ${JSON.stringify(rows)}::text::jsonb::text as text`;
  return row?.text ?? "";
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
