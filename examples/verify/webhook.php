<?php
// What the hosted pages told the merchant's application, if it was they. Needs nothing but PHP itself.

const ALLOWANCE = 300; // How many seconds old, or ahead, it may be: an old one may be somebody who listened.

// What was said; null for what they did not say, what was changed, and what is too old. `$headers` in small letters,
// `$body` as it came: `file_get_contents('php://input')`.
function verify(array $headers, string $body, string $secret, int $now): ?array
{
    $id = $headers['webhook-id'] ?? '';
    $saidAt = $headers['webhook-timestamp'] ?? '';
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret));
    $ours = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$saidAt.$body", $key, true));
    $known = array_filter(explode(' ', $headers['webhook-signature'] ?? ''), fn ($one) => hash_equals($ours, $one));
    if (!$known || !ctype_digit($saidAt) || abs($now - (int) $saidAt) > ALLOWANCE) {
        return null;
    }
    return json_decode($body, true);
}
