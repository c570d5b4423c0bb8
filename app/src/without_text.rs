//! Answers whose text stands in the page already, and is not sent twice (decision 0003).

use crate::error::AppError;
use crate::json::{self, Unreadable};
use codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An answer with a text that pages show by `inner_html`.
pub trait Shorten {
    /// The answer without that text.
    #[must_use]
    fn without_text(&self) -> Self;
}

/// JSON without the text, for the data of a page from the server. In the browser the decoded answer has none, and hydration
/// leaves the one in the document alone.
pub struct WithoutText;

impl<T: Shorten + Serialize> Encoder<Result<T, AppError>> for WithoutText {
    type Error = Unreadable;
    type Encoded = String;

    fn encode(answer: &Result<T, AppError>) -> Result<String, Unreadable> {
        json::write(&answer.as_ref().map(T::without_text))
    }
}

impl<T: DeserializeOwned> Decoder<Result<T, AppError>> for WithoutText {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<Result<T, AppError>, Unreadable> {
        json::read(text.as_bytes())
    }
}
