//! SQL text with arguments, for the few queries whose conditions depend on a filter.
//!
//! The one place that vouches for SQL which is not a literal: only literals and numbers become text, values are bound.

use sqlx::any::AnyArguments;
use sqlx::{Any, AssertSqlSafe, query::Query};

/// A value that is bound.
#[derive(Clone)]
pub(crate) enum Value {
    Number(i64),
    Text(String),
}

/// What `like … escape '\\'` finds where a text stands anywhere in a value.
pub(crate) fn containing(text: &str) -> Value {
    let plain = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Value::Text(format!("%{plain}%"))
}

/// A query being put together.
#[derive(Clone, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// Adds literal text.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a place for a value.
    pub fn bind(&mut self, value: Value) -> &mut Self {
        self.values.push(value);
        self.text.push_str(&format!("${}", self.values.len()));
        self
    }

    /// Adds places for texts, separated by commas.
    pub fn texts(&mut self, texts: &[String]) -> &mut Self {
        for (place, text) in texts.iter().enumerate() {
            self.push(if place == 0 { "" } else { ", " }).bind(Value::Text(text.clone()));
        }
        self
    }

    /// Adds numbers, separated by commas.
    pub fn numbers(&mut self, numbers: impl Iterator<Item = i64>) -> &mut Self {
        let list: Vec<String> = numbers.map(|number| number.to_string()).collect();
        self.text.push_str(&list.join(", "));
        self
    }

    /// The query, ready to be run.
    pub fn query(self) -> Query<'static, Any, AnyArguments> {
        let mut query = sqlx::query(AssertSqlSafe(self.text));
        for value in self.values {
            query = match value {
                Value::Number(number) => query.bind(number),
                Value::Text(text) => query.bind(text),
            };
        }
        query
    }
}
