//! Precompressed copies beside every file that gains from them.

use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Endings of files that compression makes smaller; images and fonts are compressed already.
const COMPRESSIBLE: [&str; 9] = ["css", "js", "wasm", "svg", "html", "json", "txt", "xml", "map"];

/// Writes copies beside every file below a folder that gains from them, where they are missing or older than the file.
/// A folder of the name `except` is left alone.
///
/// # Errors
/// When a file cannot be read or written.
pub fn folder(folder: &Path, except: &str) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != except) {
                self::folder(&path, except)?;
            }
        } else if path
            .extension()
            .and_then(|ending| ending.to_str())
            .is_some_and(|ending| COMPRESSIBLE.contains(&ending))
        {
            file(&path)?;
        }
    }
    Ok(())
}

/// Writes `FILE.br` (quality 11) and `FILE.gz` (level 9) where they are missing or older than the file.
///
/// # Errors
/// When a file cannot be read or written.
pub fn file(path: &Path) -> Result<()> {
    copies(path).with_context(|| format!("compressing {}", path.display()))
}

fn copies(path: &Path) -> Result<()> {
    let name = path.file_name().and_then(|name| name.to_str()).context("reading the file's name")?;
    let (brotli, gzip) = (path.with_file_name(format!("{name}.br")), path.with_file_name(format!("{name}.gz")));
    if newer(&brotli, path)? && newer(&gzip, path)? {
        return Ok(());
    }
    let content = fs::read(path)?;
    fs::write(&brotli, brotli_11(&content)?)?;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&content)?;
    fs::write(&gzip, encoder.finish()?)?;
    Ok(())
}

/// The content compressed with brotli at its best quality.
///
/// # Errors
/// When the encoder fails.
pub fn brotli_11(content: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Whether `made` exists and is not older than its source.
fn newer(made: &Path, source: &Path) -> Result<bool> {
    if !made.exists() {
        return Ok(false);
    }
    Ok(fs::metadata(made)?.modified()? >= fs::metadata(source)?.modified()?)
}
