import type { CertificateData } from "../data.ts";
import { everyCase, issuer, office, people, recipients } from "./samples.ts";

const ordinary: CertificateData = {
  to: recipients.ordinary,
  person: people.ordinary,
  guardian: "見本 花子",
  address: "熊本市中央区手取本町99番1号 見本マンション305号",
  payerNumber: "81439997",
  recipientNumber: "1234567",
  from: "2026-11-01",
  until: "2044-03-31",
  copay: ["入院 負担なし", "通院 1医療機関につき 1か月 500円まで"],
  issuedOn: "2026-11-20",
  issuer,
  office,
  statement:
    "MDG1.eyJuIjoiMTIzNDU2NyIsInAiOiI4MTQzOTk5NyIsImYiOiIyMDI2LTExLTAxIiwidSI6IjIwNDQtMDMtMzEiLCJpIjoiMjAyNi0xMS0yMCJ9.c2FtcGxlLXNpZ25hdHVyZS1vbmx5LW5vdC1hLXJlYWwtb25lLXNhbXBsZS1zaWduYXR1cmUtb25seS1ub3QtYS1yZWFsLW9uZQ",
};

const every = everyCase(
  ({ to, person, address }): CertificateData => ({
    ...ordinary,
    to,
    person,
    guardian: to.name,
    address,
  }),
);

/** Samples of the こども医療費受給者証. */
export const certificateSamples = {
  ...every,
  "最も長い氏名と住所・外国の方": {
    ...every["最も長い氏名と住所・外国の方"],
    copay: ["入院 負担なし", "通院 1医療機関につき 1か月 500円まで", "調剤 負担なし"],
    reissue: true,
  },
  "旧字体と異体字・方書なし": { ...every["旧字体と異体字・方書なし"], copay: ["なし"] },
} satisfies Record<string, CertificateData>;
