//! Commands as operators give them: on folders that hold no site, beside a running server, and with a database that is not
//! there.

use crate::site::TestSite;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

fn program(site: &TestSite, data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liuguang"));
    command.env_clear().env("LIUGUANG_LOG", "error").env("LIUGUANG_DATA", data).env("LIUGUANG_ADDR", "127.0.0.1:0");
    command.env("LIUGUANG_SITE_ROOT", site.settings.site_root.as_ref().unwrap());
    command
}

/// Runs to the end: whether it went well, and what was said on standard error.
fn run(mut command: Command) -> (bool, String) {
    let output = command.output().unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

/// A server that ends with the test. Nobody listens to it after its first line, as at the end of a pipe to `head`.
struct Server(Child);

impl Server {
    fn start(mut command: Command) -> Self {
        let mut child = command.arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert!(said.contains("started in"), "{said}");
        Self(child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reads_a_site_makes_none_in_a_wrong_folder() {
    let site = TestSite::new().await;
    let (wrong, target) = (site.folder.path().join("wrong"), site.folder.path().join("target"));
    let target = target.to_str().unwrap();
    let commands: [&[&str]; 5] =
        [&["export", target], &["backup", target], &["reindex"], &["user", "list"], &["user", "role", "me", "admin"]];
    for arguments in commands {
        let mut command = program(&site, &wrong);
        command.args(arguments);
        let (well, said) = run(command);
        assert!(!well && said.contains("is LIUGUANG_DATA right?"), "{arguments:?}: {said}");
        assert!(!wrong.exists() && !Path::new(target).exists(), "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_is_refused_and_commands_work_beside_the_first() {
    let site = TestSite::with(&[("one.md", "---\ntitle: 分片\n---\n一片就够。\n")]).await;
    site.site.index.store(None);
    let data = &site.settings.data;
    let _server = Server::start(program(&site, data));
    let mut second = program(&site, data);
    second.arg("serve");
    let (well, said) = run(second);
    assert!(!well && said.contains("is in use by another server"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    let (articles, backup) = (site.folder.path().join("articles"), site.folder.path().join("backup"));
    let commands: [&[&str]; 4] = [
        &["reindex"],
        &["import", articles.to_str().unwrap()],
        &["backup", backup.to_str().unwrap()],
        &["user", "list"],
    ];
    for arguments in commands {
        let mut command = program(&site, data);
        command.args(arguments);
        let (well, said) = run(command);
        assert!(well, "{arguments:?}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_does_not_answer_is_named_without_its_password() {
    let site = TestSite::new().await;
    // It hangs up on everybody; one where nothing listens is asked for ten seconds, because it may be starting.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap();
    std::thread::spawn(move || listener.incoming().for_each(drop));
    let mut command = program(&site, &site.settings.data);
    command.arg("serve").env("DATABASE_URL", format!("postgres://me:secret@{place}/site"));
    let (well, said) = run(command);
    assert!(!well && said.contains(&format!("the database at {place} cannot be opened")), "{said}");
    assert!(!said.contains("secret") && said.lines().count() == 1, "{said}");
}
