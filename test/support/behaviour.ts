import type { Check, FlowDefinition, MeetsGuard } from "#workflows/flows/definition.ts";

/** For each fact all the values that a check may tell apart. */
export type Grid<Facts> = { readonly [K in keyof Facts]: readonly Facts[K][] };

/**
 * What a machine does, without what it is called: states and ways in their order, checks and actions
 * of each way, rights and comments of the events, and by which facts each check holds.
 */
export function behaviourOf<Facts extends object>(
  definition: FlowDefinition<Facts>,
  grid: Grid<Facts>,
): string {
  const { machine, events, checks, version } = definition;
  const states = Object.entries(machine.states).flatMap(([name, { type, transitions }]) => [
    `${name}${type === "final" ? ": end" : ""}`,
    ...[...transitions].flatMap(([event, ways]) =>
      ways.map((way) => `  ${[event, ...wayOf(way, event)].join(" ")}`),
    ),
  ]);
  const rules = Object.entries(events)
    .map(
      ([event, { right, comment, scheduled }]) =>
        `${event}: ${right}, comment ${comment}${scheduled ? ", scheduled" : ""}`,
    )
    .sort();
  const truths = Object.entries(checks)
    .map(([name, check]) => `${name}${truthOf(check, grid)}${check.reason ? "" : ", chooses"}`)
    .sort();
  const first = `version ${version}, begins as ${String(machine.config.initial)}`;
  return `${[first, ...states, "events", ...rules, "checks", ...truths].join("\n")}\n`;
}

interface Way {
  guard?: unknown;
  target?: readonly { key: string }[] | undefined;
  actions: readonly unknown[];
}

function wayOf(way: Way, event: string): string[] {
  const guard = way.guard as MeetsGuard | undefined;
  const actions = way.actions as readonly { type: string; params: unknown }[];
  const done = actions.map(({ type, params }) => {
    const given =
      typeof params === "function"
        ? params({ event: { type: event, until: "2026-12-04" } })
        : params;
    return `${type} ${JSON.stringify(given)}`;
  });
  return [
    ...(way.target ?? []).map((target) => `→ ${target.key}`),
    ...(guard ? [`if ${guard.params.checks.join(", ")}`] : []),
    ...(done.length > 0 ? [`then ${done.join(", ")}`] : []),
  ];
}

/** ` holds with proposal grant`, or ` fails with …` where that is shorter. */
function truthOf<Facts extends object>(check: Check<Facts>, grid: Grid<Facts>): string {
  const fields = factsThatMatter(check, grid);
  const cases = combinations(grid, fields);
  const holding = cases.filter((facts) => check.holds(facts));
  const failing = cases.filter((facts) => !check.holds(facts));
  const few = holding.length <= failing.length ? holding : failing;
  const told = few.map((facts) => fields.map((field) => `${String(field)} ${facts[field]}`));
  const word = few === holding ? "holds" : "fails";
  return ` ${word} with ${told.map((parts) => parts.join(", ")).join(" or ")}`;
}

/** The facts that a check reads and that make a difference to it. */
function factsThatMatter<Facts extends object>(
  check: Check<Facts>,
  grid: Grid<Facts>,
): (keyof Facts)[] {
  const read = new Set<keyof Facts>();
  // What is read may depend on what was read before, so all is tried until nothing new is read.
  for (let before = -1; before < read.size; ) {
    before = read.size;
    for (const facts of combinations(grid, [...read])) {
      check.holds(
        new Proxy(facts, {
          get: (of, field) => {
            read.add(field as keyof Facts);
            return of[field as keyof Facts];
          },
        }),
      );
    }
  }
  const fields = (Object.keys(grid) as (keyof Facts)[]).filter((field) => read.has(field));
  if (fields.length < read.size) throw new Error("The grid lacks a fact that a check reads.");
  return fields.filter((field) =>
    combinations(grid, fields).some((facts) =>
      grid[field].some((value) => check.holds({ ...facts, [field]: value }) !== check.holds(facts)),
    ),
  );
}

/** Every combination of the values of some facts, beside the first value of all others. */
export function combinations<Facts extends object>(
  grid: Grid<Facts>,
  fields: readonly (keyof Facts)[],
): Facts[] {
  const first = Object.fromEntries(
    Object.entries(grid).map(([field, values]) => [field, (values as unknown[])[0]]),
  ) as Facts;
  return fields.reduce(
    (all, field) =>
      all.flatMap((facts) => grid[field].map((value) => ({ ...facts, [field]: value }))),
    [first],
  );
}
