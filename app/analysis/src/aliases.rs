//! Other names of the same thing: `k8s` and `kubernetes`, 资料库 and 数据库. A query looks for all of them.

use std::collections::HashMap;
use std::sync::LazyLock;

static ALIASES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut aliases: HashMap<&str, Vec<&str>> = HashMap::new();
    for group in groups() {
        for name in group.split_whitespace() {
            aliases.entry(name).or_default().extend(group.split_whitespace().filter(|other| *other != name));
        }
    }
    aliases
});

/// The other names of a normalised, lower-case term; none for most.
#[must_use]
pub fn aliases(term: &str) -> &'static [&'static str] {
    ALIASES.get(term).map_or(&[], Vec::as_slice)
}

/// Every Chinese name; the dictionary must keep each whole.
#[cfg(feature = "dict")]
pub(crate) fn chinese() -> impl Iterator<Item = &'static str> {
    groups().flat_map(str::split_whitespace).filter(|name| name.chars().all(crate::runs::is_unspaced))
}

fn groups() -> impl Iterator<Item = &'static str> {
    include_str!("../data/aliases.txt").lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_each_other() {
        assert_eq!(aliases("k8s"), ["kubernetes"]);
        assert_eq!(aliases("kubernetes"), ["k8s"]);
        assert_eq!(aliases("资料库"), ["数据库"]);
        assert!(aliases("数据库").contains(&"资料库"));
        assert!(aliases("锁").is_empty());
    }

    #[test]
    fn every_name_is_in_the_form_of_a_token() {
        for name in groups().flat_map(str::split_whitespace) {
            let normalized = crate::Normalized::new(name).into_text();
            assert_eq!(normalized.to_lowercase(), name);
        }
    }
}
