/**
 * Bytes as PostgreSQL reads them in an array. postgres.js takes the type of an array from its first
 * element and would send bytes as no array at all; sent as text[] and cast, they arrive.
 */
export const hex = <T extends Buffer | null>(bytes: T) =>
  bytes === null ? null : `\\x${bytes.toString("hex")}`;
