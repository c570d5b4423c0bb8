//! Articles by chance at the foot of a page, fetched when the reader gets there.

use crate::article::api::list_random;
use crate::article::page::NeighbourList;
use crate::words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// A link to one article by chance, which works everywhere; some more once this place comes into view.
#[component]
pub fn RandomPicks() -> impl IntoView {
    let place = NodeRef::<leptos::html::Section>::new();
    let (reached, set_reached) = signal(false);
    let picks = LocalResource::new(move || async move {
        if reached.get() { list_random().await.unwrap_or_default() } else { Vec::new() }
    });
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            when_visible(&place, move || set_reached.set(true));
        }
    });
    view! {
        <section class="random wrap" node_ref=place>
            <p><b>{words::RANDOM}</b>" "<a href="/random" rel="external nofollow">{words::SURPRISE}</a></p>
            {move || picks.get().filter(|picks| !picks.is_empty()).map(|articles| view! { <NeighbourList heading=words::RANDOM articles /> })}
        </section>
    }
}

/// Calls once, when the element comes near the visible part of the page.
fn when_visible(element: &web_sys::Element, callback: impl Fn() + 'static) {
    let seen = Closure::<dyn Fn(Vec<web_sys::IntersectionObserverEntry>, web_sys::IntersectionObserver)>::new(
        move |entries: Vec<web_sys::IntersectionObserverEntry>, observer: web_sys::IntersectionObserver| {
            if entries.iter().any(web_sys::IntersectionObserverEntry::is_intersecting) {
                observer.disconnect();
                callback();
            }
        },
    );
    if let Ok(observer) = web_sys::IntersectionObserver::new(seen.as_ref().unchecked_ref()) {
        observer.observe(element);
        // The observer calls it as long as the page lives.
        seen.forget();
    }
}
