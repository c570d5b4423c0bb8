//! The commands of the program.

use crate::config::Settings;
use crate::import_job::{self, ImportOptions};
use crate::serving::Working;
use crate::site::Site;
use crate::users::UserCommand;
use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// 流光 Liuguang: a knowledge site for technical writing.
#[derive(Debug, Parser)]
#[command(name = "liuguang", version, about)]
pub struct CommandLine {
    /// Settings that every command knows.
    #[command(flatten)]
    pub settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the site; an empty database gets categories and demo content first
    Serve,
    /// Imports folders, zip files or single files of Markdown
    Import(ImportArguments),
    /// Renders Markdown from standard input to HTML on standard output
    Render {
        /// Takes {"markdown": …} and gives {"html": …}, one object a line
        #[arg(long)]
        json_lines: bool,
    },
    /// Rebuilds the search index from the database
    Reindex,
    /// Writes every article as Markdown with its fields, and the pictures, into a new folder
    Export {
        /// A folder that is empty or does not exist yet
        folder: PathBuf,
    },
    /// Writes a consistent copy of the site into one file, while it runs
    Backup {
        /// A file that does not exist yet
        file: PathBuf,
    },
    /// Brings back a site from a backup, after checking all of it
    Restore {
        /// The file that `backup` wrote
        file: PathBuf,
        /// Sets data that is there already aside, inside the data folder, instead of refusing
        #[arg(long)]
        replace: bool,
    },
    /// Checks settings, database, index and disk, and says what to do
    Doctor,
    /// Makes, lists and changes accounts
    #[command(subcommand)]
    User(UserCommand),
}

#[derive(Debug, Args)]
struct ImportArguments {
    /// Folders, zip files or Markdown files
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// JSON Lines that name exactly the files to import, with metadata that wins over front matter
    #[arg(long)]
    manifest: Option<PathBuf>,
    /// Says what would be done and stores nothing
    #[arg(long)]
    dry_run: bool,
    /// Writes one JSON object a file: path, slug, outcome, warnings
    #[arg(long)]
    report: Option<PathBuf>,
}

impl CommandLine {
    /// Runs the command to its end.
    ///
    /// # Errors
    /// What stopped it, as sentences for the operator.
    pub async fn run(self) -> Result<()> {
        let settings = self.settings;
        settings.check()?;
        if matches!(self.command, Command::Import(_)) {
            settings.make_data_folder()?;
        }
        // The server and a restore ask for more.
        let _working = match self.command {
            Command::Import(_)
            | Command::User(_)
            | Command::Reindex
            | Command::Export { .. }
            | Command::Backup { .. } => Some(Working::begin(&settings.data)?),
            Command::Serve | Command::Render { .. } | Command::Restore { .. } | Command::Doctor => None,
        };
        match self.command {
            Command::Serve => crate::http::serve::run(settings).await,
            Command::Import(arguments) => {
                let options = ImportOptions {
                    paths: arguments.paths,
                    manifest: arguments.manifest,
                    dry_run: arguments.dry_run,
                    report: arguments.report,
                };
                import_job::run(&Site::open_for_work(&settings).await?, options).await
            }
            Command::Render { json_lines } => crate::render::run(json_lines),
            Command::User(command) => crate::users::run(&settings, command).await,
            Command::Reindex => crate::reindex::run(&settings).await,
            Command::Export { folder } => crate::export::run(&Site::open_existing(&settings).await?, &folder).await,
            Command::Backup { file } => crate::backup::run(&settings, &file).await,
            Command::Restore { file, replace } => crate::restore::run(&settings, &file, replace).await,
            Command::Doctor => crate::doctor::run(&settings).await,
        }
    }
}
