//! Words of the editor.

use crate::editor::Outcome;
use types::{ArticleStatus, ProblemKind, RevisionReason};

/// Heading of the author's list.
pub const MINE: &str = "我的文章";
/// The way to the author's list.
pub const ALL_MINE: &str = "全部文章";
/// A new text.
pub const NEW: &str = "写文章";
/// The page of a text.
pub const EDIT: &str = "编辑文章";
/// The way to the article.
pub const READ_IT: &str = "查看";
/// In the empty search box of the list.
pub const FIND_MINE: &str = "按标题查找";
/// Every state.
pub const EVERY: &str = "全部";
/// What waits for an editor.
pub const QUEUE: &str = "待审队列";
/// An empty list.
pub const NO_WORK: &str = "这里没有文章。点“写文章”开始第一篇。";
/// An article without title.
pub const UNTITLED: &str = "（未命名）";
/// A published article with newer text.
pub const UNPUBLISHED: &str = "有未发布的改动";
/// Before a time.
pub const GOES_OUT: &str = "将发布于";
/// An article written for the site.
pub const ORIGINAL: &str = "原创";
/// Nothing chosen yet.
pub const CHOOSE: &str = "请选择";
/// The fields of reprints and translations.
pub const SOURCE: &str = "转载与翻译的来源";
/// Who must fill them in.
pub const SOURCE_HELP: &str = "转载和翻译必须写明原文地址，发布后会显示在文末。";
/// The rarely used fields.
pub const MORE_FIELDS: &str = "系列、封面、适用版本与延伸阅读";
/// How to write tags.
pub const TAGS_HELP: &str = "用逗号分开，最多 12 个，每个最多 40 字。";
/// What a series does.
pub const SERIES_HELP: &str = "同名的文章连成一个系列，目录显示在每一篇的开头。";
/// What the number of a part does.
pub const PART_HELP: &str = "填 1、2、3……决定先后；留空则排在有序号的后面，按发布时间。";
/// What a slug is.
pub const SLUG_HELP: &str = "只用小写字母、数字和连字符；留空则自动生成。";
/// When to publish.
pub const SCHEDULE_HELP: &str = "北京时间。";
/// Stores the draft.
pub const SAVE: &str = "保存草稿";
/// Shows the text as readers would see it.
pub const PREVIEW: &str = "预览";
/// Too many previews.
pub const PREVIEW_LATER: &str = "预览太频繁，请稍等。";
/// The address for others.
pub const PREVIEW_LINK: &str = "草稿的预览链接";
/// Publishes.
pub const PUBLISH: &str = "发布";
/// Publishes again.
pub const PUBLISH_CHANGES: &str = "发布改动";
/// Asks for review.
pub const SUBMIT: &str = "提交审核";
/// Asks for review of a change of a published article.
pub const SUBMIT_CHANGE: &str = "提交修改";
/// Takes such a change back.
pub const WITHDRAW_CHANGE: &str = "撤回提交";
/// A change of a published article that waits for an editor.
pub const CHANGE_WAITS: &str = "改动待审";
/// What waits beside what readers see.
pub const COMPARE_PUBLISHED: &str = "与读者看到的比较";
/// Gives a text back to its author.
pub const RETURN: &str = "退回给作者";
/// What the author is told.
pub const REASON_HELP: &str = "可不填；作者会在文章页和自己的列表里看到。";
/// Back to draft.
pub const WITHDRAW: &str = "撤回为草稿";
/// Takes it from readers.
pub const HIDE: &str = "下架";
/// What opens the way to deleting.
pub const DELETE_MORE: &str = "删除这篇文章…";
/// What deleting does.
pub const DELETE_HELP: &str =
    "删除后读者打开它的网址会看到“文章已删除”，列表和搜索里不再出现。文字和历史版本都留着，可以在“已删除”里恢复。";
