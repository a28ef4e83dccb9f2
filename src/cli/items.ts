import { placeInWords, type RecordItem } from "#src/platform/evidence/index.ts";
import { programs } from "#src/programs/registry.ts";
import type { Command } from "./command.ts";

const heading = ["特定個人情報ファイル", "番号", "記録項目", "所在"];

/** Prints every 記録項目 of the published assessment of a 事務 beside where it stands; status 1 where one stands nowhere (EVD). */
export const items: Command = {
  summary:
    "Prints the 記録項目 of a 事務 and where each stands, tab-separated. Exit status 1 where one stands nowhere.",
  positionals: "PROGRAM",
  async run({ words: [id = ""] }) {
    const program = programs.find((one) => one.id === id);
    if (!program?.recordItems) {
      const known = programs.filter(({ recordItems }) => recordItems).map((one) => one.id);
      console.error(
        `「${id}」という事務の記録項目はありません。次のどれかを指定してください: ${known.join("、")}`,
      );
      return 2;
    }
    console.log([heading.join("\t"), ...program.recordItems.map(lineOf)].join("\n"));
    const nowhere = program.recordItems.filter(({ place }) => "notHeld" in place);
    if (nowhere.length === 0) return 0;
    console.error(
      `${program.recordItems.length}項目のうち、この版が持たないものが${nowhere.length}項目あります。`,
    );
    return 1;
  },
};

const lineOf = ({ file, no, name, place }: RecordItem) =>
  [file, no, name, placeInWords(place)].join("\t");
