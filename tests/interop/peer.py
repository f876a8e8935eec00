"""Signs and verifies requests with the package http-message-signatures (RFC 9421), which shares no code with ours.

Reads {"sign": [...], "verify": [...]} from stdin and answers {"signed": [headers], "verified": [null or why not]}.
Keys are base64url, bodies are text.
"""

import base64
import json
import sys
from datetime import datetime, timezone

from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    InvalidSignature,
    MappingKeyResolver,
    algorithms,
)

COMPONENTS = ("@method", "@authority", "@path", "@query", "content-type", "content-digest")
PARAMETERS = ("created", "expires", "nonce", "keyid", "tag")
TAG = "cs-v2"


class Request:
    def __init__(self, given):
        self.method, self.url = given["method"], given["url"]
        self.headers = given["headers"]
        self.body = given["body"].encode()


class ProfileSigner(HTTPMessageSigner):
    """Our profile fixes the order of the parameters, where the RFC leaves it to the signer."""

    def _build_signature_base(self, message, *, signature_params, **others):
        ordered = {name: signature_params[name] for name in PARAMETERS}
        return super()._build_signature_base(message, signature_params=ordered, **others)


def tool(kind, given):
    key = base64.urlsafe_b64decode(given["key"] + "=")
    keys = MappingKeyResolver(public_keys={given["keyid"]: key}, private_keys={given["keyid"]: key})
    return kind(signature_algorithm=algorithms.HMAC_SHA256, key_resolver=keys)


def sign(given):
    request = Request(given)
    seconds = lambda name: datetime.fromtimestamp(given[name], timezone.utc)
    tool(ProfileSigner, given).sign(
        request,
        key_id=given["keyid"],
        created=seconds("created"),
        expires=seconds("expires"),
        nonce=given["nonce"],
        label="cs",
        tag=TAG,
        include_alg=False,
        covered_component_ids=COMPONENTS,
        body=request.body,
    )
    return request.headers


def verify(given):
    request = Request(given)
    try:
        tool(HTTPMessageVerifier, given).verify(
            request, expect_tag=TAG, require_components=COMPONENTS, body=request.body
        )
    except InvalidSignature as error:
        return str(error)
    return None


asked = json.load(sys.stdin)
answer = {"signed": [sign(each) for each in asked["sign"]], "verified": [verify(each) for each in asked["verify"]]}
json.dump(answer, sys.stdout)
