import { findCity, presetOf, withoutPrefecture } from "#src/platform/city/index.ts";
import { addressLine, shownName } from "#src/platform/people/index.ts";
import type { RenewalKind } from "#src/platform/renewals/index.ts";
import { incomeArea, incomeYearOn } from "#workflows/single-parent-medical/limits.ts";
import { sameText } from "#workflows/text/same.ts";
import { singleParent } from "./application.ts";
import { childrenOf, type Entered, presentAmong } from "./entered.ts";
import { householdTestOn } from "./incomes.ts";
import { personRelationTitles } from "./titles.ts";

/** 現況届 of ひとり親家庭等医療費助成: what a household answers each year, and what is compared with the register. */
export const singleParentRenewal: RenewalKind<Entered> = {
  application: singleParent,
  title: "現況届",
  documents: {
    "insurance-proof": "受給者と児童の健康保険の資格が分かるものの写し",
    "income-proof": "前の年の所得が分かるもの（1月1日に市外に住んでいた方）",
    "guardianship-proof": "監護の状況が分かる申立書（児童と別居している方）",
    "school-proof": "在学証明書（在学による延長の方）",
  },
  findings: {
    "household-changed": "世帯が申請のときと違う",
    "register-differs": "氏名・住所が住民記録と違う",
    "protected-address": "住所を確かめられない方がいる",
    welfare: "生活保護を受けていると届けている",
  },
  incomeYear: async (work, on) => incomeYearOn(on, await presetOf(work, incomeArea, on)),
  incomeTest: async (work, on) => {
    const ordinance = await presetOf(work, incomeArea, on);
    return ({ personNumber, entered }) => householdTestOn(on, ordinance, personNumber, entered);
  },
  async finder(work) {
    const prefecture = (await findCity(work))?.prefecture;
    const plain = (text: string) => withoutPrefecture(text.normalize("NFC"), prefecture);
    const same = (a: string, b: string) => sameText(plain(a), plain(b));
    return ({ personNumber, entered, people, household }) => {
      const present = presentAmong(entered.people);
      const children = childrenOf({ people: present });
      const together = children.filter(({ apart }) => !apart);
      const known = new Set([personNumber, ...present.map((one) => one.personNumber)]);
      const changed =
        household.some((one) => !known.has(one)) ||
        together.some((one) => !household.includes(one.personNumber)) ||
        children.some((one) => one.apart && household.includes(one.personNumber));
      const own = people.get(personNumber);
      const { name, address } = entered.applicant;
      return [
        ...(changed ? ["household-changed"] : []),
        ...(own?.address
          ? same(name, shownName(own)) && same(address, addressLine(own))
            ? []
            : ["register-differs"]
          : ["protected-address"]),
        ...(entered.welfare ? ["welfare"] : []),
      ];
    };
  },
  form: ({ applicant, insurance, people }) => ({
    address: [applicant.address, applicant.building].filter(Boolean).join("　"),
    telephone: applicant.telephone,
    insurance: insurance.insurerName,
    household: presentAmong(people).map((one) => ({
      personNumber: one.personNumber,
      relation: one.role === "spouse" ? "配偶者" : personRelationTitles[one.relation],
    })),
  }),
};