/// Deletes.
pub const DELETE: &str = "删除文章";
/// Brings a deleted article back.
pub const REVIVE: &str = "恢复";
/// Publishes later.
pub const SCHEDULE: &str = "定时发布";
/// Before the time of the last save.
pub const ON_SERVER: &str = "已存到服务器，";
/// Nothing stored yet.
pub const NOT_SAVED_YET: &str = "还没有保存。";
/// Heading of the versions.
pub const REVISIONS: &str = "历史版本";
/// Shows what changed since.
pub const COMPARE: &str = "与现在比较";
/// Takes a version back.
pub const RESTORE: &str = "恢复";
/// Heading of the older text.
pub const THEN: &str = "那一版";
/// Heading of the newer text.
pub const NOW: &str = "现在";
/// The older line above the newer one.
pub const BELOW: &str = "上下对照";
/// The older text beside the newer one.
pub const BESIDE: &str = "左右对照";
/// Name of a comparison.
pub const COMPARISON: &str = "逐行比较";
/// Two texts that are the same.
pub const NO_DIFFERENCE: &str = "没有不同。";
/// A field that was left empty.
pub const NO_VALUE: &str = "（空）";
/// Heading of a conflict.
pub const CONFLICT_TITLE: &str = "别处保存了另一版";
/// The other text.
pub const THEIR_TEXT: &str = "服务器上的那一版全文";

/// What became of a scheduled article that its author changed.
pub const SENT_BACK: &str = "这篇文章定时之后改过文字或附件，所以取消了定时，回到待审核；编辑再审一次才会发布。";

/// A category that is not among those that are shown.
#[must_use]
pub fn hidden_category(name: &str) -> String {
    format!("{name}（已隐藏）")
}

/// What an author is told whose text an editor gave back.
#[must_use]
pub fn returned(reason: &str) -> String {
    if reason.is_empty() {
        "编辑退回了这篇文章。".to_owned()
    } else {
        format!("编辑退回了这篇文章：{reason}")
    }
}

/// What happened, and what to do.
#[must_use]
pub fn conflict(by: &str, at: &str) -> String {
    format!(
        "{by} 在 {at} 保存了另一版。你的文字仍在下面的表单里，没有覆盖任何内容。对照下面的不同（箭头左边和 − 是服务器上的，右边和 + 是你的），改好后再保存：保存下来的是表单里的内容。"
    )
}

/// What a scheduled article lacks.
#[must_use]
pub fn not_published(fields: &str) -> String {
    format!("到了定时发布的时间，但没能发布，请检查：{fields}。")
}

/// Above a shared draft.
#[must_use]
pub fn preview_note(at: &str) -> String {
    format!("这是尚未发布的草稿，保存于 {at}。请勿转发此链接。")
}

/// `第 3 版`.
#[must_use]
pub fn version(number: u32) -> String {
    format!("第 {number} 版")
}

/// Name of the button that takes a version back.
#[must_use]
pub fn restore(number: u32) -> String {
    format!("恢复第 {number} 版")
}

/// Heading of a comparison.
#[must_use]
pub fn compared(number: u32) -> String {
    format!("第 {number} 版之后的改动")
}

/// Why a post was not carried out.
#[must_use]
pub fn failure(error: &crate::error::AppError) -> String {
    use crate::error::AppError;
    match error {
        AppError::NotFound | AppError::Gone => "没有这篇文章，或者它不是你的。请返回上一页，文字还在那里。".to_owned(),
        AppError::Forbidden => "你的账号不能做这件事。请返回上一页，文字还在那里。".to_owned(),
        AppError::Internal { report } => {
            format!("没有保存成功，请返回上一页再试，文字还在那里。报告编号 {report}。")
        }
        _ => "没有保存成功，请返回上一页再试，文字还在那里。".to_owned(),
    }
}

/// Marks the own text in a merged one.
pub const MINE_MARK: &str = "我的";
/// Marks the other text in a merged one.
pub const THEIRS_MARK: &str = "服务器上的";

/// Why a picture was refused.
#[derive(Clone, Copy, Debug)]
pub enum Picture {
    /// Too many bytes.
    TooLarge,
    /// Too many pixels.
    TooManyPixels,
    /// Something else.
    NoPicture,
    /// Not whole.
    Damaged,
}

