import { countPayments, isExact } from "#src/platform/statistics/index.ts";
import { tableByPart } from "../statistics/by-part.ts";
import type { Sheet } from "../statistics/sheet.ts";

/** 支払 of a 事務: what was decided, paid and failed, by month. */
export const paymentSheet = (program: string): Sheet => ({
  id: "payments",
  title: "支払",
  asks: "period",
  byOffice: true,
  source:
    "支払の記録。決定、振込、窓口払い、不能・組戻し、充当の、それぞれの日の属する月で数える。額は円。",
  exact: (work, { office }) => isExact(work, program, { office, rows: "payment.read" }),
  async read(work, asked) {
    const found = await countPayments(work, program, asked);
    return [
      tableByPart(asked, {
        title: "支払の件数",
        found,
        columns: [
          { title: "決定", unit: "件", charted: true, value: ({ decided }) => decided },
          { title: "振込", unit: "件", charted: true, value: ({ transferred }) => transferred },
          { title: "窓口払い", unit: "件", charted: true, value: ({ inCash }) => inCash },
          { title: "不能・組戻し", unit: "件", charted: true, value: ({ failed }) => failed },
          { title: "充当", unit: "件", value: ({ setOff }) => setOff },
        ],
      }),
      tableByPart(asked, {
        title: "支払の額",
        found,
        columns: [
          { title: "決定", unit: "円", charted: true, value: ({ decidedYen }) => decidedYen },
          {
            title: "振込",
            unit: "円",
            charted: true,
            value: ({ transferredYen }) => transferredYen,
          },
          { title: "窓口払い", unit: "円", charted: true, value: ({ inCashYen }) => inCashYen },
        ],
      }),
    ];
  },
});
