//! Makes the query of an address one that every function can read, whatever stands in it.

use axum::extract::Request;
use axum::http::{Method, Uri};
use axum::middleware::Next;
use axum::response::Response;
use std::borrow::Cow;
use types::percent::encode;

/// Arguments that take several values; a form sends each of them under the name again.
const LISTS: [&str; 4] = ["category", "tag", "month", "kind"];
/// Arguments of one address that are looked at.
const MOST: usize = 64;

/// Gives functions a query that names every argument once: several values of a list stand in one with commas between, of
/// everything else the first counts. What is no UTF-8 is made it. Names with brackets, of which lists and structures are
/// made, stay as they are. HEAD asks a function as GET does: functions are known by their method, and the router leaves
/// the body out.
pub async fn tidy_api(mut request: Request, next: Next) -> Response {
    if request.method() == Method::HEAD && request.uri().path().starts_with("/api/") {
        *request.method_mut() = Method::GET;
    }
    let (path, query) = (request.uri().path(), request.uri().query());
    if let Some(query) = query.filter(|_| path.starts_with("/api/"))
        && let Ok(uri) = format!("{path}?{}", tidy(query)).parse::<Uri>()
    {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

fn tidy(query: &str) -> String {
    let mut arguments: Vec<(String, String)> = Vec::new();
    for (name, value) in query.split('&').take(MOST).map(|pair| pair.split_once('=').unwrap_or((pair, ""))) {
        let (name, value) = (decode(name), decode(value));
        if name.is_empty() {
            continue;
        }
        match arguments.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) if LISTS.contains(&name.as_str()) => {
                values.push(',');
                values.push_str(&value);
            }
            Some(_) => {}
            None => arguments.push((name, value)),
        }
    }
    let name = |name: &str| encode(name).replace("%5B", "[").replace("%5D", "]");
    let written = arguments.iter().map(|(key, value)| format!("{}={}", name(key), encode(value)));
    written.collect::<Vec<_>>().join("&")
}

/// Undoes the encoding of forms; what is no UTF-8 becomes the replacement character.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let encoded = match (first, after) {
            (b'%', [high, low, ..]) => hexadecimal(*high).zip(hexadecimal(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        match encoded {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = after;
            }
        }
    }
    match String::from_utf8_lossy(&bytes) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_query_can_be_read() {
        for (query, expected) in [
            ("q=a+b&q=c", "q=a%20b"),
            ("category=redis&q=x&category=kafka", "category=redis%2Ckafka&q=x"),
            ("q=%ED%A0%80%ZZ", "q=%EF%BF%BD%EF%BF%BD%EF%BF%BD%25ZZ"),
            ("ids[0]=1&ids[1]=2&&=3&page", "ids[0]=1&ids[1]=2&page="),
            ("q=c%2B%2B", "q=c%2B%2B"),
        ] {
            assert_eq!(tidy(query), expected, "{query}");
        }
    }
}
