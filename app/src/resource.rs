//! What pages load: part of the first HTML, and one kind of resource for all of them.
//!
//! A resource of Leptos is generic over what it loads and over what it depends on, so that the client would hold its
//! machinery once for each page. Here both lose their types first: the browser knows a question by its address and an answer
//! as a text, which gets its type where a view waits for it.

use crate::error::AppError;
use crate::json::{Json, Unreadable};
use codee::{Decoder, Encoder};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

/// How an answer of one type is written into the page and read from it.
pub trait Codec<T>:
    Encoder<Result<T, AppError>, Error = Unreadable, Encoded = String>
    + Decoder<Result<T, AppError>, Error = Unreadable, Encoded = str>
{
}

impl<T, C> Codec<T> for C where
    C: Encoder<Result<T, AppError>, Error = Unreadable, Encoded = String>
        + Decoder<Result<T, AppError>, Error = Unreadable, Encoded = str>
{
}

/// An answer without its type.
#[derive(Clone)]
enum Answer {
    /// As it came with the page or was fetched.
    Text(Arc<str>),
    /// As a server function gave it, and how it is written. Only on the server.
    #[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "the browser calls no function itself"))]
    Value(Arc<dyn Any + Send + Sync>, fn(&dyn Any) -> Result<String, Unreadable>),
}

/// Writes and reads answers without knowing what they are.
struct Sealed;

impl Encoder<Answer> for Sealed {
    type Error = Unreadable;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, Unreadable> {
        match answer {
            Answer::Text(text) => Ok(text.to_string()),
            Answer::Value(value, encode) => encode(&**value),
        }
    }
}

impl Decoder<Answer> for Sealed {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, Unreadable> {
        Ok(Answer::Text(text.into()))
    }
}

/// What a page loads; waiting for it gives the value or why there is none.
pub struct Loaded<T, C = Json> {
    answer: Resource<Answer, Sealed>,
    types: PhantomData<fn() -> (T, C)>,
}

impl<T, C> Clone for Loaded<T, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, C> Copy for Loaded<T, C> {}

impl<T, C> IntoFuture for Loaded<T, C>
where
    T: Clone + Send + Sync + 'static,
    C: Codec<T> + 'static,
{
    type Output = Result<T, AppError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            match self.answer.await {
                // An answer that cannot be read came from somebody else, or from another build of the site.
                Answer::Text(text) => C::decode(&text).unwrap_or_else(|_| Err(AppError::no_answer())),
                Answer::Value(value, _) => {
                    value.downcast_ref::<Self::Output>().cloned().unwrap_or(Err(AppError::Unavailable))
                }
            }
        })
    }
}

/// A server function whose answers pages show.
pub trait Question:
    ServerFn<Error = AppError, Output: Clone + Send + Sync + 'static> + Clone + Serialize + Send + Sync + 'static
{
}

impl<Q> Question for Q
where
    Q: ServerFn<Error = AppError> + Clone + Serialize + Send + Sync + 'static,
    Q::Output: Clone + Send + Sync + 'static,
{
}

/// Loads what the first HTML waits for, and again whenever another question is asked.
pub fn resource<Q>(ask: impl Fn() -> Q + Send + Sync + 'static) -> Loaded<Q::Output>
where
    Q: Question,
    Q::Output: Serialize + DeserializeOwned,
{
    resource_as::<Json, _>(ask)
}

/// As [`resource`], written into the page in a way of its own.
#[cfg(feature = "ssr")]
pub fn resource_as<C, Q>(ask: impl Fn() -> Q + Send + Sync + 'static) -> Loaded<Q::Output, C>
where
    Q: Question,
    C: Codec<Q::Output> + 'static,
{
    // Asked at once: when a visitor leaves in the middle, what the question is made of may be gone.
    let question = untrack(ask);
    let answer = Resource::new_with_options(
        || (),
        move |()| {
            let question = question.clone();
            async move { Answer::Value(Arc::new(question.run_body().await), encode::<Q::Output, C>) }
        },
        true,
    );
    Loaded { answer, types: PhantomData }
}

/// As [`resource`], written into the page in a way of its own.
#[cfg(not(feature = "ssr"))]
pub fn resource_as<C, Q>(ask: impl Fn() -> Q + Send + Sync + 'static) -> Loaded<Q::Output, C>
where
    Q: Question,
    C: Codec<Q::Output> + 'static,
{
    let address = move || crate::fetch::address(Q::url(), &ask());
    Loaded { answer: fetched(Box::new(address)), types: PhantomData }
}

#[cfg(feature = "ssr")]
fn encode<T: 'static, C: Codec<T>>(value: &dyn Any) -> Result<String, Unreadable> {
    value.downcast_ref::<Result<T, AppError>>().map_or_else(|| Ok("null".to_owned()), C::encode)
}

/// What stands at an address, as often as that changes.
#[cfg(not(feature = "ssr"))]
fn fetched(address: Box<dyn Fn() -> String + Send + Sync>) -> Resource<Answer, Sealed> {
    let fetch = |address| async { Answer::Text(crate::fetch::fetch(address).await.into()) };
    Resource::new_with_options(address, fetch, true)
}
