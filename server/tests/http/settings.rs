//! Settings that stop the start, each with one line that names it.

use crate::site::TestSite;
use std::process::Command;

/// Starts the program with settings; it must stop by itself and say why on one line.
fn refused(site: &TestSite, settings: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liuguang"));
    command.env_clear().env("LIUGUANG_LOG", "error");
    command.env("LIUGUANG_DATA", site.settings.data.join("other"));
    command.env("LIUGUANG_SITE_ROOT", site.settings.site_root.as_ref().unwrap());
    let output = command.envs(settings.iter().copied()).arg("serve").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unknown_or_contradictory_stops_the_start() {
    let site = TestSite::new().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().map(|address| (taken, address.to_string())).unwrap();
    let file = site.settings.data.join("file");
    std::fs::write(&file, "").unwrap();
    let inside = file.join("data");
    for (name, value, said) in [
        ("LIUGUANG_COLOUR", "red", "is not a setting"),
        ("LIUGUANG_SITE_URL", "https://example.org/blog", "scheme and host alone"),
        ("LIUGUANG_SITE_URL", "https://", "LIUGUANG_SITE_URL"),
        ("DATABASE_URL", "mysql://me:secret@host/site", "mysql"),
        ("LIUGUANG_ADDR", taken.1.as_str(), "cannot be served on"),
        ("LIUGUANG_DATA", inside.to_str().unwrap(), "cannot be made"),
    ] {
        let line = refused(&site, &[(name, value)]);
        assert!(line.contains(name) && line.contains(said), "{line}");
        assert!(!line.contains("secret"), "{line}");
    }
}
