// What the hosted pages told the merchant's application, if it was they. Needs nothing but Node itself.
import { createHmac, timingSafeEqual } from "node:crypto";

const ALLOWANCE = 300; // How many seconds old, or ahead, it may be: an old one may be somebody who listened.

// What was said; null for what they did not say, what was changed, and what is too old. `headers` in small letters,
// `body` as the bytes that came.
export function verify(headers, body, secret, now) {
  const id = headers["webhook-id"] ?? "";
  const saidAt = headers["webhook-timestamp"] ?? "";
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = createHmac("sha256", key).update(`${id}.${saidAt}.`).update(body).digest("base64");
  const ours = Buffer.from(`v1,${signed}`);
  const theirs = (headers["webhook-signature"] ?? "").split(" ").map((one) => Buffer.from(one));
  if (!theirs.some((one) => one.length === ours.length && timingSafeEqual(one, ours))) return null;
  if (!/^[0-9]+$/.test(saidAt) || Math.abs(now - Number(saidAt)) > ALLOWANCE) return null;
  return JSON.parse(body);
}
