import type { Done } from "#src/platform/cases/index.ts";
import { addressOf, type ListAddress } from "#src/web/cases/list-address.ts";
import type { Days } from "../by-part.ts";
import type { Asked } from "../sheet.ts";

/** The list of the cases behind a figure: of the same office, whatever has become of them since. */
export const behind = (
  program: string,
  { office }: Pick<Asked, "office">,
  choice: ListAddress,
): `/${string}` => addressOf(program, { state: "all", office, ...choice });

/** Cases with which something was done on one of the days. */
export const doneOn = (done: Done, { from, to }: Days): ListAddress => ({
  done,
  doneFrom: from,
  doneTo: to,
});
