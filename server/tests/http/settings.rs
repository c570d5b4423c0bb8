//! Settings that stop the start, each with one line that names it, and what admins say of how they are reached.

use crate::account::{add, get, post, sign_in};
use crate::site::TestSite;
use axum::http::StatusCode;
use std::process::Command;
use types::{AccountState, Role};

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
        ("LIUGUANG_LOG", "wran", "use error, warn"),
    ] {
        let line = refused(&site, &[(name, value)]);
        assert!(line.contains(name) && line.contains(said), "{line}");
        assert!(!line.contains("secret"), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_runs_the_site_is_reached_from_every_page_once_they_say_how() {
    let site = TestSite::with(&[("one.md", "---\ntitle: 分片\n---\n一片就够。\n")]).await;
    add(&site, "boss", Role::Admin, AccountState::Active).await;
    let boss = sign_in(&site, "boss").await;
    let save = async |contact: &str| {
        let fields = [
            ("action", "save"),
            ("name", "流光"),
            ("description", "一个站。"),
            ("contact", contact),
            ("registration", "open"),
            ("registration_role", "author"),
        ];
        post(&site, "/admin/settings", &boss, &fields).await
    };
    let pages = ["/", "/articles/one", "/nowhere", "/account"];
    for path in pages {
        assert!(!site.get(path).await.body.contains("联系本站"), "{path}: nobody said how");
    }
    for bad in ["somebody", "javascript:alert(1)", "me@example.org?bcc=you@example.org", &"a".repeat(201)] {
        let refused = save(bad).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(refused.body.contains("联系方式要写成") && refused.body.contains("id=\"contact-error\""), "{bad}");
    }
    for (contact, address) in [
        ("me@example.org", "mailto:me@example.org"),
        ("https://example.org/about?a=1&b=\"2\"", "https://example.org/about?a=1&amp;b=&quot;2&quot;"),
    ] {
        assert_eq!(save(contact).await.header("location"), "/admin/settings?done=settings", "{contact}");
        for path in pages {
            let page = site.get(path).await.body;
            let foot = page.split("<footer>").nth(1).unwrap_or_else(|| panic!("no foot in {path}: {page}"));
            assert!(foot.contains(&format!("<a href=\"{address}\" rel=\"external\">联系本站</a>")), "{path}: {foot}");
        }
    }
    get(&site, "/admin/settings", &boss).await.assert_page("name=\"contact\"");
    let again = server::site::Site::open(&site.settings).await.unwrap();
    assert!(again.contact.load().starts_with("https://example.org/"), "it is there after a restart");
    assert_eq!(save(" ").await.header("location"), "/admin/settings?done=settings", "it can be taken back");
    assert!(!site.get("/").await.body.contains("联系本站"));
}
