import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    /** Which benches, by name, with commas between. */
    only: { type: "string" },
    contender: { type: "string" },
    /** For the bench of the log: how many records. */
    records: { type: "string", default: "200000" },
    /** Sizes of the cities, the smallest first. */
    population: { type: "string", default: "15000,150000" },
    /** Where the lines are written, as JSON. */
    json: { type: "string" },
    /** A folder in which cities are kept, so that a bench can be run again without the feed before it. */
    cities: { type: "string" },
  },
});

/** How `npm run bench` was called. */
export const settings = {
  ...values,
  records: Number(values.records),
  populations: values.population.split(",").map(Number),
};
