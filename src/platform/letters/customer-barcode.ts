import { customerBarcode } from "#workflows/mail/customer-barcode.ts";
import { behindTowns } from "../city/index.ts";
import type { Work } from "../work.ts";

/**
 * Bars of the customer barcode for each address, as it was written down on one line. Nothing where the part behind the town
 * cannot be told, or the post wants no barcode.
 */
export async function barcodesOf(
  work: Work,
  addresses: readonly { postalCode: string; address: string; building: string }[],
): Promise<(string | undefined)[]> {
  const blocks = await behindTowns(work, addresses);
  return addresses.map(({ postalCode, building }, at) => {
    const block = blocks[at];
    return block === undefined ? undefined : registeredBarcode({ postalCode, block, building });
  });
}

/** The same for an address of the register, where the part behind the town stands apart. */
export function registeredBarcode(to: {
  postalCode: string;
  block: string;
  building: string;
}): string | undefined {
  const barcode = customerBarcode(to.postalCode, `${to.block}　${to.building}`);
  return "bars" in barcode ? barcode.bars : undefined;
}
