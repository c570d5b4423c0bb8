//! Words of lists.

/// Heading of the home page.
pub const LATEST: &str = "最新文章";
/// Sorts newest first.
pub const NEWEST: &str = "最新";
/// Sorts most read first.
pub const MOST_READ: &str = "最热";
/// Sorts best match first.
pub const RELEVANCE: &str = "相关";
/// Only what was written here.
pub const ORIGINAL_ONLY: &str = "只看原创";
/// Name of the sort links.
pub const ORDER: &str = "排序";
/// Previous page of a list.
pub const PREVIOUS_PAGE: &str = "上一页";
/// Next page of a list.
pub const NEXT_PAGE: &str = "下一页";
/// Name of the pager.
pub const PAGES: &str = "分页";
/// A list without items.
pub const NOTHING_HERE: &str = "这里还没有文章。";
/// A page behind the last one.
pub const NOTHING_MORE: &str = "这一页没有文章了。";
/// Back to page one.
pub const FIRST_PAGE: &str = "回到第一页";

/// What a list is, in one sentence for search engines.
#[must_use]
pub fn list_of(name: &str, count: u64, site: &str) -> String {
    format!("{name}：{site}收录的 {}文章。", super::articles(count))
}
