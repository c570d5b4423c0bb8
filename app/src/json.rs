//! How answers travel: JSON, read in a way that is small in the client.
//!
//! `serde_json` reads straight into each type, and every struct brings two ways of being read, by position and by name.
//! Here JSON becomes a tree first, read by one piece of code for all types, and a struct takes its fields from the tree in
//! its own order: the way by position serves alone. A field that is missing is one that has a default.

use bytes::Bytes;
use codee::{Decoder, Encoder};
use leptos::server_fn::codec::Post;
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};
use std::fmt;

/// Writes and reads answers.
pub struct Json;

/// What a server function with `output = JsonAnswer` answers with.
pub type JsonAnswer = Post<Json>;

/// The text is no JSON, or does not hold what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unreadable answer")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    // The words would be made for nobody: a visitor is told that the answer cannot be used.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Reads a value from JSON.
///
/// # Errors
/// The text is no JSON, or holds something else.
pub fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Unreadable> {
    T::deserialize(Node(&tree(json)?))
}

/// Writes a value as JSON. Only the server does: the client leaves the code out.
///
/// # Errors
/// The value cannot be written as JSON; in the browser always.
pub fn write<T: Serialize>(value: &T) -> Result<String, Unreadable> {
    if cfg!(feature = "ssr") { serde_json::to_string(value).map_err(|_| Unreadable) } else { Err(Unreadable) }
}

#[inline(never)]
fn tree(json: &[u8]) -> Result<Value, Unreadable> {
    serde_json::from_slice(json).map_err(|_| Unreadable)
}

impl<T: Serialize> Encoder<T> for Json {
    type Error = Unreadable;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Unreadable> {
        write(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Unreadable> {
        read(text.as_bytes())
    }
}

impl ContentType for Json {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for Json {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for Json {
    type Error = Unreadable;

    fn encode(value: &T) -> Result<Bytes, Unreadable> {
        write(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Json {
    type Error = Unreadable;

    fn decode(bytes: Bytes) -> Result<T, Unreadable> {
        read(&bytes)
    }
}

/// A value of the tree, to be read.
#[derive(Clone, Copy)]
struct Node<'de>(&'de Value);

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(_) => self.deserialize_i64(visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match (self.0.as_i64(), self.0.as_u64(), self.0.as_f64()) {
            (Some(value), ..) => visitor.visit_i64(value),
            (_, Some(value), _) => visitor.visit_u64(value),
            (.., Some(value)) => visitor.visit_f64(value),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_borrowed_str(self.0.as_str().ok_or(Unreadable)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Items(self.0.as_array().ok_or(Unreadable)?.iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(Entries(self.0.as_object().ok_or(Unreadable)?.iter(), &Value::Null))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Fields(self.0.as_object().ok_or(Unreadable)?, fields.iter()))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(self)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &str, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 char bytes byte_buf unit unit_struct }
}

/// The items of a list.
struct Items<'de>(std::slice::Iter<'de, Value>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Unreadable;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unreadable> {
        self.0.next().map(|value| seed.deserialize(Node(value))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The fields of a struct, in the struct's order.
struct Fields<'de>(&'de Map<String, Value>, std::slice::Iter<'static, &'static str>);

impl<'de> SeqAccess<'de> for Fields<'de> {
    type Error = Unreadable;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unreadable> {
        let value = self.1.next().and_then(|name| self.0.get(*name));
        value.map(|value| seed.deserialize(Node(value))).transpose()
    }
}

/// The entries of an object whose names are data, or that is flattened into another. Holds the value that comes next.
struct Entries<'de>(serde_json::map::Iter<'de>, &'de Value);

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Unreadable;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unreadable> {
        let Some((name, value)) = self.0.next() else { return Ok(None) };
        self.1 = value;
        seed.deserialize(serde::de::value::BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unreadable> {
        seed.deserialize(Node(self.1))
    }
}

impl<'de> EnumAccess<'de> for Node<'de> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Unreadable> {
        let (name, content) = match self.0 {
            Value::String(name) => (name, &Value::Null),
            Value::Object(object) => object.iter().next().ok_or(Unreadable)?,
            _ => return Err(Unreadable),
        };
        let variant = seed.deserialize(serde::de::value::BorrowedStrDeserializer::new(name))?;
        Ok((variant, Self(content)))
    }
}

impl<'de> VariantAccess<'de> for Node<'de> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_struct("", fields, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::AppError;
    use types::{Article, ArticleKind, Suggestion};

    const ARTICLE: &str = r#"{
        "slug": "own-text", "title": "一", "summary": "二", "kind": "reprint",
        "category": {"group": "语言", "group_slug": "languages", "slug": "rust", "name": "Rust"},
        "tags": [], "author": {"handle": "lin", "name": "林"}, "published_at": 1767323045000,
        "views": 7, "minutes": 3, "id": 12, "html": "<p>x</p>", "outline": [{"level": 2, "anchor": "a", "text": "甲"}],
        "updated_at": 1767323045000, "revision": 4, "applies_to": null, "further_reading": "more",
        "provenance": [], "series": null, "previous": null, "next": null, "related": []
    }"#;

    #[test]
    fn reads_what_serde_json_reads() {
        let article: Article = read(ARTICLE.as_bytes()).unwrap();
        assert_eq!(article, serde_json::from_str(ARTICLE).unwrap());
        assert_eq!((article.summary.kind, article.summary.views), (ArticleKind::Reprint, 7));
        assert_eq!((article.further_reading.as_deref(), article.cover), (Some("more"), None));
    }

    #[test]
    fn reads_what_it_wrote() {
        let error = AppError::Invalid { field: "title".to_owned(), message: "“x” <y>\n".to_owned() };
        for answer in [Ok(vec![Some(1_i64), None]), Err(AppError::Gone), Err(error)] {
            let text = write(&answer).unwrap();
            assert_eq!(read::<Result<Vec<Option<i64>>, AppError>>(text.as_bytes()).unwrap(), answer);
        }
        assert_eq!(read::<(f64, u64, bool)>(b"[1.5, 18446744073709551615, true]").unwrap(), (1.5, u64::MAX, true));
    }

    #[test]
    fn refuses_what_is_something_else() {
        for json in ["", "<html>", "[]", "{}", "{\"slug\": 1}", &ARTICLE.replace("\"views\": 7", "\"views\": \"7\"")] {
            assert_eq!(read::<Article>(json.as_bytes()), Err(Unreadable), "{json}");
        }
        assert_eq!(read::<Vec<Suggestion>>(b"{\"a\": []}"), Err(Unreadable));
        assert_eq!(read::<u8>(b"300"), Err(Unreadable));
    }
}
