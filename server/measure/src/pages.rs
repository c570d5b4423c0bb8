//! How many pages a second, beside nginx that serves the same article as a file. Both are asked by `wrk` in the same run.

use crate::corpus::Judged;
use crate::http::Client;
use crate::site::{Served, Site};
use crate::{row, table};
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use types::percent::encode;

/// Connections that `wrk` keeps open.
const CONNECTIONS: &str = "32";

/// Characters of the article that is asked for, as in the budgets.
const CHARACTERS: usize = 4000;

/// The part of a list of articles that is looked at.
#[derive(Deserialize)]
struct List {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    slug: String,
}

/// The part of an article that is looked at.
#[derive(Deserialize)]
struct Article {
    html: String,
}

/// What `wrk` found.
struct Throughput {
    requests: f64,
    p99: String,
    failed: String,
}

/// Measures and prints. Without `wrk` or nginx it says so and measures what can be.
///
/// # Errors
/// When the site does not answer.
pub fn run(site: &Site, folder: &Path, seconds: u32, queries: &[Judged]) -> Result<()> {
    if Command::new("wrk").arg("-v").output().is_err() {
        println!("page throughput is left out: `wrk` is missing (Debian's package wrk)");
        return Ok(());
    }
    let served = site.serve()?;
    let mut client = served.client()?;
    let article = typical(&mut client)?;
    let (headers, body) = fetch(&served, &article)?;
    let etag = headers
        .lines()
        .find_map(|line| line.to_ascii_lowercase().starts_with("etag:").then(|| line[5..].trim().to_owned()));
    let ours = |path: &str| format!("http://{}{path}", served.address);
    let gzip = "Accept-Encoding: gzip";

    let mut rows = vec![row!["", "requests/s", "ratio to nginx", "p99", "failed"]];
    let mut baseline = None;
    match Nginx::start(folder, &body) {
        Ok(nginx) => {
            let found = wrk(&format!("http://{}/article.html", nginx.address), seconds, &[gzip], None)?;
            baseline = Some(found.requests);
            rows.push(line("nginx, the article as a file, gzip", &found, baseline));
        }
        Err(error) => println!("nginx is left out: {error:#}"),
    }
    rows.push(line("article, in memory, gzip", &wrk(&ours(&article), seconds, &[gzip], None)?, baseline));
    if let Some(etag) = etag {
        let condition = format!("If-None-Match: {etag}");
        rows.push(line("article, 304", &wrk(&ours(&article), seconds, &[gzip, &condition], None)?, baseline));
    }
    // Every request has another address, so no rendered page can be used again.
    let script = folder.join("uncached.lua");
    let fresh =
        format!("local n = 0\nrequest = function() n = n + 1 return wrk.format('GET', '{article}?fresh=' .. n) end\n");
    fs::write(&script, fresh)?;
    rows.push(line("article, rendered anew, gzip", &wrk(&ours("/"), seconds, &[gzip], Some(&script))?, baseline));
    let paths: Vec<String> = queries.iter().map(|query| format!("'/search?q={}'", encode(&query.query))).collect();
    let paths = paths.join(", ");
    // At first no query comes twice; then those come that others have asked, as on a site with readers.
    for (name, suffix) in
        [("page of results, searched anew, gzip", " .. '&fresh=' .. n"), ("page of results, in memory, gzip", "")]
    {
        if suffix.is_empty() {
            for query in queries {
                fetch(&served, &format!("/search?q={}", encode(&query.query)))?;
            }
        }
        let script = folder.join("search.lua");
        let again = format!(
            "local paths = {{{paths}}}\nlocal n = 0\n\
             request = function() n = n + 1 return wrk.format('GET', paths[n % #paths + 1]{suffix}) end\n"
        );
        fs::write(&script, again)?;
        rows.push(line(name, &wrk(&ours("/"), seconds, &[gzip], Some(&script))?, baseline));
    }
    table::print(&format!("pages, {CONNECTIONS} connections, {seconds} s each"), &rows);
    Ok(())
}

/// The path of that one of the newest hundred articles whose length is nearest to the usual.
fn typical(client: &mut Client) -> Result<String> {
    let list: List =
        serde_json::from_slice(&client.get("/api/articles?per_page=100")?).context("reading the list of articles")?;
    let mut nearest: Option<(usize, String)> = None;
    for Item { slug } in list.items {
        let article: Article =
            serde_json::from_slice(&client.get(&format!("/api/article?slug={slug}"))?).context("reading an article")?;
        let mut inside = false;
        let characters = article.html.chars().filter(|&character| {
            inside = character == '<' || inside && character != '>';
            !inside && character != '>' && !character.is_whitespace()
        });
        let distance = characters.count().abs_diff(CHARACTERS);
        if nearest.as_ref().is_none_or(|(least, _)| distance < *least) {
            nearest = Some((distance, format!("/articles/{slug}")));
        }
    }
    Ok(nearest.context("there is no article")?.1)
}

