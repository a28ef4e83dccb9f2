import type { ApplicationView } from "#src/platform/applications/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { Items } from "#src/web/cases/index.ts";
import { Panel, Table } from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { benefitClassTitles, benefitKinds, type Feature, featuresOf } from "../benefits.ts";
import type { Entered } from "../entered.ts";

type View = ApplicationView<Entered>;

/** What reports have set of the benefit of everybody of the household. */
export const own = (work: Work, { entitlements }: View): Promise<Feature[]> =>
  featuresOf(
    work,
    entitlements.map(({ id }) => id),
  );

/** 給付区分, 児童重度障害医療 and 遠隔地証 with their history. */
export function FeaturesPanel({ view, features }: { view: View; features: readonly Feature[] }) {
  if (features.length === 0) return null;
  const owner = new Map(view.entitlements.map(({ id, personNumber }) => [id, personNumber]));
  const nameOf = (id: string) => {
    const number = owner.get(id);
    const person = (view.current ?? view.entered)?.people.find(
      (one) => one.personNumber === number,
    );
    return person?.name ?? view.entered?.applicant.name ?? "";
  };
  const day = (date: string | null) => showDate(date as IsoDate | null);
  return (
    <Panel title="給付の内容">
      <Table
        caption="給付区分・児童重度障害医療・遠隔地証"
        rows={features.toReversed()}
        columns={[
          { title: "氏名", cell: ({ entitlementId }) => nameOf(entitlementId) },
          { title: "種類", cell: ({ kind }) => benefitKinds[kind].title, nowrap: true },
          {
            title: "内容",
            cell: ({ applies, benefitClass }) =>
              applies ? (benefitClassTitles[benefitClass ?? ""] ?? "該当") : "非該当",
          },
          {
            title: "事由",
            cell: ({ kind, reason }) =>
              (benefitKinds[kind].reasons as Readonly<Record<string, string>>)[reason],
          },
          { title: "該当・非該当日", cell: ({ occursOn }) => day(occursOn), nowrap: true },
          { title: "届出日", cell: ({ reportedOn }) => day(reportedOn), nowrap: true },
          { title: "期限", cell: ({ until }) => day(until), nowrap: true },
        ]}
      />
    </Panel>
  );
}

/** What the decision costs. */
export const outcome = (): Items => [["支払", "この決裁では支払は生じません"]];
