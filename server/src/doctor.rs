//! `liuguang doctor`: looks at everything a site needs; each line says that it is well, or what to do.

use crate::config::Settings;
use anyhow::{Context, Result, bail};
use search::{Index, SearchError};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::Path;
use store::{DatabaseFile, DatabaseServer, Store, StoreError};

/// Below this many free bytes nobody should go on.
const LITTLE_SPACE: u64 = 200 * 1024 * 1024;

/// What one look showed: a sentence when all is well, or one that says what is wrong and what to do.
type Finding = Result<String, String>;

/// The command; its error makes the exit code 1.
///
/// # Errors
/// When there is a fault.
pub async fn run(settings: &Settings) -> Result<()> {
    let findings = examine(settings).await;
    let mut faults = 0;
    for (part, finding) in findings {
        match finding {
            Ok(said) => println!("ok     {part}: {said}"),
            Err(said) => {
                faults += 1;
                println!("FAULT  {part}: {said}");
            }
        }
    }
    if faults > 0 {
        bail!("{faults} of the checks found a fault");
    }
    Ok(())
}

/// Looks at every part.
pub async fn examine(settings: &Settings) -> Vec<(&'static str, Finding)> {
    let mut findings = vec![
        ("settings", Ok(configuration(settings))),
        ("data folder", data_folder(settings)),
        ("disk", disk(&settings.data)),
        ("site folder", site_folder(settings)),
    ];
    let (database, comparable) = match settings.database_file() {
        Some(file) => database_file(&file).await,
        None => database_server(&settings.database()).await,
    };
    findings.push(("database", database));
    if comparable {
        findings.push(("index", index(settings).await));
    }
    findings
}

fn configuration(settings: &Settings) -> String {
    let url = settings.site_url.as_deref().unwrap_or("not set, so addresses in feeds follow what the client asks for");
    format!("serves on {}, LIUGUANG_SITE_URL is {url}", settings.addr)
}

fn data_folder(settings: &Settings) -> Finding {
    let folder = settings.data.display();
    if !settings.data.is_dir() {
        return Err(format!("{folder} is not there; check LIUGUANG_DATA, or start `liuguang serve`, which makes it"));
    }
    match tempfile::Builder::new().prefix(".doctor-").tempfile_in(&settings.data) {
        Ok(_) => Ok(format!("{folder} can be written")),
        Err(error) => Err(format!("{folder} cannot be written ({error}); give it to the user that runs the site")),
    }
}

fn disk(folder: &Path) -> Finding {
    let free = fs4::available_space(folder).map_err(|error| format!("free space cannot be had: {error}"))?;
    let shown = format!("{} MB are free", free / 1024 / 1024);
    if free < LITTLE_SPACE { Err(format!("only {shown}; make room, or nothing can be saved soon")) } else { Ok(shown) }
}

fn site_folder(settings: &Settings) -> Finding {
    let folder = settings.site_folder().map_err(|error| error.to_string())?;
    let list = folder.join("assets.json");
    let text = std::fs::read_to_string(&list);
    let text = text.map_err(|error| {
        format!("{} cannot be read ({error}); set LIUGUANG_SITE_ROOT or run `make build`", list.display())
    })?;
    let files: std::collections::BTreeMap<String, serde_json::Value> = serde_json::from_str(&text)
        .map_err(|error| format!("{} makes no sense ({error}); run `make build`", list.display()))?;
    let missing: Vec<_> = files
        .values()
        .filter_map(serde_json::Value::as_str)
        .filter(|path| path.starts_with("/pkg/") && !folder.join(&path[1..]).is_file())
        .collect();
    if missing.is_empty() {
        Ok(format!("{} holds {} files of the client", folder.display(), files.len()))
    } else {
        Err(format!("{} lacks {}; run `make build`", folder.display(), missing.join(", ")))
    }
}

