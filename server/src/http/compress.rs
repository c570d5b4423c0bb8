//! Content in the encodings that clients take.

use axum::body::Bytes;
use axum::http::HeaderValue;
use std::io::Write;

/// Below this many bytes compression gains nothing.
const WORTH_BYTES: usize = 600;
/// brotli's quality: measured 0.9 ms for 24 KB, where 11 takes 28 ms for a tenth less.
const BROTLI_QUALITY: i32 = 5;
/// brotli's quality for what is sent once and not kept: much sooner there, and a tenth longer.
const QUICK_BROTLI_QUALITY: i32 = 2;

/// gzip's level.
const GZIP_LEVEL: u32 = 3;
/// gzip's level for what is sent once and not kept.
const QUICK_GZIP_LEVEL: u32 = 2;

/// How content is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Encoding {
    /// The name in `Content-Encoding`; none for content as it is.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// The best encoding that an `Accept-Encoding` allows.
    #[must_use]
    pub fn accepted(header: Option<&HeaderValue>) -> Self {
        let header = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let takes = |name: &str| {
            header.split(',').any(|part| {
                let mut parts = part.split(';').map(str::trim);
                parts.next().is_some_and(|given| given.eq_ignore_ascii_case(name))
                    && !parts.any(|quality| matches!(quality, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        };
        if takes("br") {
            Self::Brotli
        } else if takes("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    /// This encoding, or none for content that is too short for one.
    #[must_use]
    pub fn worth(self, bytes: usize) -> Self {
        if bytes < WORTH_BYTES { Self::Identity } else { self }
    }
}

/// The content in an encoding, and the encoding that it has then: what is too short, or cannot be encoded, stays as it is.
#[must_use]
pub fn encode(content: Vec<u8>, encoding: Encoding) -> (Encoding, Bytes) {
    encoded(content.into(), encoding, BROTLI_QUALITY, GZIP_LEVEL)
}

/// As [`encode`], for content that is made for each request: a little longer, and sooner there.
#[must_use]
pub fn encode_quickly(content: Bytes, encoding: Encoding) -> (Encoding, Bytes) {
    encoded(content, encoding, QUICK_BROTLI_QUALITY, QUICK_GZIP_LEVEL)
}

fn encoded(content: Bytes, encoding: Encoding, quality: i32, level: u32) -> (Encoding, Bytes) {
    let encoded = match encoding.worth(content.len()) {
        Encoding::Identity => None,
        Encoding::Gzip => gzip(&content, level),
        Encoding::Brotli => brotli(&content, quality),
    };
    encoded.map_or((Encoding::Identity, content), |encoded| (encoding, encoded))
}

/// The content in brotli; `None` when the encoder fails, and then it is sent as it is.
fn brotli(content: &[u8], quality: i32) -> Option<Bytes> {
    let mut compressed = Vec::with_capacity(content.len() / 3);
    // The encoder takes memory for its whole window, some 16 MB by default, which the allocator then keeps: a window that
    // just holds the content compresses the same (RFC 7932: 10 to 24 bits).
    let lgwin = (usize::BITS - content.len().leading_zeros()).clamp(16, 22) as i32;
    let parameters =
        brotli::enc::BrotliEncoderParams { quality, lgwin, size_hint: content.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters).ok()?;
    Some(compressed.into())
}

/// The content in gzip; `None` when the encoder fails, and then it is sent as it is.
fn gzip(content: &[u8], level: u32) -> Option<Bytes> {
    let mut encoder =
        flate2::write::GzEncoder::new(Vec::with_capacity(content.len() / 3), flate2::Compression::new(level));
    encoder.write_all(content).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn encodes_what_is_worth_it_so_that_it_can_be_read() {
        let long = "流光 is a site. ".repeat(100).into_bytes();
        let (encoding, bytes) = encode(long.clone(), Encoding::Gzip);
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut read).unwrap();
        assert_eq!((encoding, &read), (Encoding::Gzip, &long));
        let (encoding, bytes) = encode(long.clone(), Encoding::Brotli);
        read.clear();
        brotli::Decompressor::new(&bytes[..], 4096).read_to_end(&mut read).unwrap();
        assert_eq!((encoding, &read), (Encoding::Brotli, &long));
        assert_eq!(encode(long.clone(), Encoding::Identity), (Encoding::Identity, long.clone().into()));
        let (encoding, bytes) = encode_quickly(long.clone().into(), Encoding::Brotli);
        read.clear();
        brotli::Decompressor::new(&bytes[..], 4096).read_to_end(&mut read).unwrap();
        assert_eq!((encoding, &read), (Encoding::Brotli, &long));
        assert_eq!(encode(b"short".to_vec(), Encoding::Brotli), (Encoding::Identity, Bytes::from_static(b"short")));
    }

    #[test]
    fn chooses_what_the_client_takes() {
        for (header, encoding) in [
            ("gzip, deflate, br", Encoding::Brotli),
            ("gzip;q=1.0", Encoding::Gzip),
            ("br;q=0, gzip", Encoding::Gzip),
            ("", Encoding::Identity),
            ("brotli", Encoding::Identity),
        ] {
            assert_eq!(Encoding::accepted(Some(&HeaderValue::from_static(header))), encoding, "{header}");
        }
    }
}
