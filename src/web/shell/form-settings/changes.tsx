import type { ComponentChildren } from "preact";
import type { Purpose } from "#forms/index.ts";
import { isColour, type ProgramPapers, type Settings } from "#src/platform/printing/index.ts";
import { EmptyState, Table } from "../../components/index.ts";
import { Colour, Lines, Picture } from "./parts.tsx";
import { placesInWords, purposeTitles, textTitle } from "./words.ts";

/** Something that a proposal changes, as it is and as it would be. */
export interface Change {
  item: string;
  /** The form it is on; none for what is on every paper. */
  formId?: string;
  before: ComponentChildren;
  after: ComponentChildren;
}

/** What differs between two settings, in the order of the form. */
export function changesOf(papers: ProgramPapers, before: Settings, after: Settings): Change[] {
  const [old, now] = [before.content, after.content];
  const changes: Change[] = [];
  const compare = (item: string, one: string, other: string) => {
    if (one !== other) changes.push({ item, ...marked(one, other) });
  };
  compare("発行者の職名", old.issuer.title, now.issuer.title);
  compare("発行者の氏名", old.issuer.name, now.issuer.name);
  for (const [item, one, other] of [
    ["公印", before.seal, after.seal],
    ["ロゴ", before.logo, after.logo],
  ] as const)
    if (!Buffer.from(one ?? []).equals(Buffer.from(other ?? [])))
      changes.push({
        item,
        before: <Picture png={one} label={`いまの${item}`} />,
        after: <Picture png={other} label={`新しい${item}`} />,
      });
  for (const { id, title, wording = {} } of papers.forms) {
    for (const [key, builtIn] of Object.entries(wording)) {
      const [one, other] = [old.wording[id]?.[key] ?? builtIn, now.wording[id]?.[key] ?? builtIn];
      if (one === other) continue;
      const shown = isColour(builtIn)
        ? { before: <Colour value={one} />, after: <Colour value={other} /> }
        : marked(placesInWords(one), placesInWords(other));
      changes.push({ item: `${title} ${textTitle(key)}`, formId: id, ...shown });
    }
    const [one, other] = [allowed(old.reduceFor[id]), allowed(now.reduceFor[id])];
    if (one !== other)
      changes.push({ item: `${title} 縮退`, formId: id, before: one, after: other });
  }
  compare("縮退で置き換える字", reductions(old.reduceTo), reductions(now.reduceTo));
  return changes;
}

const allowed = (purposes: readonly Purpose[] = []) =>
  purposes.map((purpose) => purposeTitles[purpose]).join("、") || "しない";

const reductions = (reduceTo: Readonly<Record<string, string>>) =>
  Object.entries(reduceTo)
    .map((pair) => pair.join(" "))
    .join("\n");

/** Two texts with the part that differs marked in both. */
function marked(one: string, other: string): Pick<Change, "before" | "after"> {
  const [a, b] = [[...one], [...other]];
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const show = (text: readonly string[], part: (middle: string) => ComponentChildren) => (
    <Lines>
      {text.slice(0, head).join("")}
      {part(text.slice(head, text.length - tail).join(""))}
      {text.slice(text.length - tail).join("")}
    </Lines>
  );
  return {
    before: show(a, (middle) => middle && <del>{middle}</del>),
    after: show(b, (middle) => middle && <ins>{middle}</ins>),
  };
}

/** 旧 → 新, only what differs. */
export function ChangeTable({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0)
    return <EmptyState>それまでの設定から変わるところはありません。</EmptyState>;
  return (
    <Table
      caption="設定の変わるところ"
      columns={[
        { title: "項目", cell: ({ item }: Change) => item },
        { title: "それまで", cell: ({ before }) => before },
        { title: "この設定", cell: ({ after }) => after },
      ]}
      rows={changes}
    />
  );
}
