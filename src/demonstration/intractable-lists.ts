import type { Work } from "#src/platform/work.ts";
import { keepDoctors, keepInstitutions } from "#src/programs/intractable-disease/index.ts";
import { addDays, addYears } from "#workflows/dates/iso-date.ts";
import { inventedNames } from "./clinics.ts";
import { institutionCode, institutionName } from "./invented-receipts.ts";

/** 指定医 of the demonstration, each with a disease that they write 個人票 of: 告示番号. */
export const listedDoctors = [
  { specialty: "脳神経内科", disease: 6 },
  { specialty: "脳神経内科", disease: 13 },
  { specialty: "膠原病内科", disease: 49 },
  { specialty: "膠原病内科", disease: 51 },
  { specialty: "消化器内科", disease: 97 },
  { specialty: "消化器内科", disease: 96 },
  { specialty: "腎臓内科", disease: 66 },
  { specialty: "呼吸器内科", disease: 85 },
  { specialty: "脳神経内科", disease: 11 },
  { specialty: "皮膚科", disease: 37 },
].map((one, at) => ({ ...one, number: `D${String(at + 1).padStart(4, "0")}` }));

/** Institutions of the list: the invented ones of receipts but one, which is on no list. */
const listedInstitutions = Array.from({ length: 30 }, (_, at) => at).filter((at) => at !== 17);

/** Takes in the lists of 指定医 (one who holds no longer and one 協力難病指定医 among them) and of 指定医療機関. */
export async function keepLists(work: Work): Promise<void> {
  const today = work.platform.clock.today();
  const doctor = (at: number) => ({
    validFrom: "2020-04-01" as const,
    validTo: addYears(today, 3),
    name: `${inventedNames[at % inventedNames.length]}　${at % 2 === 0 ? "一郎" : "花子"}`,
    institution: at % 3 === 0 ? "見本市民病院" : institutionName(at),
    kind: "designated" as const,
  });
  await keepDoctors(work, [
    ...listedDoctors.map(({ number, specialty }, at) => ({ number, specialty, ...doctor(at) })),
    { ...doctor(10), number: "D0011", specialty: "内科", kind: "cooperating" },
    { ...doctor(11), number: "D0012", specialty: "脳神経内科", validTo: addDays(today, -60) },
  ]);
  await keepInstitutions(
    work,
    listedInstitutions.map((at) => ({
      code: institutionCode(at),
      name: institutionName(at),
      from: "2020-04-01",
      to: null,
    })),
  );
}
