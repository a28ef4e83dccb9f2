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
    /** For the bench of receipts: of so many children a year of receipts besides, fifteen for each (100000: 1,500,000). */
    children: { type: "string", default: "0" },
    /** For the bench of receipts: of which 事務, and how many in a month. */
    program: { type: "string", default: "child-medical" },
    receipts: { type: "string", default: "40000" },
    /** How many times as many people the cities have, by copies in the database; a city that is kept keeps them. */
    copies: { type: "string", default: "1" },
    /** Records of vaccinations of a city, old ones added until there are so many. */
    shots: { type: "string", default: "0" },
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
  children: Number(values.children),
  receipts: Number(values.receipts),
  copies: Number(values.copies),
  shots: Number(values.shots),
  populations: values.population.split(",").map(Number),
};
