//! What stands in an address: the parameters behind the `?`, and the name at the end of the path.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::borrow::Cow;
use types::percent::decode;

/// Names and values, decoded once. The map of `leptos_router` 0.8 decodes each value twice: a search for `%41` would look
/// for `A`, and an address inside an address would lose its own parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads what stands behind the `?`, as browsers write forms (<https://url.spec.whatwg.org/#urlencoded-parsing>).
    #[must_use]
    pub fn read(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes());
        Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// The value of a name; the last one when there are several.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// All values of a name, with commas between them.
    #[must_use]
    pub fn joined(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut values = self.0.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str());
        let first = Cow::Borrowed(values.next()?);
        Some(values.fold(first, |all, value| Cow::Owned(format!("{all},{value}"))))
    }
}

/// The parameters of the current address.
#[must_use]
pub fn use_parameters() -> Memo<Parameters> {
    let query = use_location().search;
    Memo::new(move |_| query.with(|query| Parameters::read(query)))
}

/// The last part of the current path, decoded once; the router's map decodes that twice, too.
#[must_use]
pub fn use_last_segment() -> Memo<String> {
    let path = use_location().pathname;
    Memo::new(move |_| path.with(|path| decode(path.rsplit('/').next().unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_once() {
        let parameters = Parameters::read("q=%2541+%E5%9B%BE&next=%2Feditor%3Furl%3Da%2526b&category=a&category=b&x");
        assert_eq!(parameters.get("q"), Some("%41 图"));
        assert_eq!(parameters.get("next"), Some("/editor?url=a%26b"));
        assert_eq!((parameters.get("category"), parameters.joined("category").as_deref()), (Some("b"), Some("a,b")));
        assert_eq!((parameters.get("x"), parameters.get("y"), parameters.joined("y")), (Some(""), None, None));
    }
}
