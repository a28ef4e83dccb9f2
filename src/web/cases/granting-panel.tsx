import type { CalculationStep, Granting, SharedView } from "#src/platform/applications/index.ts";
import { DefinitionList, Disclosure, Panel } from "../components/index.ts";
import { showBasis } from "../dates.ts";
import { Period } from "./parts.tsx";
import { type ApplicationShown, type ChangeShown, isHousehold, nameIn } from "./shown.ts";

/** Whom the rules would grant what, with the steps of the calculation and its legal basis. */
export const GrantingPanel = ({ view, personHref }: ApplicationShown) => (
  <CalculatedPanel view={view} granting={view.granting} personHref={personHref} />
);

/** The same of a report by which somebody joins. */
export const ChangeGrantingPanel = ({ view, personHref }: ChangeShown) =>
  view.granting ? (
    <CalculatedPanel view={view} granting={view.granting} personHref={personHref} />
  ) : null;

function CalculatedPanel(props: {
  view: SharedView;
  granting: Granting;
  personHref: (personNumber: string) => string;
}) {
  const { view, granting, personHref } = props;
  return (
    <Panel title="有効期間の計算">
      {granting.granted ? (
        <Periods view={view} periods={granting.periods} />
      ) : (
        <>
          <p class="result">{granting.reason}</p>
          {granting.unknownBirths?.map((number) => (
            <p key={number}>
              <a href={`${personHref(number)}#reckoned-birth`}>
                {`${nameIn(view, number)}のみなし生年月日を設定する`}
              </a>
            </p>
          ))}
        </>
      )}
      <Disclosure title="計算の過程と根拠">
        <Steps steps={granting.steps} />
        <p class="field-hint">根拠: {granting.basis.map(showBasis).join("／")}</p>
      </Disclosure>
    </Panel>
  );
}

function Periods(props: {
  view: SharedView;
  periods: Extract<Granting, { granted: true }>["periods"];
}) {
  const { view, periods } = props;
  if (!isHousehold(view)) {
    return periods.map(({ from, to }) => (
      <p key={from} class="result">
        <Period from={from} to={to} />
      </p>
    ));
  }
  return (
    <DefinitionList
      items={periods.map(
        (one) =>
          [nameIn(view, one.personNumber), <Period key={one.personNumber} {...one} />] as const,
      )}
    />
  );
}

/** Lines that belong together under one heading. */
function Steps({ steps }: { steps: readonly CalculationStep[] }) {
  return (
    <>
      {[...Map.groupBy(steps, ({ group }) => group)].map(([group, own]) => (
        <div key={group ?? ""}>
          {group && <h3>{group}</h3>}
          <DefinitionList items={own.map(({ label, value }) => [label, value] as const)} />
        </div>
      ))}
    </>
  );
}
