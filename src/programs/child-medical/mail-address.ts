import { readTable } from "#db/city/names.ts";
import { customerBarcode } from "#workflows/mail/customer-barcode.ts";

/** 区 and 町 that a postal code stands for; several for a few codes. */
const townsByPostalCode = Map.groupBy(
  readTable("towns.tsv")
    .slice(1)
    .map(([code = "", , office = "", town = ""]) => ({ code, name: `${office}${town}` })),
  ({ code }) => code,
);

/**
 * Bars of the customer barcode for an address as it was written down; `undefined` where the part behind
 * the town cannot be told, or the post wants no barcode.
 */
export function barcodeOf(to: {
  postalCode: string;
  address: string;
  building: string;
}): string | undefined {
  const address = to.address.replace(/^熊本県/, "");
  const town = townsByPostalCode.get(to.postalCode)?.find(({ name }) => address.startsWith(name));
  if (!town) return undefined;
  const barcode = customerBarcode(
    to.postalCode,
    `${address.slice(town.name.length)}　${to.building}`,
  );
  return "bars" in barcode ? barcode.bars : undefined;
}
