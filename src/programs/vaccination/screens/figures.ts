import { holds } from "#src/platform/access/actor.ts";
import type { OfficeFigure } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { mailingPaths } from "#src/web/mailings/index.ts";

/** Figures of the day. */
export async function officeFigures(work: Work): Promise<OfficeFigure[]> {
  if (!holds(work.actor, "mailing.read", { program: "vaccination" })) return [];
  const [row] = await work.sql<{ issued: number }[]>`
    select count(*)::int as issued from vaccination.coupon
     where issued_on = ${work.platform.clock.today()} and state = 'issued'`;
  const path = mailingPaths("vaccination").runs;
  return [{ title: "本日発行の接種券", value: row?.issued ?? 0, unit: "枚", path }];
}
