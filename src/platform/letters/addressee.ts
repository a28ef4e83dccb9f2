import type { Recipient } from "#forms/index.ts";
import type { Work } from "../work.ts";
import { barcodesOf } from "./customer-barcode.ts";

/** Whom a letter goes to, as it was entered. */
export interface Addressee {
  name: string;
  postalCode: string;
  address: string;
  building: string;
}

/** Addressees in the shape of the window of an envelope, with the customer barcode where the post wants one. */
export async function recipientsOf(work: Work, to: readonly Addressee[]): Promise<Recipient[]> {
  const barcodes = await barcodesOf(work, to);
  return to.map(({ name, postalCode, address, building }, at) => {
    const barcode = barcodes[at];
    return {
      postalCode,
      address,
      name,
      ...(building ? { building } : {}),
      ...(barcode ? { barcode } : {}),
    };
  });
}

/** The same of one. */
export async function recipientOf(work: Work, to: Addressee): Promise<Recipient> {
  const [recipient] = await recipientsOf(work, [to]);
  if (!recipient) throw new Error("an addressee gives a recipient");
  return recipient;
}
