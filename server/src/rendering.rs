//! Rendering a text with the pictures of this site: stored ones with their sizes, and the diagrams that are drawn of it.

use crate::pictures::hash;
use crate::site::Site;
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use markup::{Diagram, MarkupError, Rendered, Surroundings};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use store::Asset;

/// Pictures whose sizes are looked up for one text.
const MAX_PICTURES: usize = 500;
/// What diagrams are.
const SVG: &str = "image/svg+xml";

/// The pictures of one text.
struct Pictures {
    sizes: HashMap<String, (u32, u32)>,
    /// Diagrams to be stored; nothing while they stand in the page itself.
    drawn: Option<Mutex<Vec<Asset>>>,
}

impl Surroundings for Pictures {
    fn image_size(&self, url: &str) -> Option<(u32, u32)> {
        let hash = url.strip_prefix("/media/")?.split('.').next()?;
        self.sizes.get(hash).copied().filter(|(width, height)| *width > 0 && *height > 0)
    }

    fn draws(&self) -> bool {
        true
    }

    fn keep(&self, diagram: Diagram) -> Option<String> {
        let Some(drawn) = &self.drawn else {
            return Some(format!("data:{SVG};base64,{}", STANDARD.encode(diagram.svg)));
        };
        let (address, asset) = stored(diagram);
        drawn.lock().unwrap_or_else(PoisonError::into_inner).push(asset);
        Some(address)
    }
}

/// A diagram as a picture of this site, and its address.
#[must_use]
pub fn stored(Diagram { svg, width, height }: Diagram) -> (String, Asset) {
    let hash = hash(svg.as_bytes());
    let address = format!("/media/{hash}.svg");
    (address, Asset { hash, content_type: SVG.to_owned(), width, height, data: svg.into_bytes() })
}

/// Renders a text for its writer, who may change it the next moment: nothing is stored.
///
/// # Errors
/// When the database cannot be read; the inner error is what the renderer refuses.
pub async fn preview(site: &Site, body: &str) -> Result<Result<Rendered, MarkupError>> {
    Ok(render(site, body, None).await?.0)
}

/// Renders a text for readers, and stores its diagrams.
///
/// # Errors
/// When the database cannot be read or written; the inner error is what the renderer refuses.
pub async fn publication(site: &Site, body: &str) -> Result<Result<Rendered, MarkupError>> {
    let (rendered, drawn) = render(site, body, Some(Mutex::default())).await?;
    for diagram in drawn {
        site.store.put_asset(&diagram).await.context("storing a diagram")?;
    }
    Ok(rendered)
}

async fn render(
    site: &Site,
    body: &str,
    drawn: Option<Mutex<Vec<Asset>>>,
) -> Result<(Result<Rendered, MarkupError>, Vec<Asset>)> {
    let mut hashes = store::hashes_in(body);
    hashes.truncate(MAX_PICTURES);
    let sizes = site.store.asset_sizes(&hashes).await.context("reading sizes of pictures")?;
    let body = body.to_owned();
    let rendering = move || {
        let pictures = Pictures { sizes, drawn };
        let rendered = markup::render(&body, &pictures);
        let drawn = pictures.drawn.map(|drawn| drawn.into_inner().unwrap_or_else(PoisonError::into_inner));
        (rendered, drawn.unwrap_or_default())
    };
    tokio::task::spawn_blocking(rendering).await.context("rendering a text")
}
