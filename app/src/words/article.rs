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
/// The fold that holds every part of a long series.
#[must_use]
pub fn all_parts(count: usize) -> String {
    format!("全部 {count} 篇")
}

/// Where an article comes from.
pub const ORIGIN: &str = "来源";
/// Versions an article speaks of.
pub const APPLIES_TO: &str = "适用于";
/// The editor's note.
pub const FURTHER_READING: &str = "延伸阅读";
/// The date of the last change.
pub const UPDATED: &str = "更新于";
/// What is true of every text that names its sources.
pub const REPRINT_NOTICE: &str =
    "原文版权归原作者所有，如有出入，以原文为准。如有疏漏或不妥，请告知本站，我们会尽快核实处理。";

/// What is said beneath a text that names its sources; it speaks of a licence only where one of them names one.
#[must_use]
pub fn origin_notice(kind: types::ArticleKind, licensed: bool) -> String {
    let way = match kind {
        types::ArticleKind::Reprint => "转载自",
        types::ArticleKind::Translation => "译自",
        types::ArticleKind::Original | types::ArticleKind::Download => "参考了",
    };
    let licence = if licensed { "再次转载请遵守上面注明的许可。" } else { "" };
    ["本文", way, "上述来源。", licence, REPRINT_NOTICE].concat()
}

/// The way to telling something about an article.
pub const FEEDBACK: &str = "反馈";
/// The same, where it is about somebody's rights.
pub const TELL_THE_SITE: &str = "告知本站";

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
