import { type CardLetter, cardLetter, cardWording } from "../certificates/card-letter.ts";
import type { CertificateData } from "../data.ts";
import type { Form } from "../language/form.ts";
import { A4 } from "../language/shapes.ts";
import { certificateSamples } from "../samples/certificates.ts";

const kind: CardLetter = {
  id: "child-medical/certificate",
  version: 1,
  title: "こども医療費受給者証",
};

/** こども医療費受給者証: the card in the letter that carries it. */
export const childMedicalCertificate: Form<CertificateData> = {
  ...kind,
  size: A4,
  wording: {
    ...cardWording,
    band: "#dbedf7",
    duties:
      "住所、氏名、保護者、健康保険が変わったときは、14日以内に届け出てください。\n県外などで受給者証を使えずに支払ったときは、領収書を添えて、診療を受けた月の翌月から1年以内に申請してください。助成する額を、あとからお支払いします。",
  },
  blocks: (data, say) => cardLetter(kind, data, say),
  samples: certificateSamples,
};
