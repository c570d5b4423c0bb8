//! Words of what stands beside a page.

/// Tags in most use.
pub const HOT_TAGS: &str = "热门标签";
/// The learning card.
pub const TODAYS_COMMAND: &str = "学一条命令";
/// Another learning card.
pub const ANOTHER: &str = "换一条";
/// What to beware of when using a command.
pub const CAUTION: &str = "当心：";
/// Other articles by chance.
pub const ANOTHER_SET: &str = "换一批";
/// Where a command works.
pub const APPLIES: &str = "适用：";
/// Most read articles beside a page.
pub const RECOMMENDED: &str = "推荐";
/// Leads to the whole list.
pub const MORE: &str = "更多";
/// Articles by chance.
pub const RANDOM: &str = "随便看看";
/// One article by chance.
pub const SURPRISE: &str = "随便读一篇";
/// Shown while something is fetched.
pub const LOADING: &str = "正在载入…";
