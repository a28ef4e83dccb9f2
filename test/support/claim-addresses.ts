import type { TestPlatform } from "./database.ts";
import { insurers } from "./high-cost.ts";

/** Account and addresses for claims to insurers, as two people would have set them. */
export async function setClaimAddresses(
  test: TestPlatform,
  known: readonly string[] = Object.values(insurers),
): Promise<void> {
  const rows = {
    "medical.high-cost-account": {
      bank: "見本銀行",
      branch: "本店営業部",
      type: "ordinary",
      number: "7654321",
      holder: "試験市会計管理者",
    },
    "medical.high-cost-insurers": {
      value: known.map((number, at) => ({
        number,
        name: `見本健康保険組合連合会 髙橋𠮷田支部 ${at + 1}`,
        postalCode: "8600844",
        address: "試験市中央区見本町1丁目2番3号",
        building: "ミホンコンドミニアムグランドタワー 25階",
      })),
    },
  };
  for (const [key, value] of Object.entries(rows))
    await test.admin`
      insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, decision, decided_by, decided_at, tried_at, tried_cases)
      select ${key}, ${test.admin.json(value)}, '2026-04-01', '試験', 'established', a.id, now(), 'approved', b.id, now(), now(), 0
        from access.staff a, access.staff b where a.login_name = 'operator1' and b.login_name = 'supervisor1'`;
}
