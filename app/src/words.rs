//! Every word of the interface, in one place, so that another language can follow.

/// The site's name.
pub const SITE: &str = "流光";
/// What the site is, in one sentence.
pub const SITE_DESCRIPTION: &str = "流光：中文与英文技术写作的知识站，读得快，搜得准，离线也在。";
/// The line that the name comes from.
pub const MOTTO: &str = "流光容易把人抛，红了樱桃，绿了芭蕉。";

/// Link to the content, for keyboards.
pub const SKIP: &str = "跳到正文";
/// The way home.
pub const HOME: &str = "首页";
/// Search, as a verb and a place.
pub const SEARCH: &str = "搜索";
/// In the empty search box.
pub const SEARCH_HINT: &str = "搜索文章、标签、命令、报错信息…";
/// The tree of categories.
pub const CATEGORIES: &str = "栏目";
/// Closes the drawer.
pub const CLOSE: &str = "关闭";
/// Downloads.
pub const DOWNLOADS: &str = "下载";
/// The archive.
pub const ARCHIVE: &str = "历史";
/// The page of saved articles.
pub const OFFLINE_READING: &str = "离线阅读";
/// What the page of saved articles is for.
pub const OFFLINE_HELP: &str = "保存在这台设备上的文章：没有网络也能读，也能搜。";
/// Why the page of saved articles is empty without scripts.
pub const OFFLINE_NEEDS_SCRIPT: &str = "离线保存由浏览器脚本完成，需要打开 JavaScript。";
/// The site's name with a word of explanation, for an installed application.
pub const APPLICATION_NAME: &str = "流光 · 技术知识站";
/// A new article, as a shortcut of the installed application.
pub const WRITE: &str = "写文章";
/// What the picture of the site on wide screens shows.
pub const SCREENSHOT_WIDE: &str = "首页：最新文章、热门标签与推荐";
/// What the picture of the site on phones shows.
pub const SCREENSHOT_NARROW: &str = "手机上的文章页";
/// Feeds.
pub const FEED: &str = "订阅";
/// Name of the navigation in the top bar.
pub const SITE_NAVIGATION: &str = "站点";
/// Name of the navigation at the bottom of phones.
pub const BOTTOM_NAVIGATION: &str = "底部";
/// The switch between light and dark.
pub const THEME: &str = "切换深浅";

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
/// Back to page one.
pub const FIRST_PAGE: &str = "回到第一页";

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

/// Tags in most use.
pub const HOT_TAGS: &str = "热门标签";
/// The learning card.
pub const TODAYS_COMMAND: &str = "学一条命令";
/// Another learning card.
pub const ANOTHER: &str = "换一条";
/// Where a command works.
pub const APPLIES: &str = "适用：";
/// Most read articles beside a page.
pub const RECOMMENDED: &str = "推荐";
/// Leads to the whole list.
pub const MORE: &str = "更多";
/// Articles by chance.
pub const RANDOM: &str = "随便看看";
/// One article by chance.
pub const SURPRISE: &str = "换一篇";
/// Shown while something is fetched.
pub const LOADING: &str = "正在载入…";

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
pub const SEARCH_GRAMMAR: &str = "还可以这样写：\"整句\" 原样查找，-词 排除，tag:标签、cat:栏目、author:作者、after:2024、before:2025-06 限定。";
/// Before the words that were searched instead.
pub const CORRECTED: &str = "原词没有结果，已改为搜索：";
/// Said of a chosen filter, for screen readers.
pub const TAKE_OFF: &str = "，已选，点按取消";
/// The kind that carries no badge.
pub const ORIGINAL: &str = "原创";
/// Terms that were looked for.
pub const MATCHED_TERMS: &str = "匹配：";

/// Title of the 404 page.
pub const NOT_FOUND: &str = "没有这一页";
/// What may have happened.
pub const NOT_FOUND_HELP: &str = "地址可能写错了，或者文章换了名字。可以搜一搜，或从栏目里找。";
/// Title of the 410 page.
pub const GONE: &str = "这篇文章已经撤下";
/// Title of every other failure.
pub const FAILURE: &str = "出了点问题";
/// What to do about it.
pub const FAILURE_HELP: &str = "不是你的错。请稍后再试；问题依旧时，请把下面的编号告诉我们。";
/// No network.
pub const OFFLINE: &str = "网络似乎断开了，恢复后再试一次。";
/// Search does not answer.
pub const UNAVAILABLE: &str = "这项服务正在准备，请稍后再试。";

/// Title of the answer to a program that asks too often.
pub const TOO_MANY: &str = "请求太频繁";

/// How long to wait.
#[must_use]
pub fn too_many(seconds: u64) -> String {
    format!("来自你所在网络的请求太多了，请在 {seconds} 秒后再试。")
}

/// Reading time.
#[must_use]
pub fn minutes(minutes: u32) -> String {
    format!("{minutes} 分钟")
}

/// How often an article was read, with thousands apart.
#[must_use]
pub fn views(views: i64) -> String {
    format!("{} 次阅读", grouped(views.unsigned_abs()))
}

/// How many articles.
#[must_use]
pub fn articles(count: u64) -> String {
    format!("{} 篇", grouped(count))
}

/// `2025 年 4 月`.
#[must_use]
pub fn month(month: types::Month) -> String {
    format!("{} 年 {} 月", month.year(), month.month())
}

/// How many hits, and how long it took.
#[must_use]
pub fn hits(total: u64, microseconds: u64) -> String {
    let milliseconds = microseconds.div_ceil(1000).max(1);
    format!("{} 条，用时 {milliseconds} 毫秒", grouped(total))
}

/// Searches the very words that were typed.
#[must_use]
pub fn search_verbatim(text: &str) -> String {
    format!("仍搜索“{text}”")
}

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

/// `第 2 页，共 9 页`.
#[must_use]
pub fn page_of(page: u32, last: u32) -> String {
    format!("第 {page} 页，共 {last} 页")
}

/// A number with thousands apart: `1,204`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
