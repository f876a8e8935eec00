#!/bin/sh
# Signature v1 as a service with a shell makes it: SECRET, CLIENT and TIMESTAMP (ms) from the environment, the body from
# standard input.
{ printf '%s.%s.' "$TIMESTAMP" "$CLIENT"; cat; } | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d ' ' -f 1
