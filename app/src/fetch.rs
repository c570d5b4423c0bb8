//! Answers of server functions, fetched by the browser. The client that `server_fn` makes for each function would come
//! a dozen times; this is one piece of code for all of them.

use leptos::wasm_bindgen::{JsCast, JsValue};
use send_wrapper::SendWrapper;
use serde::Serialize;
use std::future::Future;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};

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
    let abort = Abort(AbortController::new()?);
    let options = RequestInit::new();
    options.set_signal(Some(&abort.0.signal()));
    let asked = leptos::prelude::window().fetch_with_str_and_init(address, &options);
    let response: Response = JsFuture::from(asked).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok([if response.ok() { r#"{"Ok":"# } else { r#"{"Err":"# }, &text, "}"].concat())
}

/// Breaks off what is still being fetched when it is dropped.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}
