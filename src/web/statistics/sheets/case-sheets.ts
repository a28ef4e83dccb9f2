import {
  type AnyApplicationKind,
  type AnyChangeKind,
  caseKindOf,
  certificatesOfKind,
} from "#src/platform/applications/index.ts";
import { caseKindTitle, deadlinesOf } from "#src/platform/cases/index.ts";
import {
  countCases,
  countCertificates,
  countInquiries,
  isExact,
} from "#src/platform/statistics/index.ts";
import { type Days, tableByPart } from "../by-part.ts";
import type { Sheet } from "../sheet.ts";
import { behind, doneOn } from "./behind.ts";

/** The kinds of case of a 事務, as its statistics know them. */
export interface CountedKinds {
  application: AnyApplicationKind;
  change: AnyChangeKind;
}

/** What was received and decided, how long it took, and the certificates that came of it. */
export function caseSheets({ application, change }: CountedKinds): [Sheet, ...Sheet[]] {
  const { program } = application;
  const common = {
    byOffice: true,
    asks: "period",
    exact: (work, { office }) => isExact(work, program, { office, rows: "case.read" }),
  } as const satisfies Partial<Sheet>;
  return [
    {
      ...common,
      id: "decisions",
      title: "受付と処分",
      source:
        "申請・届出の記録。受付は受付日、処分は決裁の日、取下げは取り下げた日で数える。所要日数は受付日から認定・却下の決裁までの暦日で、補正に要した日を含む。",
      async read(work, asked) {
        const tables = [];
        for (const kind of [caseKindOf(application), caseKindOf(change)]) {
          const to = (change: Parameters<typeof behind>[2]) =>
            behind(program, asked, { ...change, kind });
          tables.push(
            tableByPart(asked, {
              title: caseKindTitle(kind),
              found: await countCases(work, kind, asked, deadlinesOf(kind)),
              columns: [
                {
                  title: "受付",
                  unit: "件",
                  charted: true,
                  value: ({ received }) => received,
                  path: ({ from, to: until }) => to({ from, to: until }),
                },
                {
                  title: kind === caseKindOf(application) ? "認定" : "決定",
                  unit: "件",
                  charted: true,
                  value: ({ granted }) => granted,
                  path: (days) => to(doneOn("granted", days)),
                },
                {
                  title: "却下",
                  unit: "件",
                  charted: true,
                  value: ({ refused }) => refused,
                  path: (days) => to(doneOn("refused", days)),
                },
                {
                  title: "取下げ",
                  unit: "件",
                  value: ({ withdrawn }) => withdrawn,
                  path: (days) => to(doneOn("withdrawn", days)),
                },
                {
                  title: "職権取消",
                  unit: "件",
                  value: ({ revoked }) => revoked,
                  path: (days) => to(doneOn("revoked", days)),
                },
                {
                  title: "所要日数の中央値",
                  unit: "日",
                  value: ({ medianDays }) => medianDays,
                  none: null,
                },
                {
                  title: "標準処理期間の超過",
                  unit: "件",
                  value: ({ late }) => late,
                  path: (days) => to(doneOn("late", days)),
                },
              ],
            }),
          );
        }
        return tables;
      },
    },
    {
      ...common,
      id: "certificates",
      title: "証の交付",
      source: "証の記録。交付した日と、終わった日（返却・差替え・無効・喪失）で数える。",
      async read(work, asked) {
        const found = await countCertificates(work, program, asked);
        return Object.entries(certificatesOfKind(application)).map(([sort, { title }]) =>
          tableByPart(asked, {
            title,
            found: found.filter((row) => row.sort === sort),
            columns: [
              {
                title: "新規の交付",
                unit: "枚",
                charted: true,
                value: ({ first }) => first,
                path: (days) => behind(program, asked, doneOn("issued", days)),
              },
              {
                title: "再交付",
                unit: "枚",
                charted: true,
                value: ({ again }) => again,
                path: (days) => behind(program, asked, doneOn("issued", days)),
              },
              {
                title: "変更・更新による交付",
                unit: "枚",
                charted: true,
                value: ({ renewed }) => renewed,
                path: (days) => behind(program, asked, doneOn("issued", days)),
              },
              {
                title: "終わったもの",
                unit: "枚",
                charted: true,
                value: ({ ended }) => ended,
                path: (days) => behind(program, asked, doneOn("ended", days)),
              },
            ],
          }),
        );
      },
    },
    {
      ...common,
      id: "inquiries",
      title: "照会",
      source: "照会の記録。送った日の属する月で数え、回答・督促・打切りもその月に入れる。",
      async read(work, asked) {
        const path = (days: Days) => behind(program, asked, doneOn("asked", days));
        return [
          tableByPart(asked, {
            title: "照会と回答",
            found: await countInquiries(work, program, asked),
            columns: [
              { title: "送付", unit: "件", charted: true, value: ({ sent }) => sent, path },
              { title: "回答", unit: "件", charted: true, value: ({ answered }) => answered, path },
              { title: "督促", unit: "件", value: ({ reminded }) => reminded, path },
              { title: "打切り", unit: "件", value: ({ closed }) => closed, path },
              {
                title: "回答までの中央値",
                unit: "日",
                value: ({ medianDays }) => medianDays,
                none: null,
              },
            ],
          }),
        ];
      },
    },
  ];
}
