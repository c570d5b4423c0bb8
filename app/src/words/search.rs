//! Words of the search and its results.

use super::grouped;

/// Heading of the results.
pub const RESULTS: &str = "搜索结果";
/// Name of the scope switch.
pub const SCOPE: &str = "范围";
/// The scopes, in the order of `types::Scope::EVERY`.
pub const SCOPES: [&str; 4] = ["全部", "原创", "转载与翻译", "下载"];
/// What narrows the results.
pub const NARROW: &str = "缩小范围";
/// The page of a search without words.
pub const SEARCH_EMPTY: &str = "想找什么？试试一句报错、一条命令，或几个关键词。";
/// No hits.
pub const NO_HITS: &str = "没有找到匹配的文章。";
/// What helps when there are no hits.
pub const NO_HITS_HELP: &str = "换个说法，少写几个词，或者去掉筛选条件再试。";
/// Searches without filters.
pub const WITHOUT_FILTERS: &str = "去掉全部筛选";
/// Leads to searches for one of the words.
pub const ONE_WORD: &str = "只搜其中一个词：";
/// What may be typed besides words.
pub const SEARCH_GRAMMAR: &str =
    "还可以这样写：\"整句\" 原样查找，-词 排除，tag:标签、cat:栏目、author:作者、after:2024、before:2025-06 限定。";
/// Before the words that were searched instead.
pub const CORRECTED: &str = "没有很合适的结果，已改为搜索：";
/// Said of a chosen filter, for screen readers.
pub const TAKE_OFF: &str = "，已选，点按取消";
/// The kind that carries no badge.
pub const ORIGINAL: &str = "原创";
/// Terms that were looked for and not found.
pub const LOOKED_FOR: &str = "查找：";
/// Terms that were looked for.
pub const MATCHED_TERMS: &str = "匹配：";
/// Before those terms that not every hit holds.
pub const RELAXED_TERMS: &str = "有的结果不含：";

/// How many hits, and how long it took.
#[must_use]
pub fn hits(total: u64, microseconds: u64) -> String {
    let milliseconds = microseconds.div_ceil(1000).max(1);
    format!("{} 条，用时 {milliseconds} 毫秒", grouped(total))
}

/// What a page of results is, in one sentence for those who are sent its address.
#[must_use]
pub fn results_of(text: &str, total: u64, site: &str) -> String {
    let about = if text.is_empty() { String::new() } else { format!("与“{text}”有关的 ") };
    format!("{site}里{about}{}文章。", super::articles(total))
}

/// Searches the very words that were typed.
#[must_use]
pub fn search_verbatim(text: &str) -> String {
    format!("仍搜索“{text}”")
}
