import { expect, test } from "vitest";
import { demonstrationClinics, seedClinics } from "#src/demonstration/clinics.ts";
import { clinicFigures, listClinics } from "#src/programs/vaccination/clinics/list.ts";
import { clinicsOf } from "#test/support/clinics.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { as } = clinicsOf(city);

test("実演の市の台帳には、休止、契約の終わったもの、確認を待つものがある", {
  timeout: 120_000,
}, async () => {
  await seedClinics(city.platform, {
    enters: await city.actor("east1"),
    decides: await city.actor("supervisor1"),
  });
  expect(await as("clerk1", clinicFigures)).toMatchObject({ active: 59, suspended: 1, none: 1 });
  const { total, rows } = await as("clerk1", (work) =>
    listClinics(work, {}, { from: 0, size: 100 }),
  );
  expect(total).toBe(demonstrationClinics);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(total);
});
