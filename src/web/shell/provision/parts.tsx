import { allFileItems, fileItems, type ProvidedLine } from "#src/platform/provision/index.ts";
import { DefinitionList } from "../../components/index.ts";

export const wayTitles = {
  file: "暗号化したファイル",
  paper: "紙",
  network: "情報提供ネットワークシステム",
} as const;

/** Items in words, in the order of the list; what the list does not have is told as something else. */
export function itemsInWords(items: readonly string[]): string {
  const listed = allFileItems.filter((item) => items.includes(item));
  const words: string[] = listed.map((item) => fileItems[item]);
  return [...words, ...(listed.length < items.length ? ["その他"] : [])].join("、");
}

export const Lines = ({ lines }: { lines: readonly ProvidedLine[] }) => (
  <DefinitionList items={lines.map(({ title, value }) => [title, value || "―"] as const)} />
);
