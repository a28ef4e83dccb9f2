import { holdsForAll } from "#src/platform/access/actor.ts";
import { holds } from "#src/platform/access/index.ts";
import {
  Button,
  ButtonLink,
  choicesOf,
  Disclosure,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
} from "#src/web/components/index.ts";
import { moveOn, page } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import { FigureChart } from "#src/web/statistics/chart.tsx";
import { FigureTable, titleWithUnit } from "#src/web/statistics/figure-table.tsx";
import { Basis } from "#src/web/statistics/page.tsx";
import { Values } from "#src/web/values.ts";
import {
  outcomeTitles,
  routeTitles,
  sourceTitles,
} from "#workflows/vaccination/records/channels.ts";
import { axisTitles, columnAxes, sexTitles } from "#workflows/vaccination/reports/axes.ts";
import { vaccineChoices } from "../records/parts.tsx";
import { basisTitles, type CubeAsked, keptCube, periodOptions, readCubeAsked } from "./asked.ts";
import { readCubeTable } from "./cube-table.ts";
import { cubeSource, wordsOfCube } from "./cube-words.ts";
import { ReportTabs, reportGuard } from "./frame.tsx";
import { contractTitles, type OfficeNames, officeNames } from "./labels.ts";
import { reportPaths, withQuery } from "./paths.ts";

/** 集計: what was given, along any two of its properties. */
export const cubeScreens: readonly AnyRoute[] = [
  defineRoute({
    ...reportGuard,
    method: "get",
    path: reportPaths.cube,
    audit: "vaccination-report.cube-opened",
    async handle({ work, query, platform, actor }) {
      const asked = readCubeAsked(query, platform.clock.today());
      const { offices, table, exact } = await work(async (unit) => {
        const offices = await officeNames(unit);
        return {
          offices,
          table: await readCubeTable(unit, asked, offices),
          exact: holdsForAll(actor, "person.read", "vaccination"),
        };
      });
      const kept = keptCube(asked);
      return page({
        title: "予防接種 集計",
        breadcrumb: [{ title: "報告・接種率", path: reportPaths.closings }, { title: "集計" }],
        content: (
          <>
            <PageTitle
              actions={
                exact &&
                asked.basis !== "earlier" &&
                holds(actor, "copy.request", { program: "vaccination" }) && (
                  <ButtonLink href={withQuery(reportPaths.preview, { of: "cube", ...kept })}>
                    庁外へ出す表…
                  </ButtonLink>
                )
              }
            >
              集計
            </PageTitle>
            <ReportTabs actor={actor} at={reportPaths.cube} />
            <Choose asked={asked} offices={offices} today={platform.clock.today()} />
            <Basis
              words={wordsOfCube(asked, offices)}
              source={cubeSource}
              exact={exact}
              at={platform.clock.now()}
            />
            <Panel title={titleWithUnit(table.figures)}>
              {table.rowValues.length <= 60 && <FigureChart id="cube" table={table.figures} />}
              <div class="wide">
                <FigureTable table={table.figures} leads={exact} />
              </div>
              {table.cut > 0 && <p>ほかに{table.cut}行あります。条件で絞ってください。</p>}
            </Panel>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...reportGuard,
    method: "post",
    path: `${reportPaths.cube}/choose` as const,
    audit: "vaccination-report.cube-chosen",
    async handle({ form, platform }) {
      return moveOn(
        withQuery(reportPaths.cube, keptCube(readCubeAsked(form, platform.clock.today()))),
      );
    },
  }),
];

function Choose({
  asked,
  offices,
  today,
}: {
  asked: CubeAsked;
  offices: OfficeNames;
  today: CubeAsked["from"];
}) {
  const kept = new Values(Object.entries(keptCube(asked)));
  const select = (name: string, label: string, options: Readonly<Record<string, string>>) => (
    <SelectField
      name={name}
      label={label}
      empty="すべて"
      options={choicesOf(options)}
      value={kept.text(name)}
    />
  );
  const narrowed = Object.keys(asked.fixed).length > 0;
  return (
    <Form action={`${reportPaths.cube}/choose`} keys="search" class="form search-form">
      <div class="search-bar">
        <SelectField
          name="period"
          label="期間"
          options={periodOptions(today)}
          value={asked.period}
        />
        <SelectField
          name="basis"
          label="数える元"
          options={choicesOf(basisTitles)}
          value={asked.basis}
        />
        <SelectField
          name="by"
          label="期間の月"
          options={[
            { value: "given", label: "接種した月" },
            { value: "entered", label: "記録した月" },
          ]}
          value={asked.byEntry ? "entered" : "given"}
        />
        <SelectField name="rows" label="縦" options={choicesOf(axisTitles)} value={asked.rows} />
        <SelectField
          name="columns"
          label="横"
          options={columnAxes.map((value) => ({
            value,
            label: value === "none" ? "なし" : axisTitles[value],
          }))}
          value={asked.columns}
        />
        <Button look="secondary">表示する</Button>
      </div>
      <Disclosure title="絞る" open={narrowed}>
        <FieldRow>
          <SelectField
            name="vaccine"
            label="予防接種"
            empty="すべて"
            options={vaccineChoices}
            value={kept.text("vaccine")}
          />
          <NumberField name="dose" label="回" width={4} value={kept.text("dose")} />
          {select("outcome", "結果", outcomeTitles)}
          {select("sex", "性別", sexTitles)}
        </FieldRow>
        <FieldRow>
          {select("route", "接種方法", { ...routeTitles, unknown: "不明" })}
          {select("contract", "契約の種類", { ...contractTitles, unknown: "不明" })}
          {select("source", "記録の経路", sourceTitles)}
          {select("office", "区", Object.fromEntries(offices))}
        </FieldRow>
        <FieldRow>
          <NumberField name="ageFrom" label="月齢 から" width={8} value={kept.text("ageFrom")} />
          <NumberField name="ageTo" label="月齢 まで" width={8} value={kept.text("ageTo")} />
        </FieldRow>
      </Disclosure>
    </Form>
  );
}
