//! Smaller copies of pictures, so that a phone need not load what only a large screen can show. They are made in the
//! background, one picture at a time; pages name those that there are whenever they are shown.

use crate::pictures::{self, MAX_MEMORY, MAX_PIXELS};
use crate::services::internal;
use crate::site::Site;
use anyhow::{Context, Result};
use app::error::AppError;
use fast_image_resize::Resizer;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::{WebPDecoder, WebPEncoder};
use image::{DynamicImage, ImageDecoder, ImageEncoder, Limits};
use std::collections::HashMap;
use std::io::Cursor;
use std::time::{Duration, Instant};
use store::{Asset, Store, Variant, Widths};
use tokio::sync::watch;
use types::SafeHtml;

/// Which maker this is. Goes up when it makes others, so that every picture is gone over again.
const MAKER: i64 = 1;
/// The widths; phones, tablets and the column of text on fine screens.
const WIDTHS: [u32; 3] = [480, 960, 1440];
/// Quality of JPEG.
const QUALITY: u8 = 82;
/// As so many times the size of JPEG, what is kept exactly shows a photograph and no drawing.
const PHOTOGRAPH: usize = 3;
/// How often another process may have stored pictures.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// The longest rest after a picture.
const REST: Duration = Duration::from_secs(2);
/// Pictures of one text that are looked up.
const MOST: usize = 500;

/// Goes over pictures until the site stops. It rests as long as it worked, so that readers have the machine too.
pub async fn follow(site: Site, mut stop: watch::Receiver<bool>) {
    loop {
        let started = Instant::now();
        let wait = match go_over_one(&site).await {
            Ok(true) => started.elapsed().min(REST),
            Ok(false) => LOOK_EVERY,
            Err(error) => {
                tracing::warn!("smaller pictures could not be made: {error:#}");
                LOOK_EVERY
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = site.pictures_changed.notified(), if wait == LOOK_EVERY => {}
            _ = stop.changed() => return,
        }
    }
}

/// Goes over one picture, if there is one to go over. Whatever stops it, the next one begins the same picture again.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn go_over_one(site: &Site) -> Result<bool> {
    let waiting = site.store.asset_without_variants(MAKER).await.context("looking for a picture")?;
    let Some(asset) = waiting else { return Ok(false) };
    let hash = asset.hash.clone();
    let variants = match tokio::task::spawn_blocking(move || make(&asset)).await {
        Ok(Ok(variants)) => variants,
        Ok(Err(error)) => {
            tracing::warn!(hash, "a picture has no smaller copies, for it cannot be read: {error}");
            Vec::new()
        }
        Err(error) => {
            tracing::error!(hash, "making smaller copies of a picture broke off: {error}");
            Vec::new()
        }
    };
    site.store.put_variants(&hash, MAKER, &variants).await.context("storing the variants of a picture")?;
    if !variants.is_empty() {
        site.pages.forget();
    }
    Ok(true)
}

/// A rendered text as it is shown now: its pictures name the widths that there are.
///
/// # Errors
/// When the database cannot be read.
pub async fn shown(store: &Store, html: SafeHtml) -> Result<SafeHtml, AppError> {
    let mut hashes = store::hashes_in(html.as_str());
    hashes.truncate(MOST);
    let widths = store.widths_of(&hashes).await.map_err(|error| internal("reading widths of pictures", &error))?;
    if widths.is_empty() {
        return Ok(html);
    }
    Ok(markup::with_variants(html, &|url| variants_of(url, &widths).unwrap_or_default()))
}

/// The widths of the picture at an address, if it has several.
fn variants_of(url: &str, widths: &HashMap<String, Widths>) -> Option<Vec<markup::Variant>> {
    let (hash, _) = url.strip_prefix("/media/")?.split_once('.')?;
    let known = widths.get(hash)?;
    let smaller = known.variants.iter().map(|(width, content_type)| markup::Variant {
        width: *width,
        address: format!("/media/{hash}-{width}.{}", pictures::ending(content_type)),
    });
    let original = markup::Variant { width: known.original, address: url.to_owned() };
    Some(smaller.chain([original]).collect())
}

