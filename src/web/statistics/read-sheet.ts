import { office } from "#db/schema/access.ts";
import type { Work } from "#src/platform/work.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Choice } from "../components/index.ts";
import type { Values } from "../values.ts";
import { officeChoices, readAsked } from "./asked.ts";
import type { Asked, FigureTable, Sheet } from "./sheet.ts";

/** A sheet as it is shown or copied. */
export interface ReadSheet {
  sheet: Sheet;
  asked: Asked;
  offices: readonly Choice[];
  /** 令和8年度 月別・東区. */
  words: string;
  exact: boolean;
  tables: readonly FigureTable[];
}

/** The sheet that is asked for, and what is chosen on it; the first where it names none. */
export async function askedSheet(
  work: Work,
  { program, sheets }: { program: string; sheets: readonly [Sheet, ...Sheet[]] },
  values: Values,
): Promise<Omit<ReadSheet, "exact" | "tables">> {
  const sheet = sheets.find(({ id }) => id === values.text("sheet")) ?? sheets[0];
  const found = await work.tx
    .select({ code: office.code, name: office.name })
    .from(office)
    .orderBy(office.code);
  const offices = officeChoices(work.actor, program, found);
  const asked = readAsked(values, work.platform.clock.today(), offices);
  return { sheet, asked, offices, words: wordsOf(sheet, asked, offices) };
}

/** The same with its figures. */
export async function readSheet(...asks: Parameters<typeof askedSheet>): Promise<ReadSheet> {
  const [work] = asks;
  const found = await askedSheet(...asks);
  const { sheet, asked } = found;
  return {
    ...found,
    exact: await sheet.exact(work, asked),
    tables: await sheet.read(work, asked),
  };
}

function wordsOf({ asks, byOffice }: Sheet, asked: Asked, offices: readonly Choice[]): string {
  const time = {
    period: asked.period.title,
    day: `${formatWareki(asked.on)}の時点`,
    now: "今の状態",
  }[asks];
  const place = offices.find(({ value }) => value === asked.office)?.label;
  return [time, byOffice && offices.length > 0 && (place ?? "すべての区")]
    .filter(Boolean)
    .join("・");
}
