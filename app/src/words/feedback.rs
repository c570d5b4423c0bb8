//! Words of what readers tell about articles, and of those who deal with it.

use types::{FeedbackFault, FeedbackKind, FeedbackMessage, FeedbackState};

/// The page of the form, and the queue.
pub const FEEDBACK: &str = "反馈";
/// Heading of the form.
pub const TELL: &str = "告诉我们";
/// Before the title of the article.
pub const ABOUT: &str = "关于文章";
/// Label of the kinds.
pub const KIND: &str = "类型";
/// Label of the text.
pub const TEXT: &str = "想说的话";
/// How to help those who read it.
pub const TEXT_HELP: &str =
    "最多 4000 字。请写明是哪一节、哪一句；反馈侵权时，请写明原作在哪里，你是权利人还是代为转告。";
/// Label of the contact.
pub const CONTACT: &str = "联系方式（侵权时必填，其他时候可不填）";
/// What becomes of the contact.
pub const CONTACT_HELP: &str =
    "邮箱、电话或其他能找到你的方式，只给处理这条反馈的人看，用来答复你；反馈处理完 180 天后，联系方式会自动删除。";
/// Sends the form.
pub const SEND: &str = "发送";
/// The way back.
pub const BACK: &str = "回到文章";
/// Heading after it was sent.
pub const THANKS: &str = "收到了，谢谢";
/// What happens now.
pub const THANKS_HELP: &str = "作者和编辑会看到它。留了联系方式的话，需要时会用它答复你；再来问起时，请报上面的编号。";
/// The way to tell something else.
pub const TELL_MORE: &str = "再写一条";

/// The number by which a case is known.
#[must_use]
pub fn numbered(number: types::FeedbackId) -> String {
    format!("反馈编号：{number}")
}

/// What a reader tells.
#[must_use]
pub fn kind(kind: FeedbackKind) -> &'static str {
    match kind {
        FeedbackKind::Mistake => "有错误",
        FeedbackKind::Outdated => "过时了",
        FeedbackKind::Infringement => "侵权",
        FeedbackKind::Question => "有疑问",
    }
}

/// What is wrong with what was written, and what to do.
#[must_use]
pub fn fault(fault: FeedbackFault) -> String {
    match fault {
        FeedbackFault::Kind => "请从列表里选一种类型。".to_owned(),
        FeedbackFault::NoText => "请写下想说的话。".to_owned(),
        FeedbackFault::LongText => format!("写得太长，最多 {} 字；请缩短，或分几次发送。", FeedbackMessage::TEXT),
        FeedbackFault::NoContact => "反馈侵权需要留下联系方式，以便核实和答复。".to_owned(),
        FeedbackFault::LongContact => format!("联系方式太长，最多 {} 字。", FeedbackMessage::CONTACT),
    }
}

/// Too much was sent.
#[must_use]
pub fn wait(seconds: u64) -> String {
    format!("收到的反馈太多，还没有发送；文字都在下面，请在 {} 分钟后再发。", seconds.div_ceil(60))
}

/// Heading of the queue.
pub const QUEUE: &str = "读者反馈";
/// What the queue is.
pub const QUEUE_HELP: &str = "读者在文章下面写的话，待处理的在前。侵权由编辑处理；要下架文章，打开编辑页，点“下架”。";
/// Label of the search by number.
pub const FIND: &str = "反馈编号";
/// Searches.
pub const FIND_IT: &str = "查找";
/// An empty queue.
pub const NOTHING: &str = "这里没有反馈。";
/// Every state.
pub const EVERY: &str = "全部";
/// The way to the article.
pub const READ_IT: &str = "查看文章";
/// The way to its text.
pub const EDIT_IT: &str = "打开编辑页";
/// The way to what changed since the reader saw it.
pub const CHANGED_SINCE: &str = "读者看过之后的改动";
/// Before the pen name of who sent it.
pub const FROM: &str = "来自";
/// Somebody who was not signed in.
pub const SOMEBODY: &str = "访客";
/// Before the contact.
pub const CONTACT_IS: &str = "联系方式";
/// Opens the form that closes a case.
pub const CLOSE: &str = "处理这条反馈";
/// Label of the note.
pub const ANSWER: &str = "处理说明";
/// Who reads the note.
pub const ANSWER_HELP: &str = "可不填，最多 1000 字；只有作者和编辑看得到，不会自动发给读者。";
/// Closes a case: what was asked for was done.
pub const DONE: &str = "已处理";
/// Closes a case: nothing was to be done.
pub const DECLINE: &str = "不采纳";
/// Who closes such a case.
pub const EDITORS_CLOSE: &str = "侵权由编辑处理，联系方式也只给编辑看。";
/// Before a note that was not stored.
pub const NOT_STORED: &str = "你写的说明没有保存：";

/// The way to the queue, with the number of open cases.
#[must_use]
pub fn queue(open: u64) -> String {
    if open == 0 { QUEUE.to_owned() } else { format!("{QUEUE}（{open}）") }
}

/// Where a case stands.
#[must_use]
pub fn state(state: FeedbackState) -> &'static str {
    match state {
        FeedbackState::Open => "待处理",
        FeedbackState::Done => "已处理",
        FeedbackState::Declined => "未采纳",
    }
}

/// Which revision the reader saw.
#[must_use]
pub fn seen(revision: u32) -> String {
    format!("读者看到的是第 {revision} 版")
}

/// Who closed a case, and when.
#[must_use]
pub fn closed(by: &str, at: &str) -> String {
    format!("{by} 于 {at} 处理")
}

/// Names a button among many.
#[must_use]
pub fn button(word: &str, number: types::FeedbackId) -> String {
    format!("{word}：反馈 {number}")
}

/// Somebody was faster.
#[must_use]
pub fn already(by: &str, at: &str, state: FeedbackState) -> String {
    format!("{by} 已经在 {at} 处理过这条反馈（{}），你的操作没有改动任何内容。", self::state(state))
}

/// There is no such case, or it is about somebody else's article.
pub const NO_CASE: &str = "没有这条反馈，或者它说的不是你的文章。请刷新后再试。";
/// The author of an article closes no case about its rights.
pub const NOT_YOURS: &str = "侵权的反馈由编辑处理，什么也没有改动。";
/// The note is too long.
pub const LONG_ANSWER: &str = "处理说明太长，最多 1000 字。";

/// What the queue says after something was done.
#[must_use]
pub fn done(name: &str) -> Option<&'static str> {
    Some(match name {
        "done" => "已标为“已处理”。",
        "declined" => "已标为“未采纳”。",
        _ => return None,
    })
}
