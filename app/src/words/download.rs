//! Words of downloads: on the page of an article, in lists, in the editor.

use super::grouped;

/// Heading of the files of an article.
pub const FILES: &str = "下载";
/// The button.
pub const TAKE: &str = "下载文件";
/// Before the hash.
pub const SHA256: &str = "SHA-256";
/// Copies the hash.
pub const COPY: &str = "复制";
/// Before the licence.
pub const LICENCE: &str = "许可";
/// Some path would leave the folder that the archive is unpacked into.
pub const LEADS_OUT: &str = "注意：包里有指向目录之外的路径，请解压到单独的空目录，并核对文件名。";
/// A listing that does not show everything.
pub const CUT: &str = "其余没有列出";
/// There is no such file.
pub const GONE: &str = "没有这个文件，或者它所在的文章没有公开。请回到文章页重新下载。\n";

/// `46.33 KB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1024 => return format!("{bytes} B"),
        1024..1_048_576 => (1024, "KB"),
        1_048_576..1_073_741_824 => (1_048_576, "MB"),
        _ => (1_073_741_824, "GB"),
    };
    // Two places after the point, in whole numbers: the code for fractions would weigh on the client.
    let hundredths = bytes.saturating_mul(100) / unit;
    format!("{}.{:02} {name}", hundredths / 100, hundredths % 100)
}

/// `下载 1,204 次`.
#[must_use]
pub fn times(downloads: i64) -> String {
    format!("下载 {} 次", grouped(downloads.unsigned_abs()))
}

/// `2 个文件`.
#[must_use]
pub fn files(count: u32) -> String {
    format!("{} 个文件", grouped(u64::from(count)))
}

/// Above the tree of an archive.
#[must_use]
pub fn inside(count: u32, unpacked: u64) -> String {
    format!("包里的目录：{}，解压后 {}", files(count), size(unpacked))
}

/// What the copy button is for, to those who do not see it.
#[must_use]
pub fn copy_hash(name: &str) -> String {
    format!("复制 {name} 的 SHA-256")
}

/// The button with what it downloads, to those who do not see it. The words they speak to press it must stand in it.
#[must_use]
pub fn take(name: &str) -> String {
    format!("{TAKE} {name}")
}

/// Words of the editor.
#[cfg(feature = "ssr")]
pub mod editor {
    /// Heading of the part.
    pub const FILES: &str = "附件";
    /// Below the heading.
    pub const HELP: &str = "可选多个，每个不超过 32 MB，每篇最多 20 个；压缩包会列出目录。附件随任何一次提交上传；已发布文章的附件改动会立即生效。";
    /// Below the heading, where only editors may change the files.
    pub const FIXED: &str = "文章已发布，它的附件只有编辑能改：附件没有草稿，改了读者马上看到。要换附件，请联系编辑。";
    /// The field.
    pub const CHOOSE: &str = "选择文件";
    /// Licence of the new files.
    pub const LICENCE: &str = "许可（可不填，例如 MIT、CC BY 4.0、仅供个人学习）";
    /// Sends the files.
    pub const ATTACH: &str = "上传附件";
    /// Stores the licences.
    pub const SAVE_LICENCES: &str = "保存许可";
    /// Takes a file away.
    pub const REMOVE: &str = "移除";
    /// Those who may not publish may not change what readers see.
    pub const NOT_ALLOWED: &str = "文章已发布，它的附件只有编辑能改；请先撤下或请编辑处理。文字已存为草稿。";
    /// The post could not be read.
    pub const BROKEN_POST: &str = "上传中断了，什么也没有改动。请回到编辑页重新提交。\n";
    /// The text is too large to be answered with.
    pub const TOO_MUCH: &str = "一次提交的内容太大，什么也没有改动。请回到编辑页，分几次上传附件。\n";

    /// Which file the button takes away.
    #[must_use]
    pub fn remove(name: &str) -> String {
        format!("移除 {name}")
    }

    /// Licence of one file.
    #[must_use]
    pub fn licence_of(name: &str) -> String {
        format!("{name} 的许可")
    }

    /// Why a file was not taken.
    pub enum Refused<'a> {
        /// Nothing is in it.
        Empty,
        /// Too many bytes.
        TooLarge,
        /// The content is of another kind than the name says.
        NotWhatItSays {
            /// How the name ends.
            ending: &'a str,
            /// What it is.
            content: &'a str,
        },
        /// Unpacked, it would fill disks.
        Bomb,
        /// Too many files inside.
        TooManyInside,
        /// Not whole.
        Damaged,
        /// The article has as many as it may.
        TooMany,
    }

    /// Which file was not taken, why, and what to do.
    #[must_use]
    pub fn refused(name: &str, why: &Refused<'_>) -> String {
        let why = match why {
            Refused::Empty => "是空的，请选择有内容的文件。".to_owned(),
            Refused::TooLarge => "超过 32 MB，请压缩或拆分后再传。".to_owned(),
            Refused::NotWhatItSays { ending, content } => {
                let content = match *content {
                    "text" => "纯文本",
                    "binary" => "无法识别的二进制数据",
                    other => other,
                };
                format!("的名字以 .{ending} 结尾，内容却是{content}，请改正扩展名后再传。")
            }
            Refused::Bomb => "解压后会大得离谱，像是压缩炸弹，请重新打包。".to_owned(),
            Refused::TooManyInside => "里面的文件超过 5 万个，请拆成几个包。".to_owned(),
            Refused::Damaged => "不完整或已损坏，请重新打包后再传。".to_owned(),
            Refused::TooMany => "没有收下：这篇文章的附件已满 20 个，请先移除一些。".to_owned(),
        };
        format!("“{name}”{why}")
    }
}