/// Why a picture was refused, and what to do.
#[must_use]
pub fn refusal(kind: Picture) -> &'static str {
    match kind {
        Picture::TooLarge => "图片超过 10 MB，或转存后超过 30 MB，请缩小后再传。",
        Picture::TooManyPixels => "图片超过 5000 万像素，或展开后超过 256 MB，请缩小后再传。",
        Picture::NoPicture => "只收 PNG、JPEG、GIF 和 WebP 图片；看的是内容，不是文件名。",
        Picture::Damaged => "图片文件不完整或已损坏，请重新导出后再传。",
    }
}

/// Why a picture of another site was not copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCopied {
    /// Not an address of the web.
    NoAddress,
    /// It leads to an address that is not of the public internet.
    NotPublic,
    /// Too many bytes.
    TooLarge,
    /// What the other site answered.
    Status(u16),
    /// No answer, or none as the web gives them.
    NoAnswer,
}

/// Why a picture of another site was not copied, and what to do.
#[must_use]
pub fn not_copied(why: NotCopied) -> String {
    match why {
        NotCopied::NoAddress => "图片地址要以 https:// 或 http:// 开头。".to_owned(),
        NotCopied::NotPublic => "图片地址不在公网上，不能复制；请下载后上传。".to_owned(),
        NotCopied::TooLarge => refusal(Picture::TooLarge).to_owned(),
        NotCopied::Status(status) => format!("对方网站没有给出图片（{status}）；请下载后上传。"),
        NotCopied::NoAnswer => "对方网站没有回应；请稍后再试，或下载后上传。".to_owned(),
    }
}

/// The label of a field.
#[must_use]
pub fn label(field: &str) -> &'static str {
    match field {
        "title" => "标题",
        "slug" => "网址名",
        "category" => "栏目",
        "tags" => "标签",
        "series" => "系列",
        "part" => "第几篇",
        "kind" => "类型",
        "summary" => "摘要",
        "body" => "正文（Markdown）",
        "cover" => "封面图片地址",
        "applies_to" => "适用版本",
        "further_reading" => "延伸阅读",
        "source_title" => "原文标题",
        "source_author" => "原作者",
        "source_url" => "原文地址",
        "source_licence" => "许可协议",
        "publish_at" => "发布时间",
        "reason" => "退回的理由",
        _ => "",
    }
}

/// Where an article stands.
#[must_use]
pub fn status(status: ArticleStatus) -> &'static str {
    match status {
        ArticleStatus::Draft => "草稿",
        ArticleStatus::Review => "待审核",
        ArticleStatus::Scheduled => "定时",
        ArticleStatus::Published => "已发布",
        ArticleStatus::Hidden => "已下架",
        ArticleStatus::Removed => "已删除",
    }
}

/// Why a version was kept.
#[must_use]
pub fn reason(reason: RevisionReason) -> &'static str {
    match reason {
        RevisionReason::Auto => "自动",
        RevisionReason::Saved => "保存",
        RevisionReason::Published => "发布",
        RevisionReason::Imported => "导入",
    }
}

/// Beside the name of a series: how far it has come.
#[must_use]
pub fn known_series(count: u32, last: Option<u32>) -> String {
    match last {
        Some(last) => format!("已有 {count} 篇，到第 {last} 篇"),
        None => format!("已有 {count} 篇"),
    }
}

