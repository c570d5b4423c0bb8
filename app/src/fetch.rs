//! Answers of server functions, fetched by the browser. The client that `server_fn` makes for each function would come
//! a dozen times; this is one piece of code for all of them.

use leptos::wasm_bindgen::{JsCast, JsValue};
use send_wrapper::SendWrapper;
use serde::Serialize;
use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Element, RequestCache, RequestInit, Response};

/// What is said when there is no answer: the form of `AppError::Transport`.
const NO_ANSWER: &str = r#"{"Err":{"Transport":{"Request":""}}}"#;

/// The address of a question.
pub fn address<Q: Serialize>(path: &str, question: &Q) -> String {
    // Nothing that cannot be written as an address is ever asked; if it were, the server would say what is missing.
    let question = serde_qs::to_string(question).unwrap_or_default();
    [path, "?", question.trim_end_matches('&')].concat()
}

/// The answer as the JSON of a `Result`, which is how answers stand in pages, too. Who no longer waits breaks it off.
pub fn fetch(address: String) -> impl Future<Output = String> + Send {
    SendWrapper::new(async move { text(&address).await.unwrap_or_else(|_| NO_ANSWER.to_owned()) })
}

async fn text(address: &str) -> Result<String, JsValue> {
    let awaited = Awaited::new()?;
    let options = RequestInit::new();
    options.set_signal(Some(&awaited.0.signal()));
    // Set by `place.ts` when the reader goes back or forward, until something else is done.
    if element("html[data-back]").is_some() {
        options.set_cache(RequestCache::ForceCache);
    }
    let asked = leptos::prelude::window().fetch_with_str_and_init(address, &options);
    let response: Response = JsFuture::from(asked).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok([if response.ok() { r#"{"Ok":"# } else { r#"{"Err":"# }, &text, "}"].concat())
}

/// How many answers are awaited.
static AWAITED: AtomicU32 = AtomicU32::new(0);

/// An answer that is awaited. Dropped, it is broken off; while there is one, what is shown is marked as busy.
struct Awaited(AbortController);

impl Awaited {
    fn new() -> Result<Self, JsValue> {
        let awaited = Self(AbortController::new()?);
        AWAITED.fetch_add(1, Ordering::Relaxed);
        if let Some(main) = element("main") {
            let _ = main.set_attribute("aria-busy", "true");
        }
        Ok(awaited)
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.abort();
        if AWAITED.fetch_sub(1, Ordering::Relaxed) == 1
            && let Some(main) = element("main")
        {
            let _ = main.remove_attribute("aria-busy");
        }
    }
}

fn element(selector: &str) -> Option<Element> {
    leptos::prelude::document().query_selector(selector).ok()?
}
