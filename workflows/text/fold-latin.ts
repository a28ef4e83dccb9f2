/** A name in the alphabet folded for search: no accents, capitals only, no spaces, hyphens or points. */
export function foldLatin(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/ß/g, "SS")
    .replace(/[øØ]/g, "O")
    .replace(/[łŁ]/g, "L")
    .replace(/[đĐ]/g, "D")
    .replace(/[æÆ]/g, "AE")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
