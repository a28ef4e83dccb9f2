import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Appeal } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form, Wording } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appealNotice, appealWording, letterBlocks } from "../letters/letter.ts";
import { appeal, everyCase, oldKanjiCase, type SampleCase } from "../samples/samples.ts";
import {
  monthlyParts,
  partsTable,
  type RepaymentLetterData,
  repaymentSample,
  requireParts,
  slipsOf,
  sumFacts,
  sumOf,
} from "./repayment-letter.ts";
import { slipWording } from "./slips.ts";

/** 督促状 and 催告書: `parts` are those whose day is past. */
export interface OverdueData extends RepaymentLetterData {
  /** 返還決定通知書 it goes back to: its number and day. */
  readonly demandNumber: string;
  readonly demandedOn: IsoDate;
  /** Number and day of the 督促状, on a 催告書. */
  readonly dunnedOn?: IsoDate | undefined;
  /** Until when it is to be paid now (指定期限). */
  readonly payBy: IsoDate;
  /** 教示, where the city treats the 督促 as a decision. */
  readonly appeal?: Appeal | undefined;
}

function overdueLetter(
  id: string,
  title: string,
  own: Wording,
  samples: (form: (one: SampleCase) => OverdueData) => Readonly<Record<string, OverdueData>>,
): Form<OverdueData> {
  const form: Form<OverdueData> = {
    id,
    version: 1,
    title,
    size: A4,
    wording: {
      ...own,
      crossed:
        "　このお知らせと行き違いに納めていただいているときは、ご容赦ください。納めるのが難しい事情があるときは、下のお問い合わせ先にご相談ください。",
      ...slipWording,
      ...appealWording,
    },
    blocks: (data, say) => {
      requireParts(data.parts);
      return [
        ...letterBlocks(
          form,
          data,
          `${data.program}　返還金　${title}`,
          [
            paragraph(say("intro", { program: data.program, payBy: formatWareki(data.payBy) })),
            gap(3),
            facts([
              ...data.facts,
              ...sumFacts(data),
              {
                label: "返還決定通知",
                value: `${formatWareki(data.demandedOn)} ${data.demandNumber}`,
              },
              ...(data.dunnedOn
                ? [{ label: "督促した日", value: formatWareki(data.dunnedOn) }]
                : []),
              { label: "今回納めていただく額", value: yen(sumOf(data.parts)) },
              { label: "いつまでに", value: formatWareki(data.payBy) },
            ]),
            gap(3),
            partsTable(data.parts, "過ぎた納期限"),
            gap(2),
            paragraph(say("crossed")),
          ],
          data.appeal ? appealNotice(data.appeal, say) : [],
        ),
        ...slipsOf(data, say),
      ];
    },
    samples: samples(sample),
  };
  return form;
}

function sample(one: SampleCase): OverdueData {
  return {
    ...repaymentSample(one, [{ name: "全額", due: "2026-10-31", amount: 12_345 }]),
    demandNumber: "見こ医第R8-000098号",
    demandedOn: "2026-10-01",
    payBy: "2026-11-30",
  };
}

/** 督促状 (地方自治法231条の3). */
export const repaymentDunning = overdueLetter(
  "payments/repayment-dunning",
  "督促状",
  {
    intro:
      "　{program}の返還金が、納期限を過ぎても納められていません。後ろの納付書で、{payBy}までに納めてください。",
  },
  (of) => ({
    ...everyCase(of),
    教示を載せる: { ...of(oldKanjiCase), appeal },
    "30回分が過ぎて2ページ": {
      ...of(oldKanjiCase),
      ...repaymentSample(oldKanjiCase, monthlyParts(30)),
      slips: of(oldKanjiCase).slips,
    },
  }),
);

/** 催告書: after a 督促 that was not followed. */
export const repaymentReminder = overdueLetter(
  "payments/repayment-reminder",
  "催告書",
  {
    intro:
      "　{program}の返還金について、督促状をお送りしましたが、まだ納められていません。後ろの納付書で、{payBy}までに必ず納めてください。納付も連絡もないときは、法的な手続をとることがあります。",
  },
  (of) => everyCase((one): OverdueData => ({ ...of(one), dunnedOn: "2026-11-02" })),
);
