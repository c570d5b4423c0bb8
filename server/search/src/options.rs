//! Options of commands, which begin with a hyphen as words do that must not be found: `rm -rf`, `docker run -it`.

/// Commands that are followed by any letters: nobody leaves something out right after their names.
const TOOLS: &str = "\
    ar awk bzip2 cat chattr chgrp chmod chown cp crontab dd df diff dig dmesg du egrep fgrep fuser grep gunzip gzip \
    htop iftop iostat iotop journalctl killall ldd ll ln ls lsattr lsblk lsof mkdir mount mpstat mtr mv nc netstat \
    nohup nslookup od pgrep pidstat pkill ps pstree readlink rm rmdir rsync sar scp sed ss stat strace tail tar \
    tcpdump tee top tr ulimit umount uname uniq unzip useradd usermod vmstat wc wget xargs xxd xz zgrep zip";

/// Commands that are also what articles are about, or common words, with those of their options that are letters.
const TOPICS: &[(&str, &[&str])] = &[
    ("curl", &["fsSL", "fsSLO", "iL", "kL", "LO", "sI", "sL", "so", "sS", "sSL", "vk"]),
    ("docker", &["aq", "dit", "it", "itd", "qa", "td", "ti"]),
    ("find", &["delete", "empty", "exec", "iname", "mmin", "mtime", "name", "newer", "perm", "print", "size", "type"]),
    ("free", &["gh", "hm", "mh"]),
    ("g++", &["fPIC", "pthread", "shared", "static", "std", "Wall"]),
    ("gcc", &["fPIC", "lm", "lpthread", "pthread", "shared", "static", "std", "Wall"]),
    ("git", &["am", "df", "fd", "fdx", "nd", "sn", "vv", "xdf"]),
    ("iptables", &["nL", "nvL", "vnL"]),
    ("java", &["classpath", "cp", "jar", "server", "version"]),
    ("javac", &["classpath", "cp", "encoding", "version"]),
    ("kill", &["HUP", "INT", "KILL", "QUIT", "TERM"]),
    ("kubectl", &["it", "ti"]),
    ("mysql", &["uroot"]),
    ("mysqladmin", &["uroot"]),
    ("mysqldump", &["uroot"]),
    ("openssl", &["connect", "days", "hex", "in", "key", "new", "nodes", "noout", "out", "subj", "text"]),
    ("podman", &["aq", "dit", "it", "itd", "qa", "ti"]),
    ("rpm", &["ivh", "qa", "qf", "qi", "ql", "Uvh"]),
    ("set", &["eu", "euo", "eux", "ex"]),
    ("sort", &["nr", "rh", "rn", "ru"]),
    ("ssh", &["fN", "fNL", "NL", "NT"]),
    ("tree", &["aL", "dL"]),
];

/// Sizes of memory that every virtual machine of Java is given.
const MEMORY: [&str; 4] = ["Xmn", "Xms", "Xmx", "Xss"];

/// Whether what follows a hyphen is an option of a command, and nothing to be left out: `before` is what was typed before
/// the hyphen. Without a command only what can be no word is an option: a single letter, a number, another hyphen.
pub(crate) fn is_option(before: &str, word: &str) -> bool {
    let can_be_no_word = word.len() <= 1
        || word.starts_with(|first: char| first == '-' || first.is_whitespace() || first.is_ascii_digit())
        || word.starts_with("XX:")
        || MEMORY.iter().any(|size| word.starts_with(size));
    can_be_no_word || (word.bytes().all(|byte| byte.is_ascii_alphabetic()) && follows_command(before, word))
}

/// Whether letters are an option where they stand: right after a tool, or in the line of a command that has such a one.
fn follows_command(before: &str, letters: &str) -> bool {
    // Options of one command follow each other: `ls -l -ah`.
    let mut backwards = before.split_whitespace().rev();
    if backwards.find(|word| !word.starts_with('-')).is_some_and(|word| TOOLS.split(' ').any(|tool| tool == word)) {
        return true;
    }
    // A line of commands holds no Chinese; each begins after `|`, `;` or `&&`.
    let line = before.rsplit(|character: char| !character.is_ascii() || "|;&".contains(character)).next();
    let mut words = line.unwrap_or_default().split_whitespace();
    words.any(|word| TOPICS.iter().any(|(command, options)| *command == word && options.contains(&letters)))
}

#[cfg(test)]
mod tests {
    use super::is_option;

    #[test]
    fn options_need_their_command() {
        for (before, word) in [
            ("tar ", "xzvf"),
            ("怎么用 ls -l ", "ah"),
            ("ps ", "aux"),
            ("netstat ", "tunlp"),
            ("docker run ", "it"),
            ("容器 docker exec ", "it"),
            ("git commit ", "am"),
            ("java ", "jar"),
            ("find / ", "name"),
            ("kill ", "9"),
            ("jvm ", "Xmx2g"),
            ("", "XX:+UseG1GC"),
            ("", "-oneline"),
            ("", "p"),
            ("", ""),
        ] {
            assert!(is_option(before, word), "{before}-{word}");
        }
        for (before, word) in [
            ("docker ", "css"),
            ("git ", "svn"),
            ("java ", "jvm"),
            ("docker 的 ", "it"),
            ("find 用法 ", "type"),
            ("redis ", "mysql"),
            ("tar ", "缓存"),
            ("", "go"),
        ] {
            assert!(!is_option(before, word), "{before}-{word}");
        }
    }
}
