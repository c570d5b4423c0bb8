//! Words for what went wrong.

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
    "搜索暂时不可用：索引正在准备，或者一时太忙。文章都可以照常阅读；请稍后再试，或从栏目和归档里找。";

/// Title of the answer to a program that asks too often.
pub const TOO_MANY: &str = "请求太频繁";

/// How long to wait.
#[must_use]
pub fn too_many(seconds: u64) -> String {
    format!("来自你所在网络的请求太多了，请在 {seconds} 秒后再试。")
}
