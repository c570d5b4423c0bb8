//! Words of the pages for accounts and for admins.

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
pub const CLOSE_HELP: &str = "账号不能再登录，此操作不能撤销。你的文章可以留在本站，也可以交给另一位作者。";
/// Who gets the articles.
pub const HEIR: &str = "文章归属";
/// How the author who gets them is named, and what happens without one.
pub const HEIR_HELP: &str = "另一位作者的作者页地址，即 /author/ 后面那一段；不填则留在本站，署名改为本站";
/// Nobody gets them.
pub const STAYS: &str = "留在本站，署名改为本站";
/// The person named has no account.
pub const NO_HEIR: &str = "没有这位作者，或其账号已停用；什么也没有改动。请重新选择。";
/// An invitation that does not serve.
pub const NO_INVITATION: &str =
    "这个邀请链接已经用过、过期，或者不完整。请向管理员要一个新的；首次启动的链接在每次启动时重新打印。";

/// What an invitation makes of somebody.
#[must_use]
pub fn invited(role: Role) -> String {
    format!("你收到了邀请：注册后即为{}。链接只能用一次。", self::role(role))
}

/// The page for admins.
pub const ADMIN: &str = "管理";
/// Who may register.
pub const REGISTRATION: &str = "新用户注册";

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
