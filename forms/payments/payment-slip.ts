import type { LetterData } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import { type Form, templateName } from "../language/form.ts";
import { windowAddress } from "../language/letter.ts";
import { type Block, grey } from "../language/paper.ts";
import { A4, foldMarks } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { everyCase, letter, oldKanjiCase, type SampleCase } from "../samples/samples.ts";
import { monthlyParts, repaymentSample, slipHead } from "./repayment-letter.ts";
import { type PaymentSlip, paymentSlip, SLIP_HEIGHT } from "./slip.ts";
import { slipWording } from "./slips.ts";

/** 納付書 of their own, as when the first ones were lost. */
export interface SlipLetterData
  extends Pick<LetterData, "to" | "documentNumber" | "date" | "issuer" | "office" | "program"> {
  /** 納付番号. */
  readonly number: string;
  readonly municipality: string;
  /** At least one. */
  readonly slips: readonly PaymentSlip[];
}

/**
 * 納付書: the address in the window of an envelope on the first third of the sheet, then 領収証書, 納付書 and 納入済通知書 side by
 * side on each further third, to be torn apart.
 */
export const paymentSlipLetter: Form<SlipLetterData> = {
  id: "payments/payment-slip",
  version: 1,
  title: "納付書",
  size: A4,
  wording: {
    intro: "{program}の返還金の納付書です。納期限までに納めてください。",
    ...slipWording,
  },
  blocks: (data, say) => {
    if (data.slips.length === 0) throw new RangeError("a sheet of slips has at least one");
    const head = slipHead(data, say);
    return [
      foldMarks,
      windowAddress(data.to),
      text({ x: 122, y: 16, width: 68 }, data.documentNumber, {
        size: 12,
        smallest: 9,
        align: "right",
        field: "文書番号",
      }),
      flow({ x: 122, y: 26, width: 68, bottom: 60 }, [
        paragraph(`${data.issuer.title}　${data.issuer.name}`, { size: 12, purpose: "name" }),
        gap(1),
        paragraph(data.office.name, { size: 10.5, purpose: "name" }),
        paragraph(`電話 ${data.office.telephone}`, { size: 10.5 }),
      ]),
      flow({ x: 20, y: 64, width: 170, bottom: 92 }, [
        paragraph(say("intro", { program: data.program })),
      ]),
      text({ x: 122, y: 92, width: 76 }, templateName(paymentSlipLetter), {
        size: 6.5,
        align: "right",
        colour: grey,
      }),
      ...data.slips.map(
        (slip, index): Block =>
          (paper) => {
            const place = (index + 1) % 3;
            if (place === 0) paper.newPage();
            if (index === 0)
              paper.line(0, SLIP_HEIGHT, 210, SLIP_HEIGHT, { width: 0.15, dash: [1.2, 1.2] });
            paymentSlip(head, slip, place * SLIP_HEIGHT)(paper);
          },
      ),
    ];
  },
  samples: {
    ...everyCase((one) => sample(one)),
    "5回分・バーコードなし": sample(oldKanjiCase, 5),
  },
};

function sample(one: SampleCase, count = 1): SlipLetterData {
  const { number, municipality, slips } = repaymentSample(
    one,
    count > 1 ? monthlyParts(count) : undefined,
  );
  const { issuer, office, program, date } = letter;
  return {
    to: one.to,
    documentNumber: "見こ医第R8-000124号",
    date,
    issuer,
    office,
    program,
    number,
    municipality,
    slips: count > 1 ? slips.map(({ barcode: _, ...slip }) => slip) : slips,
  };
}
