import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter } from "../samples/samples.ts";

/** What a 指定医療機関 is told of one of its patients. */
export interface NotifiedRecipient {
  readonly name: string;
  readonly recipientNumber: string;
  readonly payerNumber: string;
  readonly what: "granted" | "changed" | "ended";
  readonly from: IsoDate;
  readonly until: IsoDate;
  /** Whole yen a month; of who is no longer entitled it is not told. */
  readonly limit?: number | undefined;
}

/** 医療機関通知: whose 支給認定 began, changed or ended at a 指定医療機関. It names no disease. */
export interface InstitutionNoticeData extends LetterData {
  /** 医療機関コード: prefecture 2, 点数表 1, 7 digits. */
  readonly institutionNumber: string;
  readonly recipients: readonly NotifiedRecipient[];
}

const whats = { granted: "認定", changed: "変更", ended: "終了" } as const;

const sample = {
  ...letter,
  program: "特定医療費（指定難病）",
  to: {
    postalCode: "8600000",
    address: "見本市中央区見本町9番9号",
    name: "見本大学病院",
    honorific: "御中",
  },
  facts: [],
  institutionNumber: "4319999999",
} as const;

/** 医療機関通知. */
export const institutionNotice: Form<InstitutionNoticeData> = {
  id: "intractable-disease/institution-notice",
  version: 1,
  title: "特定医療費（指定難病）支給認定のお知らせ",
  size: A4,
  wording: {
    intro:
      "　貴機関を利用する次の方の{program}について、支給認定をし、変更し、又は支給認定が終わりましたので、お知らせします。",
    use: "受診のときは、受給者証と自己負担上限額管理票を確認してください。受給者証の記載が、この通知より新しいことがあります。\n認定が始まった日までさかのぼって請求するときは、患者から受け取った額との調整を、患者に案内してください。\nこの通知は個人情報を含みます。診療報酬の請求のほかに使わず、不要になったら裁断するなどして破棄してください。",
  },
  blocks: (data, say) =>
    letterBlocks(institutionNotice, data, "支給認定のお知らせ（指定医療機関）", [
      paragraph(say("intro", { program: data.program })),
      gap(3),
      facts([...data.facts, { label: "医療機関コード", value: data.institutionNumber }]),
      gap(3),
      table<NotifiedRecipient>(
        [
          { title: "氏名", width: 40, value: ({ name }) => name, purpose: "name", lines: 3 },
          {
            title: "負担者・受給者番号",
            width: 36,
            value: ({ payerNumber, recipientNumber }) => `${payerNumber}\n${recipientNumber}`,
            align: "centre",
            lines: 2,
          },
          { title: "区分", width: 16, value: ({ what }) => whats[what], align: "centre" },
          {
            title: "有効期間",
            width: 48,
            value: ({ from, until }) => `${formatWareki(from)}から\n${formatWareki(until)}まで`,
            lines: 2,
          },
          {
            title: "上限月額",
            width: 30,
            value: ({ limit }) => (limit === undefined ? "" : yen(limit)),
            align: "right",
          },
        ],
        data.recipients,
        { size: 11, smallest: 7, rowHeight: 14 },
      ),
      heading("お願い"),
      list(say("use").split("\n")),
    ]),
  samples: {
    ...everyCase(
      ({ person }): InstitutionNoticeData => ({
        ...sample,
        recipients: [
          {
            name: person.name,
            recipientNumber: "7654321",
            payerNumber: "54439995",
            what: "granted",
            from: "2026-11-01",
            until: "2027-09-30",
            limit: 10_000,
          },
        ],
      }),
    ),
    "12人で2ページ": {
      ...sample,
      recipients: Array.from({ length: 12 }, (_, at) => ({
        name: `例示 ${"一二三四五六七八九十士王"[at]}郎`,
        recipientNumber: `76543${10 + at}`,
        payerNumber: "54439995",
        what: (["granted", "changed", "ended"] as const)[at % 3] ?? "granted",
        from: "2026-11-01",
        until: at % 3 === 2 ? "2026-11-19" : "2027-09-30",
        ...(at % 3 === 2 ? {} : { limit: 5000 }),
      })),
    },
  },
};
