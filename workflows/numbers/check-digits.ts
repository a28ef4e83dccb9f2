const DIGITS = /^\d+$/;

function digits(text: string): number[] {
  if (!DIGITS.test(text)) throw new RangeError("digits only");
  return Array.from(text, Number);
}

/** Modulus 10, weights 2,1,2,1,… from the right, products split into digits: insurers, public funds, clinics. */
export function mod10w21(base: string): string {
  const total = digits(base)
    .reverse()
    .reduce((sum, digit, index) => {
      const product = index % 2 === 0 ? digit * 2 : digit;
      return sum + (product > 9 ? product - 9 : product);
    }, 0);
  return String((10 - (total % 10)) % 10);
}

/** Check digit of the 11 base digits of a 個人番号 (行政手続における…規則, 平成26年総務省令第85号5条). */
export function individualCheckDigit(base: string): string {
  const remainder =
    digits(base)
      .reverse()
      .reduce((sum, digit, index) => sum + digit * (index < 6 ? index + 2 : index - 4), 0) % 11;
  return String(remainder <= 1 ? 0 : 11 - remainder);
}

/** Check digit of the 12 base digits of a 法人番号; it stands in front. */
export function corporateCheckDigit(base: string): string {
  const total = digits(base)
    .reverse()
    .reduce((sum, digit, index) => sum + digit * (index % 2 === 0 ? 1 : 2), 0);
  return String(9 - (total % 9));
}

/** Check digit of the 5 base digits of a 全国地方公共団体コード. */
export function localGovernmentCheckDigit(base: string): string {
  const total = digits(base).reduce((sum, digit, index) => sum + digit * (6 - index), 0);
  return String((11 - (total % 11)) % 10);
}

/** The base with its M10W21 check digit behind. */
export function withCheckDigit(base: string): string {
  return base + mod10w21(base);
}

/** A 個人番号 from its 11 base digits. */
export function withIndividualCheckDigit(base: string): string {
  return base + individualCheckDigit(base);
}

/** A 法人番号 from its 12 base digits. */
export function withCorporateCheckDigit(base: string): string {
  return corporateCheckDigit(base) + base;
}

/** A 全国地方公共団体コード from prefecture and municipality (5 digits). */
export function withLocalGovernmentCheckDigit(base: string): string {
  return base + localGovernmentCheckDigit(base);
}
