import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { presetOf } from "../city/index.ts";
import type { Work } from "../work.ts";

/** 根拠 of decisions as it holds on a day. @throws Problem 503 where the city has registered no scheme */
export const basisOn = async (
  work: Work,
  scheme: PresetArea<SubsidyScheme>,
  on: IsoDate,
): Promise<string> => valueOn((await presetOf(work, scheme, on)).basis, on);
