import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { accepting, pmhOf, type SentRow } from "#test/support/pmh.ts";

// PMHとの通信：クライアント証明書を求める接続先に、市の証明書で、市が確かめられる相手にだけ送る。

const city = await openTestPlatform();
const counter = counterOf(city);
const pmh = pmhOf(city);
const openssl = promisify(execFile);

const folder = await mkdtemp(join(tmpdir(), "madoguchi-tls-"));
const at = (name: string) => join(folder, name);
const requests: { rows: SentRow[]; client: string; authorization: string | undefined }[] = [];
let address = "";
let close = async () => {};

/** An authority, and what it certified: a key with its certificate. */
async function authority(name: string) {
  await openssl("openssl", [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
    "-subj",
    `/CN=${name}`,
    "-keyout",
    at(`${name}.key`),
    "-out",
    at(`${name}.pem`),
  ]);
  return async (subject: string) => {
    await openssl("openssl", [
      "req",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-subj",
      `/CN=${subject}`,
      "-keyout",
      at(`${subject}.key`),
      "-out",
      at(`${subject}.csr`),
    ]);
    await writeFile(at(`${subject}.ext`), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    await openssl("openssl", [
      "x509",
      "-req",
      "-in",
      at(`${subject}.csr`),
      "-CA",
      at(`${name}.pem`),
      "-CAkey",
      at(`${name}.key`),
      "-CAcreateserial",
      "-days",
      "2",
      "-extfile",
      at(`${subject}.ext`),
      "-out",
      at(`${subject}.pem`),
    ]);
    const both = [await readFile(at(`${subject}.pem`)), await readFile(at(`${subject}.key`))];
    return Buffer.concat(both);
  };
}

/** What the administrator of the server lays into the folder of the data folder. */
const laid = async (name: string, content: Buffer | string) => {
  const own = join(city.platform.dataFolder, "pmh");
  await mkdir(own, { recursive: true });
  await writeFile(join(own, name), content);
};
const gone = (name: string) => rm(join(city.platform.dataFolder, "pmh", name), { force: true });

let ofCity: Buffer;
let ofStranger: Buffer;
beforeAll(async () => {
  const certify = await authority("hub-authority");
  const hub = await certify("hub");
  ofCity = await certify("city");
  ofStranger = await (await authority("other-authority"))("stranger");
  const server = createServer(
    {
      key: hub,
      cert: hub,
      ca: await readFile(at("hub-authority.pem")),
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
    },
    async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const rows = JSON.parse(Buffer.concat(parts).toString()) as SentRow[];
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      requests.push({
        rows,
        client: String(subject.CN),
        authorization: request.headers.authorization,
      });
      response.writeHead(200, { "content-type": "application/json" });
      response.end(accepting(rows));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `https://localhost:${(server.address() as AddressInfo).port}/register`;
  close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  await counter.toIssued(await counter.family());
  await pmh.setUp({ address, clientCertificate: "city.pem" });
}, 120_000);
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

/** A run sent until it is answered or stands still; what stopped it. */
async function sent(id: string): Promise<{ state: string; interruption: string | null }> {
  await pmh.send(id);
  const { run } = await pmh.read(id);
  return { state: run.state, interruption: run.interruption };
}

test("証明書のファイルがないとき、知らない認証局の証明書のとき、相手を確かめられないときは、何も送らずに止まり、直すと送られる", async () => {
  const id = await pmh.approved();
  expect(await sent(id)).toMatchObject({ state: "interrupted" });
  const again = async () => {
    await pmh.step("operator1", id, "resume");
    return sent(id);
  };
  // The city's certificate is of an authority that the hub does not know.
  await laid("city.pem", ofStranger);
  await laid("authority.pem", await readFile(at("hub-authority.pem")));
  expect(await again()).toMatchObject({ state: "interrupted", interruption: "unreachable" });
  // The hub is of an authority that the city does not know.
  await laid("city.pem", ofCity);
  await laid("authority.pem", await readFile(at("other-authority.pem")));
  expect(await again()).toMatchObject({ state: "interrupted", interruption: "unreachable" });
  await gone("authority.pem");
  expect(await again()).toMatchObject({ state: "interrupted", interruption: "unreachable" });
  expect(requests).toEqual([]);
  await laid("authority.pem", await readFile(at("hub-authority.pem")));
  await laid("token", "some-token\n");
  expect(await again()).toMatchObject({ state: "answered" });
  expect(requests).toMatchObject([{ client: "city", authorization: "Bearer some-token" }]);
  expect(requests[0]?.rows).toHaveLength(1);
});
