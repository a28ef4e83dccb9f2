import { expect, test } from "vitest";
import { builtInFonts, type CouponData, forms, inspectPiece, templateName } from "#forms/index.ts";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { mayStop } from "#src/platform/mailings/check-texts.ts";
import type { PreparedFile } from "#src/platform/mailings/prepare-file.ts";
import { printFiles } from "#src/platform/mailings/print-files.ts";

const samples = Object.values(vaccinationCoupon.samples);
const as = { form: vaccinationCoupon, fonts: builtInFonts, wording: {} };
/** Three files, the middle one with a piece that cannot be printed. */
async function* files() {
  for (const file of [1, 2, 3]) {
    const data = samples.map((sample) => (file === 2 ? unprintable(sample) : sample));
    yield { file, pieces: data.map((one) => ({ as, data: one })) } as unknown as PreparedFile;
  }
}
const unprintable = (data: CouponData): CouponData => ({
  ...data,
  person: { ...data.person, name: "見本　葛\u{e0102}子" },
});

test("すべてのコアで印刷しても、順番も中身も、ここで一つずつ印刷したときと一バイトも違わない", async () => {
  const here = await Array.fromAsync(printFiles(files(), undefined));
  const press = { form: vaccinationCoupon, supply: {}, wording: {}, workers: 2 };
  const onCores = await Array.fromAsync(printFiles(files(), press));
  expect(onCores.map(({ file }) => file)).toEqual([1, 2, 3]);
  for (const [place, { printed }] of onCores.entries()) {
    const other = here[place]?.printed;
    expect(printed.pages).toEqual(other?.pages);
    expect(printed.held).toEqual(other?.held);
    expect(Buffer.from(printed.pdf).equals(Buffer.from(other?.pdf ?? []))).toBe(true);
  }
  expect(onCores[1]?.printed.held).toHaveLength(samples.length);
});

test("先に外されるのは、様式も印字できないものだけで、見落としもない", () => {
  for (const form of forms)
    for (const [name, data] of Object.entries(form.samples)) {
      const stopped = inspectPiece(form, data).some(({ kind }) => kind === "unprintable");
      if (stopped) expect(mayStop(data, builtInFonts), `${templateName(form)} ${name}`).toBe(true);
    }
  const name = (text: string) => ({
    person: { name: text },
    notes: ["体調のよい日に"],
    seal: samples[0]?.issuer.seal,
  });
  for (const text of ["熊本　花子", "デ・ラ・クルス", "ｱｲｳ", "第2号棟 1234号室", "髙﨑"])
    expect(mayStop(name(text), builtInFonts), text).toBe(false);
  for (const text of ["葛\u{e0102}", "\u{e000}子", "\u{30edd}"])
    expect(mayStop(name(text), builtInFonts), text).toBe(true);
});
