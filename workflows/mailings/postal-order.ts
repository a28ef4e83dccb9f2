/** An address as far as the order of a mailing needs it. */
export interface OrderedAddress {
  /** Seven digits. */
  postalCode: string;
  /** The address in one line; figures of any width. */
  address: string;
}

/**
 * A key by which pieces sort in postal order: postal code, then address with its figures compared
 * as numbers (2番 before 10番). The same on every machine, since no collation takes part.
 */
export function postalOrderKey({ postalCode, address }: OrderedAddress): string {
  const folded = address.normalize("NFKC").replace(/\d+/g, (figures) => figures.padStart(6, "0"));
  return `${postalCode} ${folded}`;
}