/// What the database file is like, and whether this program can read its tables as they are.
async fn database_file(file: &Path) -> (Finding, bool) {
    let shown = file.display();
    if !file.is_file() {
        return (
            Err(format!("there is no {shown}; start `liuguang serve`, which makes it, or restore a backup")),
            false,
        );
    }
    let checked = match DatabaseFile::check(file).await {
        Ok(checked) => checked,
        Err(error) => return (Err(format!("{shown} cannot be read ({error}); restore a backup")), false),
    };
    let finding = if checked.faults.is_empty() {
        tables(&format!("{shown} is sound"), checked.schema, checked.known_schema, checked.articles)
    } else {
        Err(format!("{shown} is damaged ({}); restore a backup", checked.faults.join("; ")))
    };
    let comparable = finding.is_ok() && checked.schema == checked.known_schema;
    (finding, comparable)
}

/// Whether the PostgreSQL database answers and takes what this program writes. Its files its own tools check.
async fn database_server(url: &str) -> (Finding, bool) {
    let checked = match DatabaseServer::check(url).await {
        Ok(checked) => checked,
        Err(error) => {
            let error = anyhow::Error::from(error);
            return (
                Err(format!("{error:#}; look whether PostgreSQL runs there, and whether DATABASE_URL is right")),
                false,
            );
        }
    };
    let place = &checked.place;
    let finding = if !checked.writable {
        Err(format!("PostgreSQL at {place} takes no writes; let DATABASE_URL name a server that is no standby"))
    } else if checked.schema == 0 {
        Err(format!(
            "PostgreSQL at {place} answers and holds no tables of this program; start `liuguang serve`, which makes them, \
             or let DATABASE_URL name another database"
        ))
    } else {
        tables(&format!("PostgreSQL at {place} answers"), checked.schema, checked.known_schema, checked.articles)
    };
    let comparable = finding.is_ok() && checked.schema == checked.known_schema;
    (finding, comparable)
}

/// Whether this program can read the tables of a database of which so much is well.
fn tables(well: &str, schema: i64, known: i64, articles: i64) -> Finding {
    match schema.cmp(&known) {
        Ordering::Greater => Err(StoreError::Newer.to_string()),
        Ordering::Less => Ok(format!("{well}; the next start brings its tables from schema {schema} to {known}")),
        Ordering::Equal => Ok(format!("{well} and holds {articles} articles (schema {schema})")),
    }
}

async fn index(settings: &Settings) -> Finding {
    match compare(settings).await {
        Ok(finding) => finding,
        Err(error) => Err(format!("it could not be compared with the database: {error:#}")),
    }
}

/// Whether the index holds exactly the published articles, each in its newest revision.
async fn compare(settings: &Settings) -> Result<Finding> {
    let rebuild = "run `liuguang reindex`, or start the server, which repairs it";
    let folder = settings.index();
    let index = match Index::open_to_read(&folder) {
        Ok(index) => index,
        Err(error @ SearchError::Missing { .. }) => return Ok(Err(format!("{error}; {rebuild}"))),
        Err(error) => return Ok(Err(format!("{error}; {rebuild}"))),
    };
    if let Err(error) = index.verify() {
        return Ok(Err(format!("{error}; {rebuild}")));
    }
    let store = Store::open(&settings.database()).await.context("opening the database")?;
    let newest = store.last_change().await.context("reading the change log")?;
    let cursor = index.cursor().context("reading the index's place in the log")?.unwrap_or(0);
    let serving = crate::restore::in_use(settings)?;
    if cursor < newest && serving {
        return Ok(Ok(format!("{} changes behind; the running server takes them now", newest - cursor)));
    }
    if cursor != newest {
        return Ok(Err(format!("it stands at change {cursor} and the database at {newest}; {rebuild}")));
    }
    let stored: BTreeSet<_> = store.published_revisions().await.context("reading the articles")?.into_iter().collect();
    let indexed: BTreeSet<_> = index.ids_and_revisions().context("reading the index")?.into_iter().collect();
    let (missing, surplus) = (stored.difference(&indexed).count(), indexed.difference(&stored).count());
    if missing + surplus > 0 {
        return Ok(Err(format!(
            "{missing} articles are missing or old in it and {surplus} should not be there; {rebuild}"
        )));
    }
    Ok(Ok(format!("holds the {} published articles, up to change {cursor}", indexed.len())))
}
