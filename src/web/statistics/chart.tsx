import type { ComponentChildren } from "preact";
import { marksUpTo } from "./scale.ts";
import type { FigureTable } from "./sheet.ts";

/** A series of a chart: a value for each label. */
interface Series {
  title: string;
  values: readonly (number | null)[];
}

interface ChartProps {
  /** Makes the ids of its parts its own on the page. */
  id: string;
  title: string;
  unit: string;
  labels: readonly string[];
  series: readonly Series[];
}

const width = 960;
const figure = (value: number) => value.toLocaleString("ja-JP");

/** The charted columns of a table as a picture; nothing where nothing was counted. */
export function FigureChart({ id, table }: { id: string; table: FigureTable }) {
  const { columns, rows, title, chart } = table;
  const charted = columns.flatMap(({ charted, ...column }, at) =>
    charted ? { ...column, at } : [],
  );
  const unit = charted[0]?.unit;
  const series = charted.map(({ title, at }) => ({
    title,
    values: rows.map(({ figures }) => figures[at]?.value ?? null),
  }));
  if (!unit || series.every(({ values }) => values.every((value) => !value))) return null;
  const props = { id, title, unit, labels: rows.map((row) => row.title), series };
  return chart === "columns" ? <ColumnChart {...props} /> : <BarChart {...props} />;
}

/** Columns along the time. */
function ColumnChart(props: ChartProps) {
  const { id, unit, labels, series } = props;
  const [left, top, height] = [56, 44, 190];
  const marks = marksUpTo(mostOf(series));
  const up = (value: number) => top + height - (value / (marks.at(-1) ?? 1)) * height;
  const step = (width - left) / labels.length;
  const thick = Math.min(36, (step * 0.8) / series.length);
  const begin = (group: number, n: number) =>
    left + step * (group + 0.5) + thick * (n - series.length / 2);
  return (
    <Frame {...props} height={top + height + 24}>
      {marks.map((mark) => (
        <g key={mark}>
          <line class="chart-grid" x1={left} x2={width} y1={up(mark)} y2={up(mark)} />
          <text x={left - 6} y={up(mark) + 4} text-anchor="end">
            {figure(mark)}
          </text>
        </g>
      ))}
      <text x={left - 6} y={top - 12} text-anchor="end">
        （{unit}）
      </text>
      {series.map(({ title, values }, n) => (
        <g key={title}>
          {values.map((value, group) =>
            value === null ? null : (
              <>
                <rect
                  class="chart-mark"
                  fill={`url(#${id}-${n})`}
                  x={begin(group, n)}
                  y={up(value)}
                  width={thick - 1}
                  height={top + height - up(value)}
                />
                {value > 0 && thick >= 18 && (
                  <text
                    class="chart-value"
                    x={begin(group, n) + thick / 2}
                    y={up(value) - 3}
                    text-anchor="middle"
                  >
                    {figure(value)}
                  </text>
                )}
              </>
            ),
          )}
        </g>
      ))}
      {labels.map((label, group) => (
        <text
          key={label}
          x={left + step * (group + 0.5)}
          y={top + height + 17}
          text-anchor="middle"
        >
          {label.replace(/^(.+)年(?!度)/, (_, year) =>
            group === 0 || label.endsWith("年1月") ? `${year}年` : "",
          )}
        </text>
      ))}
    </Frame>
  );
}

/** Bars side by side, each with its name: states, hands, ages. */
function BarChart(props: ChartProps) {
  const { id, unit, labels, series } = props;
  const [left, top, thick] = [230, 54, 14];
  const each = thick * series.length + 10;
  const marks = marksUpTo(mostOf(series), 8);
  const along = (value: number) => left + (value / (marks.at(-1) ?? 1)) * (width - left - 60);
  const bottom = top + labels.length * each;
  return (
    <Frame {...props} height={bottom + 8}>
      {marks.map((mark) => (
        <g key={mark}>
          <line class="chart-grid" x1={along(mark)} x2={along(mark)} y1={top - 4} y2={bottom} />
          <text x={along(mark)} y={top - 9} text-anchor="middle">
            {figure(mark)}
          </text>
        </g>
      ))}
      <text x={width - 4} y={top - 9} text-anchor="end">
        （{unit}）
      </text>
      {labels.map((label, row) => (
        <g key={label}>
          <text x={left - 8} y={top + row * each + (each - 10) / 2 + 8} text-anchor="end">
            {label}
          </text>
          {series.map(({ title, values }, n) => {
            const value = values[row] ?? null;
            if (value === null) return null;
            const y = top + row * each + 5 + n * thick;
            return (
              <g key={title}>
                <rect
                  class="chart-mark"
                  fill={`url(#${id}-${n})`}
                  x={left}
                  y={y}
                  width={along(value) - left}
                  height={thick - 2}
                />
                <text class="chart-value" x={along(value) + 5} y={y + thick - 4}>
                  {figure(value)}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </Frame>
  );
}

const mostOf = (series: readonly Series[]): number =>
  Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)));

/** The picture with its name and its legend. Series differ by pattern too, so that they can be told apart in black and white. */
function Frame(props: ChartProps & { height: number; children: ComponentChildren }) {
  const { id, title, unit, series, height, children } = props;
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-title`}>
        <title
          id={`${id}-title`}
        >{`${title}のグラフ（単位 ${unit}）。同じ数が下の表にあります。`}</title>
        <defs>
          {series.map(({ title }, n) => (
            <Pattern key={title} id={`${id}-${n}`} n={n} />
          ))}
        </defs>
        {series.map(({ title }, n) => (
          <g key={title}>
            <rect
              class="chart-mark"
              fill={`url(#${id}-${n})`}
              x={80 + n * 190}
              y={4}
              width={18}
              height={14}
            />
            <text x={104 + n * 190} y={16}>
              {title}
            </text>
          </g>
        ))}
        {children}
      </svg>
    </figure>
  );
}

/** Full, striped, dotted, crossed. */
function Pattern({ id, n }: { id: string; n: number }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect class={`chart-ground-${n}`} width="6" height="6" />
      {n === 1 && <path class="chart-line-1" d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2" />}
      {n === 2 && <circle class="chart-dot-2" cx="3" cy="3" r="1.5" />}
      {n === 3 && <path class="chart-line-3" d="M0,3 h6 M3,0 v6" />}
    </pattern>
  );
}
