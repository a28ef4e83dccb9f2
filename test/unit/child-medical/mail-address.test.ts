import { expect, it } from "vitest";
import { barcodeOf } from "#src/programs/child-medical/mail-address.ts";
import { customerBarcode } from "#workflows/mail/customer-barcode.ts";

const place = { postalCode: "8600004", address: "熊本市中央区新町２丁目４番２７号", building: "" };

it("an address of the city carries the barcode of what stands behind its town", () => {
  const wanted = customerBarcode("8600004", "2-4-27");
  expect(barcodeOf(place)).toBe("bars" in wanted ? wanted.bars : "");
  expect(barcodeOf({ ...place, address: `熊本県${place.address}` })).toBe(barcodeOf(place));
  expect(barcodeOf({ ...place, building: "見本ハイツ１０１" })).not.toBe(barcodeOf(place));
});

it("where town and postal code do not fit each other there is none, rather than a wrong one", () => {
  expect(barcodeOf({ ...place, postalCode: "8620903" })).toBeUndefined();
  expect(barcodeOf({ ...place, address: "福岡県福岡市見本町１番" })).toBeUndefined();
});
