import { render } from "preact-render-to-string";
import { countsOf, type EvidenceData, proofOf } from "#forms/index.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";

const style = `
body { font: 16px/1.6 "BIZ UDPGothic", "Noto Sans JP", sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1c; }
h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; margin-top: 2.5rem } h3 { font-size: 1.05rem }
table { border-collapse: collapse; width: 100% } caption { text-align: left; font-weight: bold; padding: .5rem 0 }
th, td { border: 1px solid #949494; padding: .25rem .5rem; text-align: left; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
.bad { color: #a30000; font-weight: bold }
@media print { section { break-inside: avoid } }`;

const stateClass = (state: string) =>
  state === "実施" || state === "保持" || state === "算出" ? undefined : "bad";

/** The report as one file that opens anywhere: no script, no picture, nothing fetched. */
export function evidencePage(data: EvidenceData): string {
  const { city, program, madeOn, testedOn, files, promises, figures, year, unguarded } = data;
  const heading = `${program} 特定個人情報保護評価 点検報告書`;
  return `<!doctype html>\n${render(
    <html lang="ja">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{heading}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <h1>{heading}</h1>
        <p>
          {city}　作成日 {formatWareki(madeOn)}　試験の実施{" "}
          {testedOn ? (
            formatWareki(testedOn)
          ) : (
            <span class="bad">この環境では実施していません</span>
          )}
        </p>
        <h2>1　記録項目（別添）</h2>
        <p>
          {countsOf(
            ["保持", "算出", "未保持", "所在不明"],
            files.flatMap(({ items }) => items),
          )}
        </p>
        {files.map(({ title, items }) => (
          <table key={title}>
            <caption>{title}</caption>
            <thead>
              <tr>
                <th scope="col">番号</th>
                <th scope="col">記録項目</th>
                <th scope="col">状態</th>
                <th scope="col">所在</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ no, name, state, place }) => (
                <tr key={no}>
                  <td class="number">{no}</td>
                  <td>{name}</td>
                  <td class={stateClass(state)}>{state}</td>
                  <td>{place}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
        <h2>2　約束した措置</h2>
        <p>{countsOf(["実施", "要確認", "未対応"], promises)}</p>
        {promises.map((promise) => (
          <section key={promise.id} id={promise.id}>
            <h3>
              {promise.id}　{promise.group}　
              <span class={stateClass(promise.state)}>{promise.state}</span>
            </h3>
            <p>{promise.text}</p>
            <ul>
              {proofOf(promise).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        ))}
        <h2>3　{year}の記録</h2>
        {figures.length === 0 ? (
          <p>この年度の記録はありません。</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">記録</th>
                <th scope="col">件数</th>
                <th scope="col">職員</th>
                <th scope="col">対象の方</th>
              </tr>
            </thead>
            <tbody>
              {figures.map(({ title, records, staff, people }) => (
                <tr key={title}>
                  <td>{title}</td>
                  <td class="number">{records.toLocaleString("ja-JP")}</td>
                  <td class="number">{staff.toLocaleString("ja-JP")}</td>
                  <td class="number">{people.toLocaleString("ja-JP")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <h2>4　行の保護のない表</h2>
        <p class={unguarded.length > 0 ? "bad" : undefined}>
          {unguarded.length > 0
            ? unguarded.join("、")
            : "ありません。すべての表で、行ごとの保護が働いています。"}
        </p>
      </body>
    </html>,
  )}\n`;
}
