import express, { type Request, type Response } from "express";
import { Values } from "../values.ts";

const readText = express.text({ type: "application/x-www-form-urlencoded", limit: "1mb" });
const readBytes = express.raw({ type: "multipart/form-data", limit: "128mb" });

/** Reads the fields and files of a form; asked only after the session was found. */
export async function readForm(request: Request, response: Response): Promise<Values> {
  if (request.is("multipart/form-data")) {
    const bytes = await consume(readBytes, request, response);
    if (!(bytes instanceof Uint8Array)) return new Values();
    const type = request.headers["content-type"] ?? "";
    const data = await new globalThis.Response(new Uint8Array(bytes), {
      headers: { "Content-Type": type },
    }).formData();
    const texts: [string, string][] = [];
    const files: [string, File][] = [];
    data.forEach((value, name) => {
      if (typeof value === "string") texts.push([name, value]);
      else files.push([name, value]);
    });
    return new Values(texts, files);
  }
  const text = await consume(readText, request, response);
  return new Values(new URLSearchParams(typeof text === "string" ? text : ""));
}

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
