import type { ExemptionTerms } from "#workflows/vaccination/exemptions/terms.ts";
import type { TestPlatform } from "./database.ts";

const elderly = ["flu", "ppv", "covid"] as const;

/** What two people have set for 自己負担減免, entered as it would stand. */
export async function setExemptionTerms(test: TestPlatform): Promise<void> {
  const terms: ExemptionTerms = {
    grounds: [
      {
        ground: "welfare",
        vaccines: elderly,
        evidence: ["welfare-certificate", "welfare-list"],
        lastMonth: 3,
      },
      { ground: "returnee", vaccines: elderly, evidence: ["returnee-identity"], lastMonth: 3 },
      { ground: "tax-exempt", vaccines: elderly, evidence: ["tax-certificate"], lastMonth: 1 },
    ],
  };
  await test.admin`
    insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, decision, decided_by, decided_at, tried_at, tried_cases)
    select 'vaccination.exemption', ${test.admin.json(terms as never)}, '2026-04-01', '試験市予防接種実費徴収規則第3条', 'established', a.id, now(), 'approved', b.id, now(), now(), 0
      from access.staff a, access.staff b where a.login_name = 'operator1' and b.login_name = 'supervisor1'`;
}