fn line(name: &str, found: &Throughput, baseline: Option<f64>) -> Vec<String> {
    let ratio = baseline.map_or("-".to_owned(), |baseline| format!("{:.2}", found.requests / baseline));
    row![name, format!("{:.0}", found.requests), ratio, found.p99, found.failed]
}

/// Headers and compressed body of a page.
fn fetch(served: &Served, path: &str) -> Result<(String, Vec<u8>)> {
    let url = format!("http://{}{path}", served.address);
    let output = Command::new("curl")
        .args(["--fail", "--silent", "--include", "--header", "Accept-Encoding: gzip", &url])
        .output()
        .context("starting `curl`")?;
    ensure!(output.status.success(), "{path} could not be fetched");
    let end = output.stdout.windows(4).position(|window| window == b"\r\n\r\n").context("reading the answer")?;
    Ok((String::from_utf8_lossy(&output.stdout[..end]).into_owned(), output.stdout[end + 4..].to_vec()))
}

fn wrk(url: &str, seconds: u32, headers: &[&str], script: Option<&Path>) -> Result<Throughput> {
    eprintln!("· wrk {url}");
    let mut command = Command::new("wrk");
    command
        .args(["--threads", "1", "--connections", CONNECTIONS, "--latency", "--timeout", "10s", "--duration"])
        .arg(format!("{seconds}s"));
    for header in headers {
        command.args(["--header", header]);
    }
    if let Some(script) = script {
        command.arg("--script").arg(script);
    }
    let output = command.arg(url).output().context("starting `wrk`")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let value =
        |name: &str| text.lines().find_map(|line| line.trim().strip_prefix(name)).map(|value| value.trim().to_owned());
    let requests = value("Requests/sec:").and_then(|value| value.parse().ok());
    Ok(Throughput {
        requests: requests.with_context(|| format!("reading what `wrk` said: {text}"))?,
        p99: value("99%").unwrap_or_else(|| "-".to_owned()),
        failed: match (value("Non-2xx or 3xx responses:"), value("Socket errors:")) {
            (None, None) => "0".to_owned(),
            (answers, connections) => [answers, connections].into_iter().flatten().collect::<Vec<_>>().join("; "),
        },
    })
}

/// nginx with a configuration of its own; it stops when this is dropped.
struct Nginx {
    child: Child,
    address: SocketAddr,
}

impl Nginx {
    fn start(folder: &Path, compressed: &[u8]) -> Result<Self> {
        let folder = folder.join("nginx");
        let files = folder.join("files");
        fs::create_dir_all(&files)?;
        // nginx sends the compressed copy; the plain file must exist all the same.
        fs::write(files.join("article.html"), "<!DOCTYPE html>")?;
        fs::write(files.join("article.html.gz"), compressed)?;
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).context("finding a free port")?.port();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let place = folder.display();
        // Started by root, nginx would give its workers to somebody who may not read the temporary folder.
        let user = if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
            "user root;"
        } else {
            ""
        };
        let configuration = format!(
            "{user}\nworker_processes auto;\ndaemon off;\npid {place}/pid;\nerror_log {place}/error.log;\nevents {{}}\n\
             http {{\n  default_type 'text/html; charset=utf-8';\n  access_log off;\n  sendfile on;\n  gzip_static on;\n  open_file_cache max=10;\n  \
             keepalive_requests 1000000;\n  client_body_temp_path {place}/body;\n  proxy_temp_path {place}/proxy;\n  fastcgi_temp_path {place}/fastcgi;\n  \
             uwsgi_temp_path {place}/uwsgi;\n  scgi_temp_path {place}/scgi;\n  server {{ listen {address}; root {place}/files; }}\n}}\n"
        );
        let file = folder.join("nginx.conf");
        fs::write(&file, configuration)?;
        // Debian keeps the program where not everybody's PATH leads.
        let program = if Path::new("/usr/sbin/nginx").exists() { "/usr/sbin/nginx" } else { "nginx" };
        let child = Command::new(program)
            .arg("-c")
            .arg(&file)
            .stderr(Stdio::null())
            .spawn()
            .context("starting nginx (Debian's package nginx)")?;
        let nginx = Self { child, address };
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            if began.elapsed() > Duration::from_secs(5) {
                let log = fs::read_to_string(folder.join("error.log")).unwrap_or_default();
                bail!("nginx does not answer: {}", log.lines().next_back().unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The master ends its workers only when asked kindly.
        let _ = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
