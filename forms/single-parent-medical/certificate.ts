import { type CardLetter, cardLetter, cardWording } from "../certificates/card-letter.ts";
import type { CertificateData } from "../data.ts";
import type { Form } from "../language/form.ts";
import { A4 } from "../language/shapes.ts";
import { certificateSamples } from "../samples/certificates.ts";

const ordinary: CardLetter = {
  id: "single-parent-medical/certificate",
  version: 1,
  title: "ひとり親家庭等医療費受給者証",
};

const remote: CardLetter = {
  id: "single-parent-medical/remote-certificate",
  version: 1,
  title: "ひとり親家庭等医療費遠隔地証",
};

const duties =
  "住所、氏名、世帯、所得、健康保険が変わったとき、または結婚したとき（事実上の結婚を含みます。）は、14日以内に届け出てください。\n毎年、現況届の用紙をお送りしますので、書かれた期限までに出してください。提出がないと、次の期間の受給者証をお送りできません。";

const form = (
  kind: CardLetter,
  texts: { band: string; duties: string },
): Form<CertificateData> => ({
  ...kind,
  size: A4,
  wording: { ...cardWording, ...texts },
  blocks: (data, say) => cardLetter(kind, data, say),
  samples: Object.fromEntries(
    Object.entries(certificateSamples).map(([name, sample]) => [
      name,
      { ...sample, payerNumber: "82439996", from: "2027-01-01", until: "2027-12-31" },
    ]),
  ),
});

/** ひとり親家庭等医療費受給者証: the card in the letter that carries it. */
export const singleParentCertificate = form(ordinary, { band: "#fae8d9", duties });

/** 遠隔地証, for a child who lives elsewhere, as for school. */
export const remoteCertificate = form(remote, {
  band: "#e4ecd8",
  duties:
    "就学などのために離れて暮らす間だけ使えます。その事情がなくなったときは、14日以内に届け出てください。\n住所、氏名、世帯、所得、健康保険が変わったとき、または結婚したとき（事実上の結婚を含みます。）は、14日以内に届け出てください。",
});
