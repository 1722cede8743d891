// SPDX-License-Identifier: Apache-2.0

//! The webhook of Benchmarks/peers on hyper: verify, decode, decide, answer.

use hmac::{Hmac, Mac};
use hyper::body::HttpBody;
use hyper::header::{HeaderValue, CONTENT_TYPE};
use hyper::service::{make_service_fn, service_fn};
use hyper::{Body, HeaderMap, Request, Response, Server, StatusCode};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

const BODY_LIMIT: usize = 1 << 20;
/// How old or how far ahead a timestamp may be, in seconds (docs/platform.md, Signatures).
const TOLERANCE: u64 = 300;

#[derive(Deserialize)]
struct Webhook<'a> {
    #[serde(borrow)]
    message: Message<'a>,
}

#[derive(Deserialize)]
struct Message<'a> {
    r#type: &'a str,
    #[serde(borrow, default)]
    phone_number: Party<'a>,
    #[serde(borrow, default)]
    customer: Party<'a>,
}

#[derive(Deserialize, Default)]
struct Party<'a> {
    #[serde(default)]
    number: &'a str,
}

#[derive(Serialize)]
struct Answer {
    assistant: Assistant,
}

#[derive(Serialize)]
struct Assistant {
    first_message: String,
    metadata: Metadata,
}

#[derive(Serialize)]
struct Metadata {
    switchboard: Tag,
}

#[derive(Serialize)]
struct Tag {
    decision: String,
    by: &'static str,
    revision: &'static str,
}

struct Desk {
    mac: Hmac<Sha256>,
    lines: HashMap<&'static str, &'static str>,
    callers: HashMap<&'static str, &'static str>,
    decisions: AtomicU64,
}

impl Desk {
    fn is_signed(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        let timestamp = text("x-webhook-timestamp");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let is_recent = timestamp.parse::<u64>().map_or(false, |seconds| seconds.abs_diff(now) <= TOLERANCE);
        let claimed = text("x-webhook-signature");
        let claimed = bytes(claimed.strip_prefix("sha256=").unwrap_or(claimed));
        let (true, Some(claimed)) = (is_recent, claimed) else { return false };
        let mut mac = self.mac.clone();
        mac.update(timestamp.as_bytes());
        mac.update(b".");
        mac.update(body);
        mac.verify_slice(&claimed).is_ok()
    }

    fn answer(&self, headers: &HeaderMap, body: &[u8]) -> (StatusCode, Vec<u8>) {
        if !self.is_signed(headers, body) {
            return (StatusCode::UNAUTHORIZED, br#"{"error":"the signature is wrong"}"#.to_vec());
        }
        let Ok(Webhook { message }) = serde_json::from_slice::<Webhook>(body) else {
            return (StatusCode::BAD_REQUEST, br#"{"error":"the body is not JSON"}"#.to_vec());
        };
        let (Some(line), Some(caller), "assistant-request") =
            (self.lines.get(message.phone_number.number), self.callers.get(message.customer.number), message.r#type)
        else {
            return (StatusCode::OK, b"{}".to_vec());
        };
        let decision = self.decisions.fetch_add(1, Ordering::Relaxed) + 1;
        let tag = Tag { decision: format!("d-{decision}"), by: "rule jan", revision: "e5bb27e2" };
        let first_message = format!("Hallo {caller}, welkom bij {line}!");
        let answer = Answer { assistant: Assistant { first_message, metadata: Metadata { switchboard: tag } } };
        match serde_json::to_vec(&answer) {
            Ok(bytes) => (StatusCode::OK, bytes),
            Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, br#"{"error":"no answer"}"#.to_vec()),
        }
    }
}

/// The bytes that 64 lower-case hex digits name.
fn bytes(hex: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let hex: &[u8; 64] = hex.as_bytes().try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

async fn serve(desk: Arc<Desk>, request: Request<Body>) -> Result<Response<Body>, hyper::Error> {
    let (head, mut stream) = request.into_parts();
    let mut body = Vec::new();
    while let Some(piece) = stream.data().await {
        body.extend_from_slice(&piece?);
        if body.len() > BODY_LIMIT {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
            return Ok(response);
        }
    }
    let (status, bytes) = desk.answer(&head.headers, &body);
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = std::env::var("SWITCHBOARD_WEBHOOK_SECRET")?;
    let desk = Arc::new(Desk {
        mac: Hmac::new_from_slice(secret.as_bytes())?,
        lines: HashMap::from([("+31850835037", "HMS Sovereign Demo")]),
        callers: HashMap::from([("+31612345678", "Jan")]),
        decisions: AtomicU64::new(0),
    });
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let server = Server::bind(&SocketAddr::from(([127, 0, 0, 1], 0)));
        let server = server.tcp_nodelay(true).serve(make_service_fn(move |_| {
            let desk = desk.clone();
            async move { Ok::<_, Infallible>(service_fn(move |request| serve(desk.clone(), request))) }
        }));
        println!("{}", server.local_addr().port());
        server.await?;
        Ok(())
    })
}
