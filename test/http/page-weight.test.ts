import { statSync } from "node:fs";
import { get } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fontFaces, fontFile } from "#src/web/fonts.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const address = await openTestApp(city).listen();

/** A page as it goes over the line to a browser that takes Brotli. */
function sent(path: string, cookie = ""): Promise<{ status: number; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    get(`${address}${path}`, { headers: { cookie, "accept-encoding": "br" } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(parts) }),
      );
    }).on("error", reject);
  });
}

/** The slices of both weights that hold one of the characters. */
function slicesFor(text: string): string[] {
  const characters = [...new Set(text)].map((one) => one.codePointAt(0) ?? 0);
  return fontFaces.split("\n").flatMap((face) => {
    const file = /fonts\/([\w-]+\.woff2)/.exec(face)?.[1] ?? "";
    const ranges = /unicode-range:([^}]*)/.exec(face)?.[1]?.split(",") ?? [];
    const holds = ranges.some((range) => {
      const [from = "", to = from] = range.trim().slice(2).split("-");
      return characters.some(
        (one) => one >= Number.parseInt(from, 16) && one <= Number.parseInt(to, 16),
      );
    });
    return holds && face.includes("BIZ UDGothic") ? [file] : [];
  });
}

const bytesOf = (file: string): number => statSync(fontFile(file) ?? "").size;

describe("画面の重さ", () => {
  test.each([
    "/",
    "/people",
    "/child-medical/cases",
    "/single-parent-medical/cases",
    "/intractable-disease/cases",
    "/receipts",
    "/help",
  ])("%s は圧縮して6KBまで", async (path) => {
    const { sessionToken } = await city.actor("clerk1");
    const { status, bytes } = await sent(path, `madoguchi_session=${sessionToken}`);
    expect(status).toBe(200);
    expect(bytes.length).toBeLessThan(6_000);
  });

  test("書体を持たない端末が最初の画面で読む書体は400KBまでで、1年保たれる", async () => {
    const { bytes } = await sent("/sign-in");
    const shown = brotliDecompressSync(bytes)
      .toString()
      .replaceAll(/<[^>]*>/g, "");
    const slices = slicesFor(shown);
    expect(slices.length).toBeGreaterThan(5);
    expect(slices.map(bytesOf).reduce((sum, one) => sum + one, 0)).toBeLessThan(400_000);
    const slice = await fetch(`${address}/assets/fonts/${slices[0]}`);
    expect(slice.headers.get("content-type")).toBe("font/woff2");
    expect(slice.headers.get("cache-control")).toContain("immutable");
    expect((await slice.arrayBuffer()).byteLength).toBe(bytesOf(slices[0] ?? ""));
  });

  test("書体の名前でほかのファイルは読めない", async () => {
    for (const name of ["package.json", "..%2fpackage.json", "biz-udgothic-0-400-normal.woff"])
      expect((await fetch(`${address}/assets/fonts/${name}`)).status, name).toBe(404);
  });
});