/// What is wrong with a field, and what to do.
#[must_use]
pub fn problem(field: &str, kind: &ProblemKind) -> String {
    let name = label(field);
    match kind {
        ProblemKind::Missing if field == "source_url" => "转载和翻译要写原文地址。".to_owned(),
        ProblemKind::Missing if field == "series" => {
            "写了第几篇，就要写系列的名字；不属于系列，请清空“第几篇”。".to_owned()
        }
        ProblemKind::Missing if field == "category" => "请选一个栏目。".to_owned(),
        ProblemKind::Missing => format!("请填写{name}。"),
        ProblemKind::TooLong { limit } if *limit > 100_000 => {
            format!("{name}太长，最多 {} MB；请拆成几篇。", limit / 1_048_576)
        }
        ProblemKind::TooLong { limit } => format!("{name}太长，最多 {limit} 字。"),
        ProblemKind::NotASlug => "网址名只能用小写字母 a-z、数字和单个连字符，例如 go-gin。".to_owned(),
        ProblemKind::Taken => "这个网址名已被另一篇文章占用，请换一个。".to_owned(),
        ProblemKind::NoSuchCategory => "这个栏目已隐藏或已经不在了，请另选一个。".to_owned(),
        ProblemKind::NoSuchKind => "没有这种类型，请重新选择。".to_owned(),
        ProblemKind::TagTooLong { limit } => format!("有一个标签太长，每个最多 {limit} 字。"),
        ProblemKind::TooManyTags { limit } => format!("标签太多，最多 {limit} 个。"),
        ProblemKind::NotANumber { limit } => format!("{name}要用 0 到 {limit} 的数字，例如 3；不分先后就留空。"),
        ProblemKind::PartTaken { title } => {
            format!("这个系列的这一篇已经是《{title}》，请换一个数字，或者留空。")
        }
        ProblemKind::NotAnAddress if field == "cover" => {
            "封面图片地址要以 https://、http:// 或 /media/ 开头。".to_owned()
        }
        ProblemKind::NotAnAddress => format!("{name}要以 https:// 或 http:// 开头。"),
        ProblemKind::NotAFutureTime => "请填一个将来的时间。".to_owned(),
        ProblemKind::NotRenderable => "正文太长或嵌套太深，无法排版；请拆成几篇。".to_owned(),
    }
}

/// What the last post did: whether it is good news, and the sentence.
#[must_use]
pub fn outcome(outcome: Outcome, wrong: bool) -> Option<(bool, &'static str)> {
    Some(match outcome {
        Outcome::None => return None,
        Outcome::Saved if wrong => (true, "草稿已存到服务器。下面标出的几处，发布前需要改好。"),
        Outcome::Saved => (true, "草稿已存到服务器，读者还看不到。"),
        Outcome::Published => (true, "已发布，读者看到的就是这一版。"),
        Outcome::Submitted => (true, "已提交审核，编辑会在待审队列里看到它。"),
        Outcome::Scheduled => (true, "已定时，到时会自动发布。"),
        Outcome::ChangeSubmitted => {
            (true, "修改已提交，编辑会在待审队列里看到它；在那之前，读者看到的还是原来那一版。")
        }
        Outcome::Unchanged => (false, "没有可提交的修改：这就是读者看到的那一版。"),
        Outcome::ChangeWithdrawn => (true, "已撤回提交；改动还在草稿里，读者看到的没有变。"),
        Outcome::Returned => (true, "已退回给作者。"),
        Outcome::Withdrawn => (true, "已撤回为草稿。"),
        Outcome::Hidden => (true, "已下架，读者看不到了。"),
        Outcome::Deleted => (true, "已删除，读者看不到了；可以在下面恢复。"),
        Outcome::Revived => (true, "已恢复；要让读者看到，请再发布。"),
        Outcome::Restored => (true, "已恢复到草稿；发布后读者才会看到。"),
        Outcome::Conflict => (false, "没有保存：别处已经存了另一版。你的文字还在下面。"),
        Outcome::Refused => (false, "没有发布，文字已保存。请改好下面标出的几处。"),
        Outcome::TooLarge => (false, "没有保存：内容太大。文字还在下面，请改好标出的几处。"),
        Outcome::SignedOut => (false, "没有保存：登录已失效。文字还在下面；请在另一个标签页登录，再回来点保存。"),
        Outcome::FilesChanged => (true, "附件已更新，文字已存为草稿。"),
        Outcome::FileRefused => (false, "文字已存为草稿，但有附件没有收下，原因写在附件栏里。"),
        Outcome::NotNow => (false, "文章现在的状态不能这样做，请刷新后再试。文字没有丢。"),
    })
}
