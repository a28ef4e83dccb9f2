import type { AddressInfo } from "node:net";
import express from "express";
import postgres from "postgres";

// Express with one query a page and nothing else: what the counter is measured by. Told where its database is by BENCH_DATABASE.

const sql = postgres(process.env.BENCH_DATABASE ?? "", { max: 10, onnotice: () => {} });
const app = express();
app.get("/people/:number", async (request, response) => {
  const [person] = await sql`
    select person_number, birth_date::text, sex, office_code from vault.person where person_number = ${request.params.number}`;
  response.type("html").send(`<!doctype html><title>${person?.person_number}</title>
    <dl><dt>生年月日<dd>${person?.birth_date}<dt>性別<dd>${person?.sex}<dt>区<dd>${person?.office_code}</dl>`);
});
const server = app.listen(0, "127.0.0.1", () =>
  process.send?.((server.address() as AddressInfo).port),
);
process.once("disconnect", () => process.exit());
