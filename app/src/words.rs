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
/// A page behind the last one.
pub const NOTHING_MORE: &str = "这一页没有文章了。";
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
pub const CORRECTED: &str = "原词没有结果，已改为搜索：";
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
pub const SIGNED_OUT_HELP: &str = "这一页要登录后才能看。登录后再打开一次。";
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

/// `2025 年`.
#[must_use]
pub fn year(year: u16) -> String {
    format!("{year} 年")
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

/// Words of the editor.
#[cfg(feature = "ssr")]
pub mod editor {
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
    pub const MORE_FIELDS: &str = "封面、适用版本与延伸阅读";
    /// How to write tags.
    pub const TAGS_HELP: &str = "用逗号分开，最多 12 个，每个最多 40 字。";
    /// What a slug is.
    pub const SLUG_HELP: &str = "只用小写字母、数字和连字符；留空则自动生成。";
    /// When to publish.
    pub const SCHEDULE_HELP: &str = "北京时间。";
    /// Stores the draft.
    pub const SAVE: &str = "保存草稿";
    /// Shows the text as readers would see it.
    pub const PREVIEW: &str = "预览";
    /// The address for others.
    pub const PREVIEW_LINK: &str = "草稿的预览链接";
    /// Publishes.
    pub const PUBLISH: &str = "发布";
    /// Publishes again.
    pub const PUBLISH_CHANGES: &str = "发布改动";
    /// Asks for review.
    pub const SUBMIT: &str = "提交审核";
    /// Back to draft.
    pub const WITHDRAW: &str = "撤回为草稿";
    /// Takes it from readers.
    pub const HIDE: &str = "下架";
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
    /// Name of a comparison.
    pub const COMPARISON: &str = "逐行比较";
    /// Heading of a conflict.
    pub const CONFLICT_TITLE: &str = "别处保存了另一版";
    /// The other text.
    pub const THEIR_TEXT: &str = "服务器上的那一版全文";

    /// What happened, and what to do.
    #[must_use]
    pub fn conflict(by: &str, at: &str) -> String {
        format!(
            "{by} 在 {at} 保存了另一版。你的文字仍在下面的表单里，没有覆盖任何内容。对照下面的不同（− 是服务器上的，+ 是你的），改好后再保存。"
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
            AppError::NotFound | AppError::Gone => {
                "没有这篇文章，或者它不是你的。请返回上一页，文字还在那里。".to_owned()
            }
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
            Picture::TooLarge => "图片超过 10 MB，请缩小后再传。",
            Picture::TooManyPixels => "图片超过 5000 万像素，请缩小后再传。",
            Picture::NoPicture => "只收 PNG、JPEG、GIF 和 WebP 图片；看的是内容，不是文件名。",
            Picture::Damaged => "图片文件不完整或已损坏，请重新导出后再传。",
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

    /// What is wrong with a field, and what to do.
    #[must_use]
    pub fn problem(field: &str, kind: ProblemKind) -> String {
        let name = label(field);
        match kind {
            ProblemKind::Missing if field == "source_url" => "转载和翻译要写原文地址。".to_owned(),
            ProblemKind::Missing if field == "category" => "请选一个栏目。".to_owned(),
            ProblemKind::Missing => format!("请填写{name}。"),
            ProblemKind::TooLong { limit } if limit > 100_000 => {
                format!("{name}太长，最多 {} MB；请拆成几篇。", limit / 1_048_576)
            }
            ProblemKind::TooLong { limit } => format!("{name}太长，最多 {limit} 字。"),
            ProblemKind::NotASlug => "网址名只能用小写字母 a-z、数字和单个连字符，例如 go-gin。".to_owned(),
            ProblemKind::Taken => "这个网址名已被另一篇文章占用，请换一个。".to_owned(),
            ProblemKind::NoSuchCategory => "这个栏目已经不在了，请另选一个。".to_owned(),
            ProblemKind::NoSuchKind => "没有这种类型，请重新选择。".to_owned(),
            ProblemKind::TagTooLong { limit } => format!("有一个标签太长，每个最多 {limit} 字。"),
            ProblemKind::TooManyTags { limit } => format!("标签太多，最多 {limit} 个。"),
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
            Outcome::Withdrawn => (true, "已撤回为草稿。"),
            Outcome::Hidden => (true, "已下架，读者看不到了。"),
            Outcome::Restored => (true, "已恢复到草稿；发布后读者才会看到。"),
            Outcome::Conflict => (false, "没有保存：别处已经存了另一版。你的文字还在下面。"),
            Outcome::Refused => (false, "没有发布，文字已存为草稿。请改好下面标出的几处。"),
            Outcome::TooLarge => (false, "没有保存：内容太大。文字还在下面，请改好标出的几处。"),
            Outcome::SignedOut => (false, "没有保存：登录已失效。文字还在下面；请在另一个标签页登录，再回来点保存。"),
            Outcome::NotNow => (false, "文章现在的状态不能这样做，请刷新后再试。文字没有丢。"),
        })
    }
}

/// Words of the pages for accounts and for admins.
#[cfg(feature = "ssr")]
pub mod account {
    use types::{AccountState, InvalidCredential, Registration, Role};

    pub use super::ACCOUNT;
    /// Signs in.
    pub const SIGN_IN: &str = "登录";
    /// Makes an account.
    pub const REGISTER: &str = "注册";
    /// Signs out.
    pub const SIGN_OUT: &str = "退出登录";
    /// The name for signing in.
    pub const USERNAME: &str = "用户名";
    /// What a name may be.
    pub const USERNAME_HELP: &str = "2 到 32 个字母、汉字或数字，中间可用单个 - _ .";
    /// The password.
    pub const PASSWORD: &str = "密码";
    /// What a password may be.
    pub const PASSWORD_HELP: &str = "10 到 256 个字符，不要用常见的密码";
    /// The password so far.
    pub const OLD_PASSWORD: &str = "现在的密码";
    /// The password from now on.
    pub const NEW_PASSWORD: &str = "新密码";
    /// Changes the password.
    pub const CHANGE_PASSWORD: &str = "修改密码";
    /// Registration waits for an admin.
    pub const NEEDS_APPROVAL: &str = "注册后需要管理员批准才能登录。";
    /// Before the own name.
    pub const SIGNED_IN_AS: &str = "当前用户";
    /// Name of the links.
    pub const PLACES: &str = "我的去处";
    /// The way to the own texts.
    pub const MY_ARTICLES: &str = "我的文章";
    /// The way to the author's page.
    pub const AUTHOR_PAGE: &str = "作者页";
    /// Name and handle.
    pub const PROFILE: &str = "笔名与地址";
    /// The pen name.
    pub const NAME: &str = "笔名";
    /// What a pen name may be.
    pub const NAME_HELP: &str = "1 到 60 个字符，显示在文章上";
    /// The name in addresses.
    pub const HANDLE: &str = "作者页地址";
    /// What a handle may be.
    pub const HANDLE_HELP: &str = "小写字母、数字和单个连字符；改动后旧地址会转到新地址";
    /// Stores a form.
    pub const SAVE: &str = "保存";
    /// Where the account is signed in.
    pub const SESSIONS: &str = "登录中的设备";
    /// A browser that does not say what it is.
    pub const UNKNOWN_BROWSER: &str = "未知浏览器";
    /// Ends a session.
    pub const END_SESSION: &str = "退出";
    /// Before a time.
    pub const LAST_SEEN: &str = "最近使用";
    /// Ends the account.
    pub const CLOSE_ACCOUNT: &str = "注销账号";
    /// What ending the account does.
    pub const CLOSE_HELP: &str = "账号不能再登录；已发布的文章保留，署名改为本站。此操作不能撤销。";
    /// The page for admins.
    pub const ADMIN: &str = "管理";
    /// How the site works.
    pub const SETTINGS: &str = "站点设置";
    /// Who may register.
    pub const REGISTRATION: &str = "新用户注册";
    /// Everybody with an account.
    pub const PEOPLE: &str = "用户与角色";
    /// What a person may do.
    pub const ROLE: &str = "角色";
    /// Whether an account may be used.
    pub const STATE: &str = "状态";
    /// What was done.
    pub const AUDIT: &str = "操作记录";
    /// Heading of a column.
    pub const WHEN: &str = "时间";
    /// Heading of a column.
    pub const WHO: &str = "谁";
    /// Heading of a column.
    pub const WHAT: &str = "做了什么";
    /// Heading of a column.
    pub const WHOM: &str = "对象";
    /// Heading of a column.
    pub const FROM: &str = "来自";

    /// The same for a wrong password and for a name that there is not.
    pub const WRONG: &str = "用户名或密码不对，请重新输入。";
    /// The own password was not the right one.
    pub const WRONG_PASSWORD: &str = "密码不对，什么也没有改动。请重新输入。";
    /// The right password of an account that may not be used yet.
    pub const WAITING: &str = "账号正在等待管理员批准，批准后即可登录。";
    /// Somebody has the name.
    pub const TAKEN: &str = "这个用户名已被使用，请换一个。";
    /// Somebody has the handle.
    pub const HANDLE_TAKEN: &str = "这个作者页地址已被使用，请换一个。";
    /// Nobody may register.
    pub const REGISTRATION_CLOSED: &str = "本站目前不开放注册。";
    /// A handle that is none.
    pub const BAD_HANDLE: &str = "作者页地址只能用小写字母、数字和单个连字符。";
    /// A pen name that is none.
    pub const BAD_NAME: &str = "笔名需要 1 到 60 个字符。";
    /// The last admin stays.
    pub const LAST_ADMIN: &str = "这是最后一位管理员；请先让另一位用户成为管理员。";
    /// A value that is none.
    pub const BAD_VALUE: &str = "提交的值无效，什么也没有改动。请从列表中选择。";
    /// Too many sign in at once.
    pub const BUSY: &str = "登录的人太多，请稍后再试。";

    /// Too many tries.
    #[must_use]
    pub fn wait(seconds: u64) -> String {
        format!("尝试次数过多，请在 {seconds} 秒后再试。")
    }

    /// What is wrong with a name or a password.
    #[must_use]
    pub fn invalid(why: InvalidCredential) -> &'static str {
        match why {
            InvalidCredential::Username => "用户名需要 2 到 32 个字母、汉字或数字，中间可用单个 - _ .",
            InvalidCredential::TooShort => "密码至少需要 10 个字符。",
            InvalidCredential::TooLong => "密码最多 256 个字符。",
            InvalidCredential::Common => "这个密码太容易被猜到，请换一个。",
        }
    }

    /// What a page says after something was done.
    #[must_use]
    pub fn done(name: &str) -> Option<&'static str> {
        Some(match name {
            "profile" => "笔名与地址已保存。",
            "password" => "密码已修改，其他设备已退出登录。",
            "session" => "该设备已退出登录。",
            "closed" => "账号已注销。",
            "signed-out" => "已退出登录。",
            "waiting" => "注册成功，等待管理员批准。",
            "registration" => "注册设置已保存。",
            "account" => "用户已保存。",
            _ => return None,
        })
    }

    /// A role.
    #[must_use]
    pub fn role(role: Role) -> &'static str {
        match role {
            Role::Reader => "读者",
            Role::Author => "作者",
            Role::Editor => "编辑",
            Role::Admin => "管理员",
        }
    }

    /// A state of an account.
    #[must_use]
    pub fn state(state: AccountState) -> &'static str {
        match state {
            AccountState::Active => "正常",
            AccountState::Waiting => "等待批准",
            AccountState::Closed => "停用",
        }
    }

    /// A way to register.
    #[must_use]
    pub fn registration(way: Registration) -> &'static str {
        match way {
            Registration::Open => "开放",
            Registration::Approval => "需要批准",
            Registration::Closed => "关闭",
        }
    }
}
