import express, { type Request, type Response } from "express";
import { Problem } from "#src/platform/problem.ts";
import { Values } from "../values.ts";

const formType = "application/x-www-form-urlencoded";
const readText = express.text({ type: formType, limit: "1mb" });
const readFewFields = express.text({ type: formType, limit: "16kb" });

/** Reads the few fields of a form that nobody needs to be signed in for. */
export const readSmallForm = (request: Request, response: Response) =>
  readFields(readFewFields, request, response);

/** Reads the fields of a form without files; asked only after the session was found. */
export const readForm = (request: Request, response: Response) =>
  readFields(readText, request, response);

async function readFields(
  reader: express.RequestHandler,
  request: Request,
  response: Response,
): Promise<Values> {
  const text = await consume(reader, request, response);
  return new Values(new URLSearchParams(typeof text === "string" ? text : ""));
}

/** Reads the fields and files of a form, which lie in memory meanwhile: only for routes that take files, up to a size. */
export const readFormWithFiles =
  (limit: `${number}mb`) =>
  async (request: Request, response: Response): Promise<Values> => {
    if (!request.is("multipart/form-data")) return readForm(request, response);
    const readBytes = express.raw({ type: "multipart/form-data", limit });
    const bytes = await consume(readBytes, request, response);
    if (!(bytes instanceof Uint8Array)) return new Values();
    const type = request.headers["content-type"] ?? "";
    const data = await new globalThis.Response(new Uint8Array(bytes), {
      headers: { "Content-Type": type },
    })
      .formData()
      .catch(() => {
        throw new Problem({ status: 422, message: "送られた内容を読み取れませんでした。" });
      });
    const texts: [string, string][] = [];
    const files: [string, File][] = [];
    data.forEach((value, name) => {
      if (typeof value === "string") texts.push([name, value]);
      else files.push([name, value]);
    });
    return new Values(texts, files);
  };

function consume(
  reader: express.RequestHandler,
  request: Request,
  response: Response,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    reader(request, response, (error?: unknown) => {
      if (error) reject(error);
      else resolve(request.body);
    });
  });
}
