//! The local pictures of imported files: stored once by content, shown with their size.

use crate::passwords::is_hexadecimal;
use crate::pictures::{accept, hash};
use image::ImageDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::metadata::Orientation;
use import::Entry;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::{Mutex, PoisonError};
use store::Asset;

/// The largest picture that is taken over, in bytes.
const MAX_BYTES: usize = 10 * 1024 * 1024;

/// Pictures met so far.
#[derive(Default)]
pub(super) struct Pictures {
    waiting: Mutex<Vec<Asset>>,
    sizes: Mutex<HashMap<String, (u32, u32)>>,
}

/// What has become of a picture that a file shows.
pub(super) enum Taken {
    /// It has an address that stays.
    Elsewhere,
    /// It is shown from this address of ours.
    Here(String),
    /// It could not be taken, and a warning says why.
    Missing,
}

impl Pictures {
    /// Takes a picture that lies beside the file.
    pub fn take(&self, entry: &Entry, url: &str, warnings: &mut Vec<String>) -> Taken {
        let elsewhere = url.contains("://") || url.starts_with("//") || url.starts_with("data:") || is_ours(url);
        if elsewhere || url.is_empty() {
            return Taken::Elsewhere;
        }
        let Some(bytes) = entry.neighbour(url) else {
            warnings.push(format!("missing image {url}"));
            return Taken::Missing;
        };
        if bytes.len() > MAX_BYTES {
            warnings.push(format!("image {url} is larger than 10 MB and was left out"));
            return Taken::Missing;
        }
        let Some((content_type, ending)) = kind(&bytes) else {
            warnings.push(format!("image {url} is no PNG, JPEG, GIF, WebP or SVG and was left out"));
            return Taken::Missing;
        };
        let bytes = if ending == "jpg" { upright(bytes) } else { bytes };
        let hash = hash(&bytes);
        let address = format!("/media/{hash}.{ending}");
        let (width, height) = size(&bytes, ending).unwrap_or_default();
        self.add(&address, Asset { hash, content_type: content_type.to_owned(), width, height, data: bytes });
        Taken::Here(address)
    }

    /// Takes every picture that an exported text shows, under the very address that it has there.
    pub fn take_exported(&self, entry: &Entry, text: &str, warnings: &mut Vec<String>) {
        for (at, start) in text.match_indices("/media/").filter(|(at, _)| begins_destination(&text[..*at])) {
            let name = &text[at + start.len()..];
            let length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.').count();
            let Some((hash, _)) = name[..length].split_once('.') else { continue };
            let address = format!("{start}{hash}.{}", name[hash.len() + 1..length].trim_end_matches('.'));
            if self.sizes.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&address) {
                continue;
            }
            let Some(bytes) = entry.neighbour(&address) else {
                warnings.push(format!("missing image {address}"));
                continue;
            };
            let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            let Some((content_type, ending)) = kind(&bytes).filter(|_| digest.starts_with(hash)) else {
                warnings.push(format!("image {address} is not what its name says and was left out"));
                continue;
            };
            let (width, height) = size(&bytes, ending).unwrap_or_default();
            let asset =
                Asset { hash: hash.to_owned(), content_type: content_type.to_owned(), width, height, data: bytes };
            self.add(&address, asset);
        }
    }

    /// Has a picture stored with the next batch; one that was met before is.
    fn add(&self, address: &str, asset: Asset) {
        let mut sizes = self.sizes.lock().unwrap_or_else(PoisonError::into_inner);
        if sizes.insert(address.to_owned(), (asset.width, asset.height)).is_none() {
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(asset);
        }
    }

    /// The pictures that are not stored yet.
    pub fn drain(&self) -> Vec<Asset> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl markup::Surroundings for Pictures {
    fn image_size(&self, url: &str) -> Option<(u32, u32)> {
        let sizes = self.sizes.lock().unwrap_or_else(PoisonError::into_inner);
        sizes.get(url).copied().filter(|(width, height)| *width > 0 && *height > 0)
    }

    fn draws(&self) -> bool {
        true
    }

    fn keep(&self, diagram: markup::Diagram) -> Option<String> {
        let (address, asset) = crate::rendering::stored(diagram);
        self.add(&address, asset);
        Some(address)
    }
}

/// Whether an address is that of a picture here: other sites have a folder of this name too, but name no file by its hash.
fn is_ours(url: &str) -> bool {
    let hash = url.strip_prefix("/media/").and_then(|name| name.split('.').next());
    hash.is_some_and(|hash| is_hexadecimal(hash, 32))
}

/// Whether an address may begin behind this text: one that is longer leads to another site.
fn begins_destination(before: &str) -> bool {
    before.chars().next_back().is_none_or(|last| last.is_whitespace() || "(<\"'=,".contains(last))
}

/// The media type and file ending, by the first bytes and never by the name.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(("image/png", "png")),
        [0xff, 0xd8, 0xff, ..] => Some(("image/jpeg", "jpg")),
        [b'G', b'I', b'F', b'8', ..] => Some(("image/gif", "gif")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("image/webp", "webp")),
        _ => {
            let start = std::str::from_utf8(&bytes[..bytes.len().min(1024)])
                .or_else(|error| std::str::from_utf8(&bytes[..error.valid_up_to()]));
            start.is_ok_and(|text| text.contains("<svg")).then_some(("image/svg+xml", "svg"))
        }
    }
}

/// A photograph by a camera that was turned is stored upright, as an upload is: otherwise its size is not the one in which
/// it is seen, and it gets no smaller copies. Every other one stays as it is, to the byte.
fn upright(bytes: Vec<u8>) -> Vec<u8> {
    let orientation = JpegDecoder::new(Cursor::new(&bytes)).and_then(|mut decoder| decoder.orientation());
    match orientation {
        Ok(turned) if turned != Orientation::NoTransforms => accept(&bytes).map_or(bytes, |(asset, _)| asset.data),
        _ => bytes,
    }
}

/// Width and height in pixels.
fn size(bytes: &[u8], ending: &str) -> Option<(u32, u32)> {
    if ending != "svg" {
        let size = imagesize::blob_size(bytes).ok()?;
        return Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let open = &text[text.find("<svg")?..];
    let tag = &open[..open.find('>')?];
    Some((svg_length(tag, "width")?, svg_length(tag, "height")?))
}

/// A length of an SVG's outermost element, in pixels.
fn svg_length(tag: &str, name: &str) -> Option<u32> {
    let after = tag.split_once(&format!(" {name}=\""))?.1;
    let value = after.split('"').next()?.trim_end_matches("px");
    value.parse::<f64>().ok().filter(|length| (1.0..=20_000.0).contains(length)).map(|length| length.round() as u32)
}
