import { holds } from "#src/platform/access/actor.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { Table } from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import type { AnyRoute } from "#src/web/route.ts";
import type { PersonPanel, ProgramScreens } from "#src/web/screens.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type InquiryKind, inquiryKinds } from "#workflows/vaccination/exchange/inquiry.ts";
import { handOnNumber } from "../../exchange/hand-ons.ts";
import { inquiriesOf, inquiryNumber } from "../../exchange/inquiries.ts";
import { copyListScreens } from "./copy-list.tsx";
import { copyRunScreens } from "./copy-run-page.tsx";
import { exchangePaths } from "./exchange-paths.ts";
import { handOnPageScreens } from "./hand-on-page.tsx";
import { handOnScreens } from "./hand-on-screens.tsx";
import { inMoverScreens } from "./in-mover-screens.tsx";
import { inquiryListScreens } from "./inquiry-list.tsx";
import { inquiryScreens } from "./inquiry-page.tsx";
import { InquiryBadge } from "./parts.tsx";

export { exchangeAuditWords } from "./exchange-audit-words.ts";
export { exchangeItems } from "./exchange-work.ts";
export { inquiryCopies } from "./inquiry-file.tsx";

/** Screens of 情報連携, with their chapter of the handbook. */
export const exchangeRoutes: readonly AnyRoute[] = [
  ...copyListScreens,
  ...copyRunScreens,
  ...inquiryListScreens,
  ...inMoverScreens,
  ...handOnScreens,
  ...handOnPageScreens,
  ...inquiryScreens,
].map((route) => ({ ...route, handbook: "34-vaccination-exchange" }));

export const exchangeMenu: ProgramScreens["menu"] = [
  { title: "接種歴等の照会", path: exchangePaths.inquiries, right: "case.read" },
  { title: "他市町村からの照会", path: exchangePaths.handOns, right: "case.read" },
  { title: "副本登録", path: exchangePaths.copies, right: "pmh.read" },
];

/** Inquiries about a person. */
export async function exchangePanels(work: Work, person: Person): Promise<PersonPanel[]> {
  if (!holds(work.actor, "case.read", { program: "vaccination" })) return [];
  const rows = await inquiriesOf(work, person.personNumber);
  if (rows.length === 0) return [];
  return [
    {
      title: "接種歴等の照会",
      order: 53,
      content: (
        <Table
          caption="接種歴等の照会"
          columns={[
            { title: "番号", cell: inquiryNumber, nowrap: true },
            { title: "照会する事項", cell: (row) => inquiryKinds[row.kind] },
            { title: "照会先", cell: ({ municipality }) => municipality ?? "（未入力）" },
            {
              title: "照会した日",
              cell: ({ askedOn }) => showDateShort(askedOn as IsoDate | null),
              nowrap: true,
            },
            { title: "状態", cell: (row) => <InquiryBadge state={row.state} />, nowrap: true },
          ]}
          rows={rows}
          href={({ id }) => exchangePaths.inquiry(id)}
        />
      ),
    },
  ];
}

interface Held {
  inquiries: {
    serial: number;
    kind: InquiryKind;
    municipality: string | null;
    askedOn: IsoDate | null;
    answeredOn: IsoDate | null;
  }[];
  answers: {
    serial: number;
    municipality: string;
    receivedOn: IsoDate;
    answeredOn: IsoDate | null;
  }[];
  copies: number;
}

/** Inquiries, answers to others and 副本 of the person of a request about their own data. */
export async function heldOfExchange(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<{ held: Held }[]>`select exchange.held_of(${request}) as held`;
  if (!row) throw new Error("no answer");
  const { inquiries, answers, copies } = row.held;
  return [
    ...inquiries.map(
      (one) =>
        `照会 ${inquiryNumber(one)}　${inquiryKinds[one.kind]}　照会先 ${one.municipality ?? "未定"}　照会した日 ${showDate(one.askedOn)}　回答を受けた日 ${showDate(one.answeredOn)}`,
    ),
    ...answers.map(
      (one) =>
        `他市町村からの照会 ${handOnNumber(one)}　${one.municipality}　受けた日 ${showDate(one.receivedOn)}　回答した日 ${showDate(one.answeredOn)}`,
    ),
    ...(copies > 0 ? [`副本として引渡し先が受け付けた接種記録　${copies}件`] : []),
  ];
}
