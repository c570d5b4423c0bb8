//! Words for what went wrong.

/// Title of the 404 page.
pub const NOT_FOUND: &str = "没有这一页";
/// What may have happened.
pub const NOT_FOUND_HELP: &str = "地址可能写错了，或者文章换了名字。可以搜一搜，也可以从页首的栏目或历史里找。";
/// Title of the 410 page.
pub const GONE: &str = "这篇文章已经撤下";
/// Title of every other failure.
pub const FAILURE: &str = "出了点问题";
/// What to do about it.
pub const FAILURE_HELP: &str = "不是你的错。请稍后再试；问题依旧时，请把下面的编号告诉我们。";
/// No network.
pub const OFFLINE: &str = "没有取到这一页：可能网络断开了，也可能网站正在更新。请稍后重新载入。";
/// Title of a page for those who are signed in.
pub const SIGNED_OUT: &str = "请先登录";
/// What to do about it.
pub const SIGNED_OUT_HELP: &str = "这一页要登录后才能看。";
/// Title of a page for others.
pub const FORBIDDEN: &str = "没有权限";
/// What to do about it.
pub const FORBIDDEN_HELP: &str = "你的账号不能做这件事；需要的话请联系管理员。";
/// Search does not answer.
pub const UNAVAILABLE: &str =
    "这里暂时不可用：网站一时太忙，数据库连不上，或者搜索的索引正在准备。请稍后再试；要找文章也可从栏目和历史里找。";

/// What a program has to put right that asks with arguments that do not fit; `field` is the one that is missing.
#[must_use]
pub fn bad_argument(field: &str) -> String {
    if field.is_empty() {
        "参数不对，请检查网址。".to_owned()
    } else {
        format!("网址里缺少参数 {field}。")
    }
}

/// Title of the answer to a program that asks too often.
pub const TOO_MANY: &str = "请求太频繁";

/// How long to wait.
#[must_use]
pub fn too_many(seconds: u64) -> String {
    format!("来自你所在网络的请求太多了，请在 {seconds} 秒后再试。")
}

/// Title of the answer when the site has no room for one more.
pub const BUSY: &str = "网站一时太忙";

/// How long to wait then.
#[must_use]
pub fn busy(seconds: u64) -> String {
    format!("同时来的请求太多了，请在 {seconds} 秒后再试。")
}

/// The site cannot reach its database.
pub const UNREACHABLE: &str = "网站暂时不可用";

/// How long to wait then.
#[must_use]
pub fn unreachable(seconds: u64) -> String {
    format!("网站一时读不到数据，请在 {seconds} 秒后再试。")
}
