import { describe, expect, test } from "vitest";
import { childMedicalCertificate } from "#forms/child-medical/certificate.ts";
import { type Form, forms, paymentPostcard, type Recipient, writeForm } from "#forms/index.ts";
import { envelopeWindow } from "#forms/language/letter.ts";
import { leaf } from "#forms/language/postcard.ts";
import { premiumNotice } from "#forms/long-term-care/premium-notice.ts";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { couponSheet } from "#forms/vaccination/coupon-sheet.ts";
import { reminderPostcard } from "#forms/vaccination/reminder-postcard.ts";
import { requestClaim } from "#forms/vaccination/request-claim.ts";
import { requestReport } from "#forms/vaccination/request-report.ts";
import { crop, inkIn, readCodes, readCustomerBars, renderPages } from "./render.ts";

const DPI = 300;

async function firstPage<Data>(form: Form<Data>, data: Data, dpi = DPI) {
  const [page] = await renderPages(await writeForm(form, [data]), dpi, 1);
  if (!page) throw new Error("no page");
  return page;
}

/** The lower part of the page, where both forms have their codes. */
const CODES = { x: 60, y: 170, width: 140, height: 110 };

/** What is read there, by the kind of code. */
async function codesOn<Data>(form: Form<Data>, data: Data) {
  const part = crop(await firstPage(form, data), CODES, DPI);
  return async (format: "QRCode" | "Codabar"): Promise<string[]> =>
    (await readCodes(part, format)).map((bytes) => bytes.toString("latin1"));
}

describe("接種券のコード", () => {
  for (const [sample, data] of Object.entries(vaccinationCoupon.samples)) {
    test(`QRコードとNW-7から18桁の番号が読める（${sample}）`, async () => {
      const { kind, dose, municipality, serial } = data.number;
      const digits = kind + dose + municipality + serial;
      const read = await codesOn(vaccinationCoupon, data);
      expect(await read("QRCode")).toEqual([digits]);
      expect(await read("Codabar")).toEqual([`A${digits}A`]);
    });
  }
});

describe("接種券つづりのコード", () => {
  test("切り取った1枚ずつから、その券の18桁の番号が読める", async () => {
    for (const data of Object.values(couponSheet.samples)) {
      const pages = await renderPages(await writeForm(couponSheet, data), DPI);
      const cells = pages.flatMap((page, number) =>
        Array.from({ length: number === 0 ? 6 : 8 }, (_, cell) => {
          const top = (number === 0 ? 2 : 1) + Math.floor(cell / 2);
          const place = { x: 15 + 90 * (cell % 2), y: 49.5 * top, width: 90, height: 49.5 };
          return crop(page, place, DPI);
        }),
      );
      for (const [index, { number }] of data.coupons.entries()) {
        const digits = number.kind + number.dose + number.municipality + number.serial;
        const cell = cells[index];
        if (!cell) throw new Error("fewer coupons than sent");
        const read = async (format: "QRCode" | "Codabar") =>
          (await readCodes(cell, format)).map((bytes) => bytes.toString("latin1"));
        expect(await read("QRCode")).toEqual([digits]);
        expect(await read("Codabar")).toEqual([`A${digits}A`]);
      }
    }
  });
});

describe("受給者証のコード", () => {
  test("QRコードから署名付きの記載が読める", async () => {
    for (const data of Object.values(childMedicalCertificate.samples))
      expect(await (await codesOn(childMedicalCertificate, data))("QRCode")).toEqual([
        data.statement,
      ]);
  });
  test("読めないほど細かくなる内容は断る", async () => {
    const [data] = Object.values(childMedicalCertificate.samples);
    if (!data) throw new Error("no sample");
    await expect(
      writeForm(childMedicalCertificate, { ...data, statement: "あ".repeat(700) }),
    ).rejects.toThrow(RangeError);
  });
});

function isLetter(data: unknown): data is { to: Recipient } {
  return typeof data === "object" && data !== null && "to" in data;
}

/** A module of the slip's barcode is 0.19 mm. */
const FINE = 450;

describe("納付書のコード", () => {
  test("コンビニ収納用のGS1-128から44桁の番号が読める", async () => {
    for (const data of Object.values(premiumNotice.samples)) {
      const pages = await renderPages(await writeForm(premiumNotice, data), FINE);
      const read: string[] = [];
      for (const page of pages.slice(-Math.ceil(data.slips.length / 3)))
        for (const top of [55, 154, 253]) {
          const strip = crop(page, { x: 122, y: top, width: 60, height: 32 }, FINE);
          read.push(
            ...(await readCodes(strip, "Code128")).map((bytes) => bytes.toString("latin1")),
          );
        }
      expect(read.map((text) => text.replace(/\D/g, ""))).toEqual(
        data.slips.map(({ barcode }) => barcode),
      );
    }
  });
});

/** Enough for bars of 0.6 mm. */
const COARSE = 180;

/** Papers that are sent back bear the office in the window, whose mail needs no barcode. */
const sentBack: readonly unknown[] = [requestReport, requestClaim];

describe("窓あき封筒の宛名", () => {
  for (const form of forms)
    for (const [sample, data] of Object.entries(form.samples)) {
      if (!isLetter(data) || form.size.height !== 297) continue;
      test(`${form.title}（${sample}）: 宛名だけが窓の中にあり、バーコードが読める`, async () => {
        const page = await firstPage(form, data, COARSE);
        const { x, y, width, height } = envelopeWindow;
        const safe = { x: x + 3, y: y + 3, width: width - 6, height: height - 6 };
        const around = { x: x - 6, y: y - 8, width: width + 12, height: height + 12 };
        expect(inkIn(page, safe, COARSE)).toBeGreaterThan(400);
        expect(inkIn(page, around, COARSE)).toBe(inkIn(page, safe, COARSE));
        if (data.to.barcode && !sentBack.includes(form)) {
          const strip = { x: x + 3, y: y + height - 7.6, width: width - 6, height: 3.6 };
          expect(readCustomerBars(page, strip, COARSE)).toBe(data.to.barcode);
        }
      });
    }
});

describe("圧着はがきの宛名", () => {
  const cards = [
    { form: reminderPostcard, side: 1 },
    { form: paymentPostcard, side: 0 },
  ];
  for (const { form, side } of cards)
    for (const [sample, data] of Object.entries(form.samples)) {
      const { to } = data;
      test(`${form.title}（${sample}）: 宛名の面のバーコードが読める`, async () => {
        const page = await firstPage(form as Form<unknown>, data, COARSE);
        const { x, width } = leaf(side);
        const strip = { x, y: 84.4, width, height: 3.6 };
        expect(readCustomerBars(page, strip, COARSE)).toBe(to.barcode ?? "");
      });
    }
});
