//! Words of the page of an article.

/// Table of contents.
pub const CONTENTS: &str = "目录";
/// Tags of an article.
pub const TAGS: &str = "标签";
/// The previous article.
pub const PREVIOUS: &str = "上一篇";
/// The next article.
pub const NEXT: &str = "下一篇";
/// Articles on the same matter.
pub const RELATED: &str = "相关文章";
/// The series of an article.
pub const SERIES: &str = "系列";
/// Where an article comes from.
pub const ORIGIN: &str = "来源";
/// Versions an article speaks of.
pub const APPLIES_TO: &str = "适用于";
/// The editor's note.
pub const FURTHER_READING: &str = "延伸阅读";
/// The date of the last change.
pub const UPDATED: &str = "更新于";
/// What is said beneath every reprint.
pub const REPRINT_NOTICE: &str =
    "本文依原作者的许可转载，版权归原作者所有；内容以原文为准。如有疏漏或不妥，请告知本站，我们会尽快核实处理。";

/// The badge of a kind of article; nothing for originals.
#[must_use]
pub fn kind(kind: types::ArticleKind) -> Option<&'static str> {
    match kind {
        types::ArticleKind::Original => None,
        types::ArticleKind::Reprint => Some("转载"),
        types::ArticleKind::Translation => Some("翻译"),
        types::ArticleKind::Download => Some("下载"),
    }
}
