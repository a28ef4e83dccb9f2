import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Issuer } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { issuer, withoutSeal } from "../samples/samples.ts";

/** Certificate of vaccination in English: for schools, clinics and offices abroad. */
export interface EnglishRecordData {
  /** In the alphabet, as the register or the passport has it. */
  readonly name: string;
  readonly birthDate: IsoDate;
  readonly sex: "Male" | "Female" | "";
  readonly vaccinations: readonly {
    readonly vaccine: string;
    readonly dose: string;
    readonly date: IsoDate;
    readonly lot: string;
  }[];
  readonly documentNumber: string;
  readonly date: IsoDate;
  /** City and who answers for it, in the alphabet where the city has said it; else as it stands on all papers. */
  readonly issuer: Issuer;
}

const statement =
  "This is to certify that the person named above has received the vaccinations listed, according to the records of this municipality.";

/** Certificate of vaccination in English. Its words are fixed: a city words its papers in Japanese. */
export const englishRecord: Form<EnglishRecordData> = {
  id: "vaccination/record-english",
  version: 1,
  title: "接種証明書（英文）",
  size: A4,
  blocks: (data) => [
    title(28, "Certificate of Vaccination"),
    flow({ x: 20, y: 46, width: 170, bottom: 275, nextY: 22 }, [
      facts([
        { label: "Name", value: data.name, purpose: "name" },
        {
          label: "Date of birth",
          value: [data.birthDate, data.sex].filter(Boolean).join("   "),
        },
      ]),
      gap(6),
      table(
        [
          { title: "Vaccine", width: 76, value: ({ vaccine }) => vaccine, lines: 2 },
          { title: "Dose", width: 18, value: ({ dose }) => dose, align: "centre" },
          { title: "Date given", width: 36, value: ({ date }) => date, align: "centre" },
          { title: "Lot number", width: 40, value: ({ lot }) => lot, lines: 2 },
        ],
        data.vaccinations,
        { size: 11, smallest: 7, rowHeight: 10 },
      ),
      gap(8),
      paragraph(statement, { keep: 40 }),
      gap(6),
      paragraph(`No. ${data.documentNumber}    Date of issue: ${data.date}`),
      gap(4),
      paragraph(`${data.issuer.title}　${data.issuer.name}`),
    ]),
    pageFeet(englishRecord, A4),
  ],
  samples: {
    ordinary: sample("YAMADA Hanako", 3),
    "long name, two pages": {
      ...sample("CHRISTOPHERSON Maria Alexandra Wilhelmina de Oliveira", 30),
      issuer: withoutSeal,
    },
  },
};

function sample(name: string, count: number): EnglishRecordData {
  const kinds = [
    ["DPT-IPV-Hib (diphtheria, tetanus, pertussis, polio, Hib)", "1", "AB123"],
    ["Pneumococcal conjugate (children)", "1", "XY-4567"],
    ["Hepatitis B", "1", "HB0089"],
  ] as const;
  return {
    name,
    birthDate: "2026-05-10",
    sex: "Female",
    vaccinations: Array.from({ length: count }, (_, n) => {
      const [vaccine, dose, lot] = kinds[n % kinds.length] ?? kinds[0];
      return { vaccine, dose, lot, date: `2026-0${7 + (n % 3)}-10` as IsoDate };
    }),
    documentNumber: "2026-000123",
    date: "2026-11-20",
    issuer,
  };
}