/// What smaller copies a picture gets: none of one that moves, is drawn by lines, or is small already, and none that
/// would not be smaller in bytes too.
fn make(asset: &Asset) -> image::ImageResult<Vec<Variant>> {
    let pixels = u64::from(asset.width) * u64::from(asset.height);
    if asset.width <= WIDTHS[0] || pixels > MAX_PIXELS {
        return Ok(Vec::new());
    }
    let Some(Source { picture, profile }) = decode(asset)? else { return Ok(Vec::new()) };
    // Otherwise the size that pages give it is not the one in which it is seen.
    if (picture.width(), picture.height()) != (asset.width, asset.height) {
        return Ok(Vec::new());
    }
    let mut variants = Vec::new();
    let mut resizer = Resizer::new();
    for width in WIDTHS.into_iter().filter(|width| *width < asset.width) {
        let height = (f64::from(asset.height) * f64::from(width) / f64::from(asset.width)).round().max(1.0) as u32;
        let mut smaller = DynamicImage::new(width, height, picture.color());
        if let Err(error) = resizer.resize(&picture, &mut smaller, None) {
            tracing::warn!(hash = asset.hash, "a picture could not be made smaller: {error}");
            break;
        }
        let (content_type, data) = encode(&smaller, asset.content_type == "image/jpeg", profile.as_ref())?;
        if data.len() < asset.data.len() {
            variants.push(Variant { width, height, content_type: content_type.to_owned(), data });
        }
    }
    Ok(variants)
}

/// A decoded picture, upright, and what its colours mean.
struct Source {
    picture: DynamicImage,
    profile: Option<Vec<u8>>,
}

fn decode(asset: &Asset) -> image::ImageResult<Option<Source>> {
    let data = Cursor::new(asset.data.as_slice());
    match asset.content_type.as_str() {
        "image/jpeg" => upright(JpegDecoder::new(data)?).map(Some),
        "image/png" => {
            let decoder = PngDecoder::new(data)?;
            if decoder.is_apng()? { Ok(None) } else { upright(decoder).map(Some) }
        }
        "image/webp" => {
            let decoder = WebPDecoder::new(data)?;
            if decoder.has_animation() { Ok(None) } else { upright(decoder).map(Some) }
        }
        _ => Ok(None),
    }
}

/// The picture in 8 bits a channel, with no more channels than it needs.
fn upright(mut decoder: impl ImageDecoder) -> image::ImageResult<Source> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    // A decoder counts what it needs beside the picture, not the picture itself.
    limits.clone().reserve(decoder.total_bytes())?;
    decoder.set_limits(limits)?;
    let turned = decoder.orientation()?;
    let profile = decoder.icc_profile()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(turned);
    let color = picture.color();
    let picture = if color.has_alpha() {
        let picture = picture.into_rgba8();
        let clear = picture.pixels().any(|pixel| pixel.0[3] < u8::MAX);
        let picture = DynamicImage::from(picture);
        if clear { picture } else { picture.into_rgb8().into() }
    } else if color.has_color() {
        picture.into_rgb8().into()
    } else {
        picture.into_luma8().into()
    };
    // The colour space stands at this place of a profile; one of ink or of grey does not fit what was decoded.
    let fits = |profile: &Vec<u8>| picture.color().has_color() && profile.get(16..20) == Some(b"RGB ");
    let profile = profile.filter(fits);
    Ok(Source { picture, profile })
}

/// Photographs become JPEG; drawings and what can be seen through stay exact, in the smaller of two forms.
fn encode(
    picture: &DynamicImage,
    photograph: bool,
    profile: Option<&Vec<u8>>,
) -> image::ImageResult<(&'static str, Vec<u8>)> {
    let jpeg = if picture.color().has_alpha() {
        None
    } else {
        let mut data = Vec::new();
        write(picture, JpegEncoder::new_with_quality(&mut data, QUALITY), profile)?;
        Some(data)
    };
    let jpeg = match jpeg {
        Some(jpeg) if photograph => return Ok(("image/jpeg", jpeg)),
        jpeg => jpeg,
    };
    let (mut png, mut webp) = (Vec::new(), Vec::new());
    write(picture, PngEncoder::new(&mut png), profile)?;
    write(picture, WebPEncoder::new_lossless(&mut webp), profile)?;
    let exact = if webp.len() < png.len() { ("image/webp", webp) } else { ("image/png", png) };
    match jpeg {
        Some(jpeg) if jpeg.len() * PHOTOGRAPH < exact.1.len() => Ok(("image/jpeg", jpeg)),
        _ => Ok(exact),
    }
}

