/** Addresses of the screens of coupons. */
export const paths = {
  coupons: "/vaccination/coupons",
  coupon: (number: string) => `/vaccination/coupons/${number}` as const,
} as const;
