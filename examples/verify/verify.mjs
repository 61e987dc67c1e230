// What a customer came back with, if the hosted pages said it. Needs nothing but Node itself.
import { createHmac, timingSafeEqual } from "node:crypto";

// The parameters that were signed with the result key; null where they were not, were changed, or are too old.
export function verify(result, key, now) {
  const [head = "", body = "", ...rest] = String(result).split(".");
  const signed = createHmac("sha256", Buffer.from(key, "base64url")).update(`${head}.${body}`).digest("base64url");
  const ours = Buffer.from(signed);
  const theirs = Buffer.from(rest.join("."));
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return null;
  const [header, said] = [head, body].map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
  if (header.alg !== "HS256" || !Number.isInteger(said.exp) || said.exp < now) return null;
  const { iat, exp, ...parameters } = said;
  return parameters;
}
