import type { ComponentChildren } from "preact";

/**
 * A page of the handbook as it stands on the screen. The handbook uses headings of two levels, paragraphs, lists, tables, bold,
 * code and links to its other pages, and nothing else of Markdown.
 */
export function Markdown({
  text,
  link,
}: {
  text: string;
  link: (href: string) => string | undefined;
}) {
  const inline = (line: string) => inlineOf(line, link);
  return (
    <>
      {text
        .trim()
        .split(/\n{2,}/)
        .map((block, index) => (
          <Block key={index} lines={block.split("\n")} inline={inline} />
        ))}
    </>
  );
}

type Inline = (line: string) => ComponentChildren;

function Block({ lines, inline }: { lines: readonly string[]; inline: Inline }) {
  const [first = "", ...rest] = lines;
  const [, marks, title] = /^(#{1,2}) (.*)$/.exec(first) ?? [];
  if (title !== undefined)
    return (
      <>
        {marks === "#" ? <h1>{inline(title)}</h1> : <h2>{inline(title)}</h2>}
        {rest.length > 0 && <Block lines={rest} inline={inline} />}
      </>
    );
  if (first.startsWith("|")) return <TableOf lines={lines} inline={inline} />;
  if (bullet.test(first)) return <ul>{itemsOf(lines, bullet, inline)}</ul>;
  if (numbered.test(first)) return <ol>{itemsOf(lines, numbered, inline)}</ol>;
  return <p>{inline(lines.join(""))}</p>;
}

const bullet = /^- /;
const numbered = /^\d+\. /;

const itemsOf = (lines: readonly string[], mark: RegExp, inline: Inline) =>
  lines.map((line) => <li key={line}>{inline(line.replace(mark, ""))}</li>);

function TableOf({ lines, inline }: { lines: readonly string[]; inline: Inline }) {
  const cells = (line: string) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [head = "", , ...rows] = lines;
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            {cells(head).map((cell) => (
              <th key={cell} scope="col">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {cells(row).map((cell, index) => (
                <td key={index}>{inline(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inlineOf(line: string, link: (href: string) => string | undefined): ComponentChildren {
  return line.split(/(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\([^)]+\))/).map((part, index) => {
    if (part.startsWith("**")) return <strong key={index}>{part.slice(2, -2)}</strong>;
    if (part.startsWith("`")) return <code key={index}>{part.slice(1, -1)}</code>;
    const [, words, href] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part) ?? [];
    if (!href) return part;
    const to = link(href);
    if (!to) return words;
    return (
      <a key={index} href={to}>
        {words}
      </a>
    );
  });
}
