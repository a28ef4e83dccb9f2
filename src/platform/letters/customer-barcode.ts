import { customerBarcode } from "#workflows/mail/customer-barcode.ts";
import { behindTown } from "../city/index.ts";
import type { Work } from "../work.ts";

/**
 * Bars of the customer barcode for an address: as the register has it, with the part behind the town apart, or as it was
 * written down on one line. Nothing where that part cannot be told, or the post wants no barcode.
 */
export async function barcodeOf(
  work: Work,
  { postalCode, address, building }: { postalCode: string; address: string; building: string },
): Promise<string | undefined> {
  const block = await behindTown(work, { postalCode, address });
  return block === undefined ? undefined : registeredBarcode({ postalCode, block, building });
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