fn write(picture: &DynamicImage, mut encoder: impl ImageEncoder, profile: Option<&Vec<u8>>) -> image::ImageResult<()> {
    // A form that takes no profile is seen in the usual colours.
    let _ = profile.map(|profile| encoder.set_icc_profile(profile.clone()));
    picture.write_with_encoder(encoder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

    fn asset(picture: &DynamicImage, format: ImageFormat, content_type: &str) -> Asset {
        let mut data = Cursor::new(Vec::new());
        picture.write_to(&mut data, format).unwrap();
        let (width, height) = (picture.width(), picture.height());
        Asset { hash: "ab".into(), content_type: content_type.into(), width, height, data: data.into_inner() }
    }

    /// Something like a photograph: no two neighbours are quite alike.
    fn photograph(width: u32, height: u32) -> DynamicImage {
        let mut state = 7_u32;
        let picture = RgbImage::from_fn(width, height, |x, y| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (state >> 28) as u8;
            Rgb([(x * 200 / width) as u8 + grain, (y * 200 / height) as u8 + grain, 90 + grain])
        });
        picture.into()
    }

    fn widths(variants: &[Variant]) -> Vec<(u32, u32, &str)> {
        variants.iter().map(|variant| (variant.width, variant.height, variant.content_type.as_str())).collect()
    }

    #[test]
    fn a_photograph_becomes_jpeg_in_the_widths_below_its_own() {
        let jpeg = asset(&photograph(1400, 700), ImageFormat::Jpeg, "image/jpeg");
        let made = make(&jpeg).unwrap();
        assert_eq!(widths(&made), [(480, 240, "image/jpeg"), (960, 480, "image/jpeg")]);
        assert!(made.iter().all(|variant| variant.data.len() < jpeg.data.len()));
        let png = asset(&photograph(500, 250), ImageFormat::Png, "image/png");
        assert_eq!(widths(&make(&png).unwrap()), [(480, 240, "image/jpeg")]);
    }

    #[test]
    fn a_drawing_stays_exact_and_clear_parts_stay_clear() {
        let lines = RgbImage::from_fn(1000, 600, |x, y| {
            if x / 40 % 2 == 0 && y / 30 % 3 == 0 { Rgb([200, 30, 60]) } else { Rgb([255, 255, 255]) }
        });
        let made = make(&asset(&lines.into(), ImageFormat::Png, "image/png")).unwrap();
        assert!(made.iter().all(|variant| variant.content_type != "image/jpeg"), "{:?}", widths(&made));
        let clear = RgbaImage::from_fn(900, 600, |x, y| Rgba([(x * y) as u8, x as u8, y as u8, (x ^ y) as u8]));
        for variant in make(&asset(&clear.into(), ImageFormat::Png, "image/png")).unwrap() {
            assert!(image::load_from_memory(&variant.data).unwrap().color().has_alpha());
        }
    }

    #[test]
    fn what_moves_is_small_huge_or_broken_gets_nothing() {
        let small = asset(&photograph(480, 480), ImageFormat::Jpeg, "image/jpeg");
        assert!(make(&small).unwrap().is_empty());
        let moving = asset(&photograph(600, 300), ImageFormat::Gif, "image/gif");
        assert!(make(&moving).unwrap().is_empty());
        let huge = Asset { width: 10_000, height: 10_000, ..small.clone() };
        assert!(make(&huge).unwrap().is_empty());
        let whole = asset(&photograph(600, 300), ImageFormat::Jpeg, "image/jpeg");
        let broken = Asset { data: whole.data[..40].to_vec(), ..whole };
        assert!(make(&broken).is_err());
    }
}
