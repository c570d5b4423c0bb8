//! Where a link or picture of a taken-over text leads at the place that the text was taken from.

use url::Url;

/// The address that a destination has at the text's source, if it is likely that something is there.
///
/// A file in a repository on GitHub is resolved as GitHub does it: `/` is the repository's root, and pictures have an
/// address of their own. What is no file there, such as `/docs/pods/`, is a page of a site that the repository does not
/// name.
#[must_use]
pub fn at_origin(source: &str, destination: &str, is_picture: bool) -> Option<String> {
    let source = Url::parse(source).ok().filter(|source| matches!(source.scheme(), "http" | "https"))?;
    if destination.contains(['{', '<']) {
        // A template of the generator.
        return None;
    }
    let Some(root) = repository(&source) else {
        return Some(source.join(destination).ok()?.into());
    };
    let written = match destination.strip_prefix('/') {
        Some(below) => format!("{root}{below}"),
        None => destination.to_owned(),
    };
    let mut target = source.join(&written).ok()?;
    let inside = target.path().strip_prefix(&root)?;
    let name = inside.rsplit('/').next().unwrap_or_default();
    let (_, ending) = name.rsplit_once('.')?;
    if matches!(ending, "html" | "htm") {
        return None;
    }
    if is_picture {
        let raw = format!("{}{inside}", root.replacen("/blob/", "/raw/", 1));
        target.set_path(&raw);
    }
    Some(target.into())
}

/// The path of the repository's root in the version that a file on GitHub was taken from: `/owner/name/blob/version/`.
fn repository(source: &Url) -> Option<String> {
    let mut parts = source.path_segments().filter(|_| source.host_str() == Some("github.com"))?;
    let (owner, name, view, version) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    (view == "blob").then(|| format!("/{owner}/{name}/blob/{version}/"))
}

#[cfg(test)]
mod tests {
    use super::at_origin;

    #[test]
    fn what_was_not_taken_over_is_found_at_the_source() {
        let file = "https://github.com/apache/apisix/blob/f519/docs/zh/latest/FAQ.md";
        let page = "https://example.org/posts/a/";
        for (source, destination, is_picture, expected) in [
            (
                file,
                "../../en/latest/x.md#y",
                false,
                Some("https://github.com/apache/apisix/blob/f519/docs/en/latest/x.md#y"),
            ),
            (file, "/media/a.png", true, Some("https://github.com/apache/apisix/raw/f519/media/a.png")),
            (
                file,
                "images/a b.png",
                true,
                Some("https://github.com/apache/apisix/raw/f519/docs/zh/latest/images/a%20b.png"),
            ),
            (file, "/zh-cn/docs/concepts/pods/", false, None),
            (file, "../pods.html", false, None),
            (file, "../../../../../../other/x.md", false, None),
            (file, "{{ site.url }}/x.md", false, None),
            (page, "../b/", false, Some("https://example.org/posts/b/")),
            (page, "/about", false, Some("https://example.org/about")),
            (page, "a.png", true, Some("https://example.org/posts/a/a.png")),
            ("/articles/a", "b", false, None),
            ("not an address", "b.md", false, None),
        ] {
            assert_eq!(at_origin(source, destination, is_picture).as_deref(), expected, "{source} → {destination}");
        }
    }
}
