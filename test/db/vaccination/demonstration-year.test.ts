import { expect, test } from "vitest";
import { setVaccinationFigures } from "#src/demonstration/vaccination-figures.ts";
import { playVaccinationYear } from "#src/demonstration/vaccination-year.ts";
import { clinicClaimsOf } from "#test/support/clinic-claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

const city = await openTestPlatform();
const { contracted, child } = clinicClaimsOf(city);

test("予防接種の年は、誤りの混じった予診票、返戻のある請求、月の締めを経て、報告になる", {
  timeout: 120_000,
}, async () => {
  await setVaccinationFigures(city.platform, {
    sets: await city.actor("scheme1"),
    approves: await city.actor("supervisor1"),
  });
  const clinics = [await contracted(), await contracted()];
  for (const birthDate of ["2026-05-10", "2026-06-10", "2026-07-10", "2026-08-10"] as const)
    await child({ birthDate, residence: { from: birthDate, fromReason: "birth" } });
  const lines = await playVaccinationYear(
    city.platform,
    city.platform.clock as { moveTo(date: IsoDate): void } & typeof city.platform.clock,
    {
      enters: await city.actor("clerk1"),
      decides: await city.actor("supervisor1"),
      prepares: await city.actor("operator1"),
      approves: await city.actor("supervisor2"),
    },
    {
      from: "2026-11-01",
      months: 2,
      clinics,
      vaccines: ["pcv"],
      price: 9900,
      slips: 3,
      mail: async () => 0,
      tellsTable: true,
    },
  );
  expect(lines[2]).toMatch(/予診票 \d+ 枚: 記録 [1-9]\d* 件、要確認・人が不明 [1-9]\d* 件/);
  expect(lines[3]).toMatch(/請求 [1-9]\d* 件、支払決定 [1-9][\d,]*円、返戻した予診票 [1-9]/);
  expect(lines[4]).toMatch(/月の締め 2 回、報告する接種 [1-9]/);
  expect(lines[5]).toMatch(/国への報告表.*\d+ 行: [1-9]\d* 件、表に入らないもの 0 件/);
});
