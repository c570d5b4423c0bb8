//! Words of the pages for those who run the site.

use crate::admin::Place;

/// Name of the navigation.
pub const ADMIN: &str = "管理";

/// What a page is called.
#[must_use]
pub fn place(place: Place) -> &'static str {
    match place {
        Place::Overview => "总览",
        Place::People => "用户",
        Place::Categories => "分类",
        Place::Tags => "标签",
        Place::Cards => "学习卡片",
        Place::Quotations => "引语",
        Place::Redirects => "重定向",
        Place::Settings => "站点设置",
        Place::Audit => "操作记录",
    }
}

/// Label of the search in a list.
pub const FIND: &str = "查找";
/// Searches a list.
pub const FIND_IT: &str = "查找";
/// A list without entries.
pub const EMPTY: &str = "这里还没有内容，或者没有符合的条目。";
/// Stores a form.
pub const SAVE: &str = "保存";
/// Makes something.
pub const ADD: &str = "添加";
/// Takes something away.
pub const REMOVE: &str = "删除";
/// Nothing chosen yet.
pub const CHOOSE: &str = "请选择";
/// Leaves the forms of one thing.
pub const CLOSE: &str = "收起";
/// A name.
pub const NAME: &str = "名称";

/// Articles that readers see.
pub const PUBLISHED: &str = "已发布的文章";
/// Articles that wait for an editor.
pub const REVIEW: &str = "待审核的文章";
/// What readers told and nobody has dealt with yet.
pub const FEEDBACK_OPEN: &str = "待处理的反馈";
/// Articles that wait for their time.
pub const SCHEDULED: &str = "定时的文章";
/// Articles in progress.
pub const DRAFTS: &str = "草稿";
/// Accounts that may be used.
pub const PEOPLE_ACTIVE: &str = "用户";
/// Accounts that wait.
pub const PEOPLE_WAITING: &str = "等待批准的用户";
/// Heading of the newest lines of the log.
pub const LATEST: &str = "最近的操作";
/// The way to the whole log.
pub const WHOLE_LOG: &str = "全部操作记录";

/// What the log is.
pub const AUDIT_HELP: &str =
    "最新的在前；保留最近 400 天，最多 100,000 条。按用户名查找，只看这个人的操作。地址只留网段。";
/// Name of the table.
pub const LOG: &str = "操作记录表";
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
/// Somebody who is not signed in.
pub const NOBODY: &str = "访客";

/// What was done, in words; unknown ones as they stand in the log.
#[must_use]
pub fn action(name: &str) -> &str {
    match name {
        "signed in" => "登录",
        "sign in failed" => "登录失败",
        "registered" => "注册",
        "registered by invitation" => "凭邀请注册",
        "refused" => "越权被拒",
        "profile changed" => "修改笔名与地址",
        "password changed" => "修改密码",
        "session ended" => "退出一台设备",
        "account added" => "添加用户",
        "account set" => "设置角色与状态",
        "account closed" => "注销账号",
        "settings set" => "修改站点设置",
        "category added" => "添加分类",
        "category renamed" => "重命名分类",
        "category placed" => "移动分类",
        "category merged" => "合并分类",
        "category hidden" => "隐藏分类",
        "category shown" => "显示分类",
        "tag renamed" => "重命名标签",
        "tag merged" => "合并标签",
        "alias added" => "添加标签别名",
        "alias removed" => "删除标签别名",
        "card saved" => "保存学习卡片",
        "card removed" => "删除学习卡片",
        "quotation saved" => "保存引语",
        "quotation removed" => "删除引语",
        "redirect added" => "添加重定向",
        "redirect removed" => "删除重定向",
        "article published" => "发布文章",
        "article published on schedule" => "按时发布文章",
        "article not published on schedule" => "定时发布未成",
        "article submitted" => "提交审核",
        "article scheduled" => "定时文章",
        "article changed after scheduling" => "改动定时文章，转回审核",
        "article withdrawn" => "撤回文章",
        "article sent back" => "退回文章",
        "article hidden" => "下架文章",
        "article deleted" => "删除文章",
        "version restored" => "恢复文章的历史版本",
        "feedback sent" => "发送反馈",
        "feedback done" => "处理反馈",
        "feedback declined" => "不采纳反馈",
        other => other,
    }
}

/// Opens the form that ends an account.
#[must_use]
pub fn close(name: &str) -> String {
    format!("注销 {name}")
}

