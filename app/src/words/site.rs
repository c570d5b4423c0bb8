//! Words of the frame around every page.

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
/// Name of the search form inside a page, beside the one in the top bar.
pub const SEARCH_AGAIN: &str = "换个词搜索";
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
/// The way to signing in and to the own account; the same for everybody, so that public pages can be kept.
pub const ACCOUNT: &str = "账号";
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
/// The way to those who run the site.
pub const CONTACT: &str = "联系本站";
/// Feeds.
pub const FEED: &str = "订阅";
/// Name of the navigation in the top bar.
pub const SITE_NAVIGATION: &str = "站点";
/// Name of the navigation at the bottom of phones.
pub const BOTTOM_NAVIGATION: &str = "底部";
/// The switch between light and dark.
pub const THEME: &str = "切换深浅";
