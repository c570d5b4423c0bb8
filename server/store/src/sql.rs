//! SQL text with arguments, for the few queries whose conditions depend on a filter.
//!
//! The one place that vouches for SQL which is not a literal: only literals become text, values are bound.

use sqlx::any::AnyArguments;
use sqlx::{Any, AssertSqlSafe, query::Query};
use std::collections::BTreeSet;

/// A value that is bound.
#[derive(Clone)]
pub(crate) enum Value {
    Number(i64),
    Text(String),
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

    /// Adds the condition that a text stands anywhere in a column, in capitals or not. SQLite's `lower` knows ASCII alone,
    /// and so may PostgreSQL's; the other letters of the text are lowered one by one.
    pub fn holds(&mut self, column: &'static str, text: &str) -> &mut Self {
        let text: String = text.chars().flat_map(char::to_lowercase).collect();
        let cased = |letter: &char| !letter.is_ascii() && !letter.to_uppercase().eq([*letter]);
        let letters: BTreeSet<char> = text.chars().filter(cased).collect();
        for _ in &letters {
            self.push("replace(");
        }
        self.push("lower(").push(column).push(")");
        for letter in letters {
            self.push(", ").bind(Value::Text(letter.to_uppercase().to_string()));
            self.push(", ").bind(Value::Text(letter.to_string())).push(")");
        }
        let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        self.push(" like ").bind(Value::Text(format!("%{plain}%"))).push(" escape '\\'")
    }

    /// Adds places for texts, separated by commas.
    pub fn texts(&mut self, texts: impl IntoIterator<Item = impl ToString>) -> &mut Self {
        self.list(texts.into_iter().map(|text| Value::Text(text.to_string())).collect())
    }

    /// Adds places for numbers, separated by commas.
    pub fn numbers(&mut self, numbers: impl IntoIterator<Item = i64>) -> &mut Self {
        self.list(numbers.into_iter().map(Value::Number).collect())
    }

    /// Adds places for values. The last is repeated until their number is a power of two: the text is then one of a
    /// few, which the database reads once, and what `in` asks for is the same.
    fn list(&mut self, mut values: Vec<Value>) -> &mut Self {
        if let Some(last) = values.last().cloned() {
            values.resize(values.len().next_power_of_two(), last);
        }
        for (place, value) in values.into_iter().enumerate() {
            self.push(if place == 0 { "" } else { ", " }).bind(value);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_lower_may_not_know_are_lowered_one_by_one() {
        let of = |text: &str| Sql::default().holds("a", text).text.clone();
        assert_eq!(of("图 50%"), "lower(a) like $1 escape '\\'");
        assert_eq!(of("ÉlodiÉ"), "replace(lower(a), $1, $2) like $3 escape '\\'");
    }

    #[test]
    fn lists_of_similar_length_are_the_same_statement() {
        let of = |numbers: &[i64]| {
            let mut sql = Sql::default();
            sql.push("id in (").numbers(numbers.iter().copied()).push(")");
            (sql.text, sql.values.len())
        };
        assert_eq!(of(&[7, 8, 9]), ("id in ($1, $2, $3, $4)".to_owned(), 4));
        assert_eq!(of(&[7, 8, 9]).0, of(&[1, 2, 3, 4]).0);
        assert_eq!(of(&[7]), ("id in ($1)".to_owned(), 1));
        assert_eq!(of(&[]), ("id in ()".to_owned(), 0));
    }
}
