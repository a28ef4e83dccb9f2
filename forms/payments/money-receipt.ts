import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Issuer, Office } from "../data.ts";
import type { Form, Say } from "../language/form.ts";
import { issuedBy, templateCorner } from "../language/letter.ts";
import { type Block, grey } from "../language/paper.ts";
import { A4 } from "../language/shapes.ts";
import { write } from "../language/text.ts";
import { issuer, office, people, recipients, withoutSeal } from "../samples/samples.ts";

/** 領収書 of money that was taken at the counter. */
export interface MoneyReceiptData {
  /** 領収書番号. */
  readonly documentNumber: string;
  /** The day on which the money was taken. */
  readonly date: IsoDate;
  readonly payer: string;
  /** Whole yen. */
  readonly amount: number;
  /** こども医療費助成の返還金（H000012）として */
  readonly purpose: string;
  /** What is still to be paid; nothing where it is paid. */
  readonly left: number;
  /** Who took it: name of the 出納員 or of whoever the city has charged with it. */
  readonly receivedBy: string;
  readonly issuer: Issuer;
  readonly office: Office;
}

const HALF = A4.height / 2;

/** 領収書 above, what the city keeps of it below. */
export const moneyReceipt: Form<MoneyReceiptData> = {
  id: "payments/money-receipt",
  version: 1,
  title: "領収書",
  size: A4,
  wording: {
    received: "上記の金額を領収しました。",
    note: "金額を訂正したもの、領収印のないものは無効です。",
  },
  blocks: (data, say) => {
    if (!Number.isSafeInteger(data.amount) || data.amount < 1)
      throw new RangeError("a receipt is of whole yen, at least one");
    return [
      half(0, "領　収　書", data, say),
      (paper) => paper.line(0, HALF, 210, HALF, { width: 0.15, dash: [1.2, 1.2], colour: grey }),
      half(HALF, "領収書（控え）", data, say),
      templateCorner(moneyReceipt, A4),
    ];
  },
  samples: {
    通常: sample(recipients.ordinary.name),
    "最も長い氏名・残りなし": { ...sample(people.longest.name), left: 0, amount: 9_876_543 },
    "旧字体・公印なし": { ...sample(recipients.oldKanji.name), issuer: withoutSeal },
  },
};

function half(top: number, headline: string, data: MoneyReceiptData, say: Say): Block {
  return (paper) => {
    const x = 25;
    const width = 160;
    paper.tagged("H1", () =>
      write(paper, { x, y: top + 16, width }, headline, {
        size: 18,
        face: "bold",
        align: "centre",
        tracking: 2,
      }),
    );
    write(paper, { x: x + 80, y: top + 29, width: width - 80 }, data.documentNumber, {
      size: 11,
      smallest: 8,
      align: "right",
      field: "領収書番号",
    });
    write(paper, { x: x + 80, y: top + 35, width: width - 80 }, formatWareki(data.date), {
      size: 11,
      align: "right",
      field: "領収した日",
    });
    write(paper, { x, y: top + 42, width: 120, height: 11 }, `${data.payer}　様`, {
      size: 14,
      smallest: 8,
      lines: 2,
      leading: 1.15,
      valign: "bottom",
      purpose: "name",
      field: "納付した人",
    });
    paper.line(x, top + 54, x + 120, top + 54, { width: 0.3 });
    paper.frame(x, top + 60, width, 15, { width: 0.4 });
    write(paper, { x: x + 5, y: top + 60, width: 30, height: 15 }, "金　額", {
      size: 13,
      valign: "middle",
    });
    write(paper, { x: x + 40, y: top + 60, width: width - 45, height: 15 }, yen(data.amount), {
      size: 20,
      face: "bold",
      align: "right",
      valign: "middle",
      field: "金額",
    });
    write(paper, { x, y: top + 80, width }, `ただし　${data.purpose}`, {
      size: 12,
      smallest: 9,
      lines: 2,
      field: "ただし書き",
    });
    write(paper, { x, y: top + 91, width }, say("received"), { size: 12, field: "領収の文" });
    if (data.left > 0)
      write(paper, { x, y: top + 98, width: 100 }, `このほかに納める額　${yen(data.left)}`, {
        size: 11,
      });
    issuedBy(data.issuer, x + 70, top + 100, width - 70)(paper);
    write(paper, { x, y: top + 120, width: 110 }, data.office.name, {
      size: 10.5,
      smallest: 8,
      field: "領収した課",
    });
    write(paper, { x, y: top + 126, width: 110 }, `領収した者　${data.receivedBy}`, {
      size: 10.5,
      smallest: 8,
      purpose: "name",
      field: "領収した者",
    });
    paper.frame(x + width - 26, top + 116, 26, 18);
    write(paper, { x: x + width - 26, y: top + 117.5, width: 26 }, "領収印", {
      size: 8,
      align: "centre",
    });
    write(paper, { x, y: top + 133, width: 125 }, say("note"), {
      size: 8.5,
      smallest: 7,
      field: "注意",
    });
  };
}

function sample(payer: string): MoneyReceiptData {
  return {
    documentNumber: "見こ医領第R8-000007号",
    date: "2026-11-20",
    payer,
    amount: 5000,
    purpose: "こども医療費助成の返還金（H000012）として",
    left: 7345,
    receivedBy: "出納　花子",
    issuer,
    office,
  };
}