/// What ending an account does.
pub const CLOSE_HELP: &str = "账号不能再登录，此操作不能撤销。";
/// The name once more, so that nobody ends an account by accident.
pub const CONFIRM: &str = "再输入一次用户名，以示确认";
/// The name was not the right one.
pub const NOT_CONFIRMED: &str = "用户名不符，什么也没有改动。请输入要注销的用户名。";
/// There is no such person.
pub const NO_PERSON: &str = "没有这个用户，可能已被注销。请刷新后再试。";

/// Label of a choice.
#[must_use]
pub fn role_of(name: &str) -> String {
    format!("{name} 的角色")
}

/// Label of a choice.
#[must_use]
pub fn state_of(name: &str) -> String {
    format!("{name} 的状态")
}

/// Name of a button among many.
#[must_use]
pub fn save(name: &str) -> String {
    format!("保存 {name}")
}

/// How many articles readers see, and how many there are.
#[must_use]
pub fn articles(published: u32, every: u32) -> String {
    if published == every {
        format!("{published} 篇")
    } else {
        format!("{published} 篇，另有 {} 篇未发布", every - published)
    }
}

/// What can be done with the tree.
pub const CATEGORIES_HELP: &str = "点名称可以改名、移动、合并或隐藏。改了网址名或合并后，旧地址会自动转到新地址。";
/// The address of a category.
pub const SLUG: &str = "网址名";
/// What a slug is.
pub const SLUG_HELP: &str = "小写字母、数字和单个连字符；改动后旧地址会转到新地址。";
/// What a slug is, where there is none yet.
pub const NEW_SLUG_HELP: &str = "小写字母、数字和单个连字符，例如 go-gin。名称里有拉丁字母时可以留空。";
/// Not below another one.
pub const TOP: &str = "（顶层分组）";
/// Label of the choice of a group.
pub const MOVE_TO: &str = "所在分组";
/// Moves.
pub const MOVE: &str = "移动";
/// Label of the choice of another one.
pub const MERGE_INTO: &str = "合并到";
/// Makes two one.
pub const MERGE: &str = "合并";
/// What merging does.
pub const MERGE_CATEGORY_HELP: &str = "这里的文章和下级分类都移过去，这个分类随后消失，旧地址转到新地址。";
/// Takes a category out of menus.
pub const HIDE: &str = "隐藏";
/// Puts it back.
pub const SHOW: &str = "重新显示";
/// What hiding does.
pub const HIDE_HELP: &str = "隐藏后不出现在菜单里，也不能再选；已有的文章照样能读、能搜。";
/// Said of a hidden category.
pub const HIDDEN: &str = "已隐藏";
/// Heading of the form for a new one.
pub const NEW_CATEGORY: &str = "添加分类";

/// Heading of the forms for one category.
#[must_use]
pub fn editing(name: &str) -> String {
    format!("修改：{name}")
}

/// Name of a button.
#[must_use]
pub fn up(name: &str) -> String {
    format!("上移 {name}")
}

/// Name of a button.
#[must_use]
pub fn down(name: &str) -> String {
    format!("下移 {name}")
}

/// A name that is none.
pub const BAD_NAME: &str = "名称需要 1 到 40 个字符。";
/// A slug that is none.
pub const BAD_SLUG: &str = "网址名只能用小写字母 a-z、数字和单个连字符，例如 go-gin。";
/// Somebody has the slug.
pub const SLUG_TAKEN: &str = "这个网址名已被另一个分类占用，请换一个，或者把两个分类合并。";
/// There is no such category.
pub const NO_CATEGORY: &str = "没有这个分类，可能刚被合并。请刷新后再试。";
/// A third level.
pub const TOO_DEEP: &str = "分类只有两层：有下级分类的不能放进别的分组，也不能并入自己或一个下级分类。";
/// Nothing was chosen.
pub const NOT_CHOSEN: &str = "请先选择一个分类。";

/// What can be done with tags.
pub const TAGS_HELP: &str = "改名或合并后，旧名称成为别名，旧地址会自动转到新地址。";
/// What a tag's name may be.
pub const TAG_NAME_HELP: &str = "1 到 40 个字符。";
/// Label of a new alias.
pub const NEW_ALIAS: &str = "新的别名";
/// Before an alias.
pub const REMOVE_ALIAS: &str = "删除别名";
/// How to name the other tag.
pub const MERGE_TAG_HELP: &str = "另一个标签的名称或别名；这个标签的文章都改用它。";
/// There is no such tag.
pub const NO_TAG: &str = "没有这个标签，请检查名称。";
/// A name that is none.
pub const BAD_TAG: &str = "标签需要 1 到 40 个字符。";
/// A tag into itself.
pub const SAME_TAG: &str = "不能把标签并入它自己，请写另一个标签。";

