import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import type { Feed, FeedKind, Finding } from "./kind.ts";
import { type Layout, parseLayout, readFileName } from "./layout.ts";
import { residents } from "./residents/kind.ts";
import { tax } from "./tax/kind.ts";
import { welfare } from "./welfare/kind.ts";

/** Kinds that any 事務 may use; a 事務 declares its own. */
const common = [residents, tax, welfare] as unknown as FeedKind[];
const kinds = new Map<string, FeedKind>(common.map((kind) => [kind.id, kind]));

/** Makes a kind of a 事務 known; called where the 事務 is set up. */
export function declareFeedKind<Row, Found extends Finding>(kind: FeedKind<Row, Found>): void {
  kinds.set(kind.id, kind as FeedKind);
}

/** Every kind of feed of the house. */
export const feedKinds = (): readonly FeedKind[] => [...kinds.values()];

/** The kind of an import; throws where it is not known any more. */
export function feedKind(id: string): FeedKind {
  const kind = kinds.get(id);
  if (!kind) throw new Error(`no feed of the kind ${id}`);
  return kind;
}

/** A kind in the layout that this house describes. */
export function standardFeed<Row, Found extends Finding>(kind: FeedKind<Row, Found>): Feed {
  return { kind: kind as FeedKind, layout: parseLayout(kind.standardLayout, kind) };
}

/** Folder of the column maps of other vendors, one JSON file each, inside the data folder. */
const mapsFolder = ({ dataFolder }: Platform) => join(dataFolder, "feed-layouts");

/** Every kind in every layout: the standard ones, and those of the column maps in the data folder. */
export async function allFeeds(platform: Platform): Promise<Feed[]> {
  const folder = mapsFolder(platform);
  const names = await readdir(folder).catch(() => []);
  const maps = names.filter((name) => name.endsWith(".json")).toSorted();
  const others = maps.map(async (name) =>
    feedOfMap(name, await readFile(join(folder, name), "utf8")),
  );
  return [...feedKinds().map(standardFeed), ...(await Promise.all(others))];
}

function feedOfMap(name: string, text: string): Feed {
  try {
    const json = JSON.parse(text) as Partial<Layout>;
    const kind = feedKind(json.kind ?? "");
    return { kind, layout: parseLayout(json, kind) };
  } catch (error) {
    throw new Problem({
      status: 422,
      message: `項目の対応表 ${name} に誤りがあります。`,
      details: [error instanceof Error ? error.message : String(error)],
    });
  }
}

/** Those feeds whose files have such a name. */
export const feedsForFile = (feeds: readonly Feed[], name: string): Feed[] =>
  feeds.filter(({ layout }) => readFileName(layout, name) !== undefined);

/** The feed of an import: its kind, and the layout in which it came. */
export async function feedOf(
  platform: Platform,
  entry: { kind: string; layout: string },
): Promise<Feed> {
  const feeds = await allFeeds(platform);
  const found = feeds.find(
    ({ kind, layout }) => kind.id === entry.kind && layout.id === entry.layout,
  );
  if (!found)
    throw new Problem({ status: 422, message: `項目の対応表 ${entry.layout} が見つかりません。` });
  return found;
}
