import type { Recipient } from "#forms/index.ts";
import type { Work } from "../work.ts";
import { barcodeOf } from "./customer-barcode.ts";

/** Whom a letter goes to, as it was entered. */
export interface Addressee {
  name: string;
  postalCode: string;
  address: string;
  building: string;
}

/** The addressee in the shape of the window of an envelope, with the customer barcode where the post wants one. */
export async function recipientOf(work: Work, to: Addressee): Promise<Recipient> {
  const { name, postalCode, address, building } = to;
  const barcode = await barcodeOf(work, to);
  return {
    postalCode,
    address,
    name,
    ...(building ? { building } : {}),
    ...(barcode ? { barcode } : {}),
  };
}
