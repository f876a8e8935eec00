//! `GET /v1/openapi.json`: the endpoints, described by the very types that they read and answer.

use std::collections::BTreeMap;

use contracts::{Envelope, ErrorCode};
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::endpoint::{Access, Endpoint};

/// The document, by OpenAPI 3.1.
pub(super) fn document(endpoints: &[Endpoint]) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let mut paths = Map::new();
    for endpoint in endpoints {
        let path = paths.entry(endpoint.path.as_ref()).or_insert_with(|| json!({}));
        path[endpoint.method.as_str().to_lowercase()] = operation(endpoint, &mut schemas);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tools server of Customer Success Copilot",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT", "identifier": "MIT" },
            "description": "Signed calls in, one envelope out. Every answer has an X-Request-Id, under which the \
                            server's log has it.",
        },
        "paths": paths,
        "components": { "schemas": schemas.take_definitions(true), "securitySchemes": security_schemes() },
    })
}

fn operation(endpoint: &Endpoint, schemas: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "summary": endpoint.summary,
        "parameters": parameters(endpoint, schemas),
        "responses": responses(endpoint, schemas),
    });
    if let Some(body) = endpoint.body {
        operation["requestBody"] = json!({ "required": true, "content": content(body(schemas)) });
    }
    let signed = json!({ "signature": [], "signatureInput": [], "contentDigest": [] });
    let service = json!({ "client": [], "timestamp": [], "serviceSignature": [] });
    operation["security"] = match endpoint.access {
        Access::Open => json!([]),
        Access::Read | Access::Write => json!([signed]),
        Access::Seed => json!([signed, service]),
        Access::Service => json!([service]),
    };
    operation
}

fn parameters(endpoint: &Endpoint, schemas: &mut SchemaGenerator) -> Vec<Value> {
    let mut parameters = Vec::new();
    for (name, schema) in &endpoint.parameters {
        parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema(schemas) }));
    }
    if let Some(query) = endpoint.query {
        let query = resolved(query(schemas), schemas);
        let required = query["required"].as_array().cloned().unwrap_or_default();
        for (name, schema) in query["properties"].as_object().into_iter().flatten() {
            let required = required.contains(&json!(name));
            parameters.push(json!({ "name": name, "in": "query", "required": required, "schema": schema }));
        }
    }
    if matches!(endpoint.access, Access::Write | Access::Seed) {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header",
            "schema": { "type": "string", "pattern": "^[A-Za-z0-9_-]{16,64}$" },
            "description": "The same key and request give the first answer again; another request is a CONFLICT.",
        }));
    }
    parameters
}

/// The schema itself, where it is a reference to one of the document's.
fn resolved(schema: Schema, schemas: &SchemaGenerator) -> Value {
    let schema = schema.to_value();
    let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    name.and_then(|name| schemas.definitions().get(name).cloned()).unwrap_or(schema)
}

fn responses(endpoint: &Endpoint, schemas: &mut SchemaGenerator) -> Value {
    let answer = (endpoint.answer)(schemas);
    let mut responses = json!({ "200": { "description": endpoint.summary, "content": content(answer) } });
    let mut by_status = BTreeMap::<u16, Vec<ErrorCode>>::new();
    for code in endpoint.access.errors().iter().chain(endpoint.errors) {
        by_status.entry(code.status()).or_default().push(*code);
    }
    for (status, codes) in by_status {
        let words: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
        let mut response = json!({
            "description": words.join(", "),
            "content": content(schemas.subschema_for::<Envelope<()>>()),
        });
        if codes.iter().any(|code| matches!(code, ErrorCode::RateLimited | ErrorCode::Unavailable)) {
            let seconds = json!({ "description": "Seconds to wait.", "schema": { "type": "integer" } });
            response["headers"] = json!({ "Retry-After": seconds });
        }
        responses[status.to_string()] = response;
    }
    responses
}

fn content(schema: Schema) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn security_schemes() -> Value {
    let header =
        |name, description| json!({ "type": "apiKey", "in": "header", "name": name, "description": description });
    json!({
        "signature": header("Signature", "RFC 9421, hmac-sha256, with a key of POST /v1/session; tag cs-v2."),
        "signatureInput": header(
            "Signature-Input",
            "Covers, in this order: @method @authority @path @query content-type content-digest; \
             parameters created, expires, nonce, keyid, tag.",
        ),
        "contentDigest": header("Content-Digest", "RFC 9530, sha-256 of the body; also of an empty one."),
        "client": header("X-Client", "The service's name."),
        "timestamp": header("X-Timestamp", "Unix time in milliseconds."),
        "serviceSignature": header(
            "X-Signature",
            "Hexadecimal HMAC-SHA256, with the service's secret, of {timestamp}.{client}.{body}.",
        ),
    })
}
