import type { ApplicationView } from "#src/platform/applications/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { Items } from "#src/web/cases/index.ts";
import { Panel, Table } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  benefitKinds,
  type Feature,
  featureReason,
  featuresOf,
  featureWords,
} from "../benefits.ts";
import type { Entered } from "../entered.ts";

type View = ApplicationView<Entered>;

/** What reports have set, of everybody of the household, with the names of offices. */
export async function own(work: Work, { entitlements }: View): Promise<Shown[]> {
  const features = await featuresOf(
    work,
    entitlements.map(({ id }) => id),
  );
  const officeOf = await officeFinder(work);
  return features.map((one) =>
    one.kind === "office" && one.value ? { ...one, shown: officeOf(one.value).name } : one,
  );
}
type Shown = Feature & { shown?: string };

/** 資格異動 and the contents of the benefit with their history; what holds for the whole household stands once. */
export function FeaturesPanel({ view, features }: { view: View; features: readonly Shown[] }) {
  if (features.length === 0) return null;
  const owner = new Map(view.entitlements.map(({ id, personNumber }) => [id, personNumber]));
  const nameOf = (id: string) => {
    const number = owner.get(id);
    const person = (view.current ?? view.entered)?.people.find(
      (one) => one.personNumber === number,
    );
    return person?.name ?? view.entered?.applicant.name ?? "";
  };
  const day = (date: string | null) => showDateShort(date as IsoDate | null);
  const rows = [
    ...Map.groupBy(features, ({ caseId, kind, occursOn, applies }) =>
      [caseId, kind, occursOn, applies].join(" "),
    ).values(),
  ].flatMap(([first, ...same]) =>
    first ? [{ ...first, who: same.length > 0 ? "世帯" : nameOf(first.entitlementId) }] : [],
  );
  return (
    <Panel title="資格異動と給付の内容">
      <Table
        caption="資格異動と給付の内容の履歴（新しい順）"
        rows={rows.toReversed()}
        columns={[
          { title: "氏名", cell: ({ who }) => who },
          { title: "種類", cell: ({ kind }) => benefitKinds[kind].title, nowrap: true },
          { title: "内容", cell: (row) => featureWords(row.kind, row) },
          { title: "事由", cell: ({ kind, reason }) => featureReason(kind, reason) },
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
