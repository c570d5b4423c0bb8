//! What pages load: part of the first HTML, and one kind of resource for all of them.
//!
//! A resource of Leptos is generic over what it loads and over what it depends on, so that the client would hold its
//! machinery once for each page. Here both lose their types first: an answer is a text that came with the page, or a
//! value of any type, and gets its type back where a view waits for it.

use crate::error::AppError;
use crate::json::{Json, Unreadable};
use codee::{Decoder, Encoder};
use leptos::prelude::*;
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
    /// As it came with the page.
    Text(Arc<str>),
    /// As a server function gave it, and how it is written.
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
                Answer::Text(text) => C::decode(&text).unwrap_or(Err(AppError::Unavailable)),
                Answer::Value(value, _) => {
                    value.downcast_ref::<Self::Output>().cloned().unwrap_or(Err(AppError::Unavailable))
                }
            }
        })
    }
}

/// What an answer depends on has changed: one asking is never the same as another.
#[derive(Clone)]
struct Asking;

impl PartialEq for Asking {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// Loads what the first HTML waits for, and again whenever `source` changes.
pub fn resource<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Loaded<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    resource_as::<Json, _, _, _>(source, fetch)
}

/// As [`resource`], written into the page in a way of its own.
pub fn resource_as<C, S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Loaded<T, C>
where
    C: Codec<T> + 'static,
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    // Known at once, and not owned by the page: who loads must not find it gone when a visitor leaves in the middle.
    let source = ArcMemo::new(move |_| source());
    source.with_untracked(|_| ());
    let depends = source.clone();
    let answer = untyped(
        Box::new(move || depends.with(|_| ())),
        Box::new(move || {
            let asked = fetch(source.get_untracked());
            Box::pin(async move { Answer::Value(Arc::new(asked.await), encode::<T, C>) })
        }),
    );
    Loaded { answer, types: PhantomData }
}

fn encode<T: 'static, C: Codec<T>>(value: &dyn Any) -> Result<String, Unreadable> {
    value.downcast_ref::<Result<T, AppError>>().map_or_else(|| Ok("null".to_owned()), C::encode)
}

type Asked = Pin<Box<dyn Future<Output = Answer> + Send>>;

fn untyped(
    depend: Box<dyn Fn() + Send + Sync>,
    fetch: Box<dyn Fn() -> Asked + Send + Sync>,
) -> Resource<Answer, Sealed> {
    Resource::new_with_options(
        move || {
            depend();
            Asking
        },
        move |_| fetch(),
        true,
    )
}
