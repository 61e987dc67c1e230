<?php
// What a customer came back with, if the hosted pages said it. Needs nothing but PHP itself.

// The parameters that were signed with the result key; null where they were not, were changed, or are too old.
function verify(string $result, string $key, int $now): ?array
{
    [$head, $body, $signature] = array_pad(explode('.', $result, 3), 3, '');
    $decode = fn (string $text): string => (string) base64_decode(strtr($text, '-_', '+/'));
    $signed = hash_hmac('sha256', "$head.$body", $decode($key), true);
    if (!hash_equals(rtrim(strtr(base64_encode($signed), '+/', '-_'), '='), $signature)) {
        return null;
    }
    $header = json_decode($decode($head), true);
    $said = json_decode($decode($body), true);
    if (($header['alg'] ?? '') !== 'HS256' || !is_int($said['exp'] ?? null) || $said['exp'] < $now) {
        return null;
    }
    unset($said['iat'], $said['exp']);
    return $said;
}
