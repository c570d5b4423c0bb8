//! Uploaded pictures: known by their content, bounded, and written anew, so that nothing but pixels is kept.

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use store::Asset;

/// The largest file in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The most pixels.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Memory that decoding may take, and that what was decoded may take.
pub const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// The largest file that is kept. Written anew, what was packed by a better or a lossy packer grows.
const MAX_KEPT_BYTES: usize = 3 * MAX_BYTES;

/// Why a file is no picture for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// More than [`MAX_BYTES`], or it would become more than three times as much.
    TooLarge,
    /// More than 50 million pixels, or more in them than [`MAX_MEMORY`].
    TooManyPixels,
    /// Not PNG, JPEG, GIF or WebP, whatever it is called.
    NoPicture,
    /// It begins as a picture and does not go on as one.
    Damaged,
}

/// Decodes a file and writes it anew: without metadata, and upright.
///
/// # Errors
/// When it is no picture that we take.
pub fn accept(bytes: &[u8]) -> Result<(Asset, &'static str), Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let format = image::guess_format(bytes).map_err(|_| Refusal::NoPicture)?;
    let (content_type, ending) = match format {
        ImageFormat::Png => ("image/png", "png"),
        ImageFormat::Jpeg => ("image/jpeg", "jpg"),
        ImageFormat::Gif => ("image/gif", "gif"),
        ImageFormat::WebP => ("image/webp", "webp"),
        _ => return Err(Refusal::NoPicture),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Refusal::Damaged)?;
    let (width, height) = decoder.dimensions();
    // The limit above is for what a decoder needs beside the picture: 16 bits a channel pass it.
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(Refusal::TooManyPixels);
    }
    let (data, width, height) = if format == ImageFormat::Gif {
        // Written anew, an animation would lose its frames; a GIF carries no place or camera. Its first frame must decode.
        DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Damaged)?;
        (bytes.to_vec(), width, height)
    } else {
        let turned = decoder.orientation().map_err(|_| Refusal::Damaged)?;
        let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Damaged)?;
        picture.apply_orientation(turned);
        (written(&picture, format, MAX_KEPT_BYTES)?, picture.width(), picture.height())
    };
    Ok((Asset { hash: hash(&data), content_type: content_type.to_owned(), width, height, data }, ending))
}

/// By what a picture is known: the first half of the SHA-256 of its content, in hexadecimal.
#[must_use]
pub fn hash(data: &[u8]) -> String {
    Sha256::digest(data).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A picture as a file of at most so many bytes.
fn written(picture: &DynamicImage, format: ImageFormat, most: usize) -> Result<Vec<u8>, Refusal> {
    let mut data = Cursor::new(Vec::new());
    match format {
        ImageFormat::Jpeg => {
            let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut data, 88);
            picture.to_rgb8().write_with_encoder(encoder).map_err(|_| Refusal::Damaged)?;
        }
        _ => picture.write_to(&mut data, format).map_err(|_| Refusal::Damaged)?,
    }
    let data = data.into_inner();
    if data.len() > most { Err(Refusal::TooLarge) } else { Ok(data) }
}

/// The ending that the address of a picture of this media type has.
#[must_use]
pub fn ending(content_type: &str) -> &'static str {
    match content_type {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/avif" => "avif",
        "image/svg+xml" => "svg",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut data = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut data, ImageFormat::Png).unwrap();
        data.into_inner()
    }

    #[test]
    fn a_picture_is_known_by_its_content_and_loses_what_is_no_pixel() {
        let plain = png(3, 2);
        let mut commented = plain[..33].to_vec();
        // A text chunk: length, type, content, checksum.
        commented.extend(9_u32.to_be_bytes());
        commented.extend(b"tEXtplace\0sea");
        commented.extend(0x1234_u32.to_be_bytes());
        let (asset, ending) = accept(&plain).unwrap();
        assert_eq!((asset.width, asset.height, ending, asset.content_type.as_str()), (3, 2, "png", "image/png"));
        assert!(!asset.data.windows(4).any(|part| part == b"tEXt"));
        assert_eq!(accept(&plain).unwrap().0.hash, asset.hash);
    }

    #[test]
    fn what_is_no_picture_is_refused_whatever_it_is_called() {
        for bytes in [
            b"PK\x03\x04zip".as_slice(),
            b"<svg onload=alert(1)>",
            b"<html>",
            b"",
            b"\x89PNG\r\n\x1a\nbroken",
            b"BM000000",
        ] {
            assert!(accept(bytes).is_err(), "{bytes:?}");
        }
        assert_eq!(accept(&vec![0; MAX_BYTES + 1]).unwrap_err(), Refusal::TooLarge);
    }

    /// The beginning of a PNG with 16 bits a channel, of a size at which that is more than memory is given for.
    fn deep_png() -> Vec<u8> {
        let mut deep = png(3, 2);
        deep[16..20].copy_from_slice(&6_000_u32.to_be_bytes());
        deep[20..24].copy_from_slice(&6_000_u32.to_be_bytes());
        // Bits a channel, and colour with transparency; then the checksum of the chunk.
        (deep[24], deep[25]) = (16, 6);
        let sum = checksum(&deep[12..29]);
        deep[29..33].copy_from_slice(&sum.to_be_bytes());
        deep
    }

    /// CRC-32, as PNG has it.
    fn checksum(bytes: &[u8]) -> u32 {
        let step = |sum: u32| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
        !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
    }

    #[test]
    fn what_takes_too_much_memory_or_grows_too_much_is_refused() {
        assert_eq!(accept(&deep_png()).unwrap_err(), Refusal::TooManyPixels);
        let picture = DynamicImage::new_rgb8(30, 20);
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let file = written(&picture, format, MAX_KEPT_BYTES).unwrap();
            assert_eq!(written(&picture, format, file.len() - 1), Err(Refusal::TooLarge));
        }
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded() {
        let mut bomb = png(3, 2);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        assert!(accept(&bomb).is_err());
    }
}
