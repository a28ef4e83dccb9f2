import type { CertificateData } from "#forms/index.ts";
import type { IntractableCertificateData } from "#forms/intractable-disease/certificate.ts";
import type { Entitlement } from "#src/platform/entitlements/index.ts";
import type { Unissued } from "#src/platform/letters/index.ts";
import { conflict } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { diseaseOn } from "#workflows/intractable-disease/diseases.ts";
import type { Entered } from "./entered.ts";
import { type PrintedTerms, termsOn } from "./terms.ts";
import { relationTitles } from "./titles.ts";

/** What 受給者証 says of the terms that hold: cap, tier, diseases, insurer, institutions, beside what every certificate says. */
export async function certificateData(
  work: Work,
  {
    granted,
    entered,
    common,
    known,
  }: {
    granted: Pick<Entitlement, "id" | "validFrom">;
    entered: Entered;
    common: Unissued<CertificateData>;
    /** The terms, where many were looked up at once. */
    known?: PrintedTerms | undefined;
  },
): Promise<Unissued<IntractableCertificateData>> {
  const today = work.platform.clock.today();
  // Before the period begins, the certificate says what will hold then.
  const day = today < granted.validFrom ? (granted.validFrom as IsoDate) : today;
  const terms = known ?? (await termsOn(work, [granted.id], day)).get(granted.id);
  if (!terms) throw conflict("自己負担上限月額がまだ決まっていません。");
  const { insurance, applicant, institutions, anyInstitution } = entered;
  const names = institutions.map(({ name }) => name);
  return {
    to: common.to,
    person: common.person,
    address: common.address,
    ...(applicant.relation === "self"
      ? {}
      : { guardian: { name: applicant.name, relation: relationTitles[applicant.relation] } }),
    payerNumber: terms.payerNumber,
    recipientNumber: common.recipientNumber,
    insurance: {
      insurer: insurance.insurerName,
      symbol: [insurance.symbol, insurance.number, insurance.branchNumber]
        .filter(Boolean)
        .join("・"),
      category: terms.limitCategory ?? "（照会中）",
    },
    diseases: terms.diseases.map((number) => `${diseaseOn(number, day)?.name ?? ""}（${number}）`),
    limit: terms.cap,
    incomeClass: terms.tier,
    marks: [
      ...(terms.longHighCost ? ["高額かつ長期"] : []),
      ...(terms.ventilator ? ["人工呼吸器等装着者"] : []),
      ...(terms.mildHighCost ? ["軽症高額"] : []),
      ...(terms.apportioned ? ["按分あり"] : []),
      ...(terms.tierBefore ? ["生活保護移行防止"] : []),
    ],
    clinics: anyInstitution ? ["難病法に基づく指定医療機関", ...names] : names,
    from: common.from,
    until: common.until,
    issuedOn: common.issuedOn,
    office: common.office,
  };
}
