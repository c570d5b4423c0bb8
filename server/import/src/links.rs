//! Where links between imported files lead.

use std::collections::HashMap;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// Another imported file.
    Article {
        /// Its path.
        path: String,
        /// What stood behind `#`.
        fragment: Option<String>,
    },
    /// A file that is not imported.
    Missing,
    /// Somewhere else.
    External,
    /// A place in the same text.
    Anchor,
}

/// The imported files by every address under which others may know them.
#[derive(Clone, Debug, Default)]
pub struct LinkMap(HashMap<String, String>);

impl LinkMap {
    /// The map of these paths.
    pub fn new<'a>(paths: impl Iterator<Item = &'a str>) -> Self {
        let mut map = HashMap::new();
        for path in paths {
            let bare = bare(path);
            for address in addresses(&bare) {
                map.entry(address).or_insert_with(|| path.to_owned());
            }
        }
        Self(map)
    }

    /// What a destination in a file leads to.
    #[must_use]
    pub fn article_for(&self, from: &str, destination: &str) -> LinkTarget {
        let destination = destination.trim();
        if destination.starts_with('#') {
            return LinkTarget::Anchor;
        }
        let has_scheme = destination.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
        if destination.is_empty() || has_scheme || destination.starts_with("//") {
            return LinkTarget::External;
        }
        let (address, fragment) = match destination.split_once('#') {
            Some((address, fragment)) => (address, Some(fragment.to_owned())),
            None => (destination, None),
        };
        let address = types::percent::decode(address.split('?').next().unwrap_or_default());
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        // A path from the root may be meant from the root of its own project, the first folder, if it lies in one.
        let project = from.split_once('/').map_or("", |(project, _)| project);
        let candidates = if let Some(below) = address.strip_prefix('/') {
            vec![joined("", &address), joined(project, below)]
        } else {
            // Sites that end addresses with a slash count one folder more.
            vec![joined(folder, &address), joined(&bare(from), &address)]
        };
        let found = candidates.into_iter().flatten().find_map(|path| {
            let bare = bare(&path);
            let inside = bare.strip_prefix(project).map_or(bare.as_str(), |rest| rest.trim_start_matches('/'));
            self.0.get(&bare).or_else(|| self.0.get(&format!("{project}//{inside}")))
        });
        match found {
            Some(path) => LinkTarget::Article { path: path.clone(), fragment },
            None => LinkTarget::Missing,
        }
    }
}

/// A path without ending and without the names that stand for their folder.
fn bare(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let path = ["md", "markdown", "mdx", "html", "htm"]
        .into_iter()
        .find_map(|ending| path.strip_suffix(ending)?.strip_suffix('.'))
        .unwrap_or(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = matches!(name, "index" | "_index" | "README" | "readme");
    let path = if folder { path[..path.len() - name.len()].trim_end_matches('/') } else { path };
    path.to_owned()
}

/// The addresses of a file: its path, and its path as the generator of its project publishes it.
fn addresses(bare: &str) -> Vec<String> {
    let mut addresses = vec![bare.to_owned()];
    let (project, inside) = bare.split_once('/').unwrap_or((bare, ""));
    let inside = inside.strip_prefix("content/").unwrap_or(inside);
    addresses.push(format!("{project}//{inside}"));
    for language in ["zh-cn/", "zh/", "cn/", "_zh-cn/", "docs/zh/"] {
        if let Some(rest) = inside.strip_prefix(language) {
            addresses.push(format!("{project}//{rest}"));
        }
    }
    if let Some((_, rest)) = inside.split_once("docs/") {
        addresses.push(format!("{project}//docs/{rest}"));
        addresses.push(format!("{project}//{rest}"));
    }
    addresses
}

/// A folder and a relative address as one path; nothing when it would lead out.
pub(crate) fn joined(folder: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_files_under_the_addresses_of_their_generators() {
        let map = LinkMap::new(
            ["k8s/content/zh-cn/docs/concepts/pods/_index.md", "guide/a.md", "guide/deep/b.md", "book/README.md"]
                .into_iter(),
        );
        for (from, destination, path) in [
            ("guide/a.md", "deep/b.md#x", "guide/deep/b.md"),
            ("guide/deep/b.md", "../a", "guide/a.md"),
            ("guide/deep/b.md", "../a.html", "guide/a.md"),
            (
                "k8s/content/zh-cn/docs/x.md",
                "/zh-cn/docs/concepts/pods/",
                "k8s/content/zh-cn/docs/concepts/pods/_index.md",
            ),
            ("k8s/content/zh-cn/docs/x.md", "/docs/concepts/pods/", "k8s/content/zh-cn/docs/concepts/pods/_index.md"),
            ("book/ch1.md", "./", "book/README.md"),
        ] {
            let LinkTarget::Article { path: found, .. } = map.article_for(from, destination) else {
                panic!("{from} → {destination} leads nowhere");
            };
            assert_eq!(found, path, "{from} → {destination}");
        }
        assert_eq!(map.article_for("guide/a.md", "https://example.org"), LinkTarget::External);
        assert_eq!(map.article_for("guide/a.md", "#here"), LinkTarget::Anchor);
        assert_eq!(map.article_for("guide/a.md", "../../../etc/passwd"), LinkTarget::Missing);
        let alone = LinkMap::new(["a.md"].into_iter());
        assert_eq!(
            alone.article_for("a.md", "/"),
            LinkTarget::Missing,
            "a file in no folder is no beginning of a site"
        );
    }
}