/// The other names of a tag.
#[must_use]
pub fn aliases(names: &str) -> String {
    format!("别名：{names}")
}

/// Another tag has the name.
#[must_use]
pub fn tag_taken(other: &str) -> String {
    format!("这个名称已属于标签“{other}”；要合成一个，请用“合并”。")
}

/// Heading of a form.
pub const NEW_CARD: &str = "添加学习卡片";
/// A command.
pub const COMMAND: &str = "命令";
/// What it does.
pub const EXPLANATION: &str = "说明";
/// Where it works.
pub const APPLIES: &str = "适用";
/// What to beware of.
pub const CAUTION: &str = "当心";
/// Heading of a form.
pub const NEW_QUOTATION: &str = "添加引语";
/// A line to remember.
pub const LINE: &str = "引语";
/// Who wrote it.
pub const LINE_SOURCE: &str = "出处";
/// Another entry says the same.
pub const ENTRY_TAKEN: &str = "已经有一条同样的了，请改这一条，或直接编辑原有的那条。";
/// There is no such entry.
pub const NO_ENTRY: &str = "没有这一条，可能刚被删除。请刷新后再试。";

/// A field that must be filled in.
#[must_use]
pub fn missing(label: &str) -> String {
    format!("请填写{label}。")
}

/// A field with too much in it.
#[must_use]
pub fn too_long(label: &str, most: usize) -> String {
    format!("{label}太长，最多 {most} 字。")
}

/// What redirects are.
pub const REDIRECTS_HELP: &str = "旧地址转到新地址（308，永久）。改网址名和合并时会自动写入，也可以在这里补充。";
/// Heading of a form.
pub const NEW_REDIRECT: &str = "添加重定向";
/// What was.
pub const OLD_PATH: &str = "旧地址";
/// What is.
pub const NEW_PATH: &str = "新地址";
/// How to write an address.
pub const PATH_HELP: &str = "本站的路径，以 / 开头，不带域名、? 和 #，例如 /2019/05/hello.html";
/// An address that is none.
pub const BAD_PATH: &str = "地址要以单个 / 开头，不带域名、空格、? 和 #，例如 /2019/05/hello.html";
/// The old address has a page.
pub const PATH_TAKEN: &str = "这个旧地址现在有页面，不能转走；请先改掉或下架那一页。";
/// The new address has none.
pub const PATH_MISSING: &str = "新地址没有页面，请检查拼写。";
/// A circle.
pub const PATH_LOOP: &str = "这会绕回原地，请检查两个地址。";
/// There is no such redirect.
pub const NO_REDIRECT: &str = "没有这条重定向，可能刚被删除。请刷新后再试。";

/// The site's name.
pub const SITE_NAME: &str = "站名";
/// Where it shows.
pub const SITE_NAME_HELP: &str = "1 到 30 个字符，显示在每页顶部、标题和订阅里。";
/// What the site is.
pub const SITE_DESCRIPTION: &str = "简介（搜索引擎和订阅里显示）";
/// Where those who run the site are reached.
pub const CONTACT: &str = "联系方式";
/// Where it shows.
pub const CONTACT_HELP: &str =
    "邮箱地址，或以 http://、https:// 开头的链接；填了之后，每页底部有“联系本站”。可以留空。";
/// What those who register may do.
pub const REGISTRATION_ROLE: &str = "新用户的角色";
/// A name that is none.
pub const BAD_SITE_NAME: &str = "站名需要 1 到 30 个字符。";
/// A contact that is none.
pub const BAD_CONTACT: &str =
    "联系方式要写成一个邮箱地址，或一个以 http:// 或 https:// 开头的链接，最多 200 个字符；也可以留空。";
/// A description that is none.
pub const BAD_SITE_DESCRIPTION: &str = "简介需要 1 到 200 个字符。";

/// What a page says after something was done.
#[must_use]
pub fn done(name: &str) -> Option<&'static str> {
    Some(match name {
        "account" => "用户已保存，其登录已全部退出。",
        "closed" => "账号已注销。",
        "settings" => "站点设置已保存。",
        "added" => "已添加。",
        "saved" => "已保存。",
        "moved" => "已移动。",
        "merged" => "已合并，旧地址会转到新地址。",
        "hidden" => "已隐藏。",
        "shown" => "已重新显示。",
        "removed" => "已删除。",
        _ => return None,
    })
}
