//! Top bar, menu, foot, and the bar at the bottom of phones.

use crate::article::RandomPicks;
use crate::category::CategoryMenu;
use crate::category::menu::MENU_ID;
use crate::resource::{Loaded, resource};
use crate::search::SearchBox;
use crate::site::api::{Frame, GetFrame};
use crate::site::brand::Brand;
use crate::site::foot::Foot;
use crate::ui::Erase;
use crate::words;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use leptos_router::hooks::use_location;

/// What stands beside most pages, fetched for the first that shows it, and kept for the whole visit.
#[derive(Clone)]
struct FrameResource {
    loaded: StoredValue<Option<Loaded<Frame>>>,
    /// The layout stays when a page goes.
    layout: WeakOwner,
}

/// What stands beside most pages.
#[must_use]
pub fn use_frame() -> Loaded<Frame> {
    let FrameResource { loaded, layout } = expect_context();
    loaded.get_value().unwrap_or_else(|| {
        let load = || resource(|| GetFrame {});
        let frame = layout.upgrade().map_or_else(load, |layout| layout.with(load));
        loaded.set_value(Some(frame));
        frame
    })
}

/// The frame with a page inside.
#[component]
pub fn Layout(children: TypedChildren<impl IntoView + 'static>) -> impl IntoView {
    layout(children.into_inner()().erase())
}

fn layout(content: AnyView) -> AnyView {
    let layout = Owner::current().unwrap_or_default().downgrade();
    provide_context(FrameResource { loaded: StoredValue::new(None), layout });
    view! {
        <a class="skip" href="#main">{words::SKIP}</a>
        <header class="top">
            <div class="wrap">
                <button class="icon drawer" popovertarget=MENU_ID aria-label=words::CATEGORIES>
                    <i class="sign sign-menu" aria-hidden="true"></i>
                </button>
                <Brand />
                <SearchBox />
                <nav class="places" aria-label=words::SITE_NAVIGATION>
                    <a href="/downloads">{words::DOWNLOADS}</a>
                    <a href="/archive">{words::ARCHIVE}</a>
                    <a href="/account" rel="external">{words::ACCOUNT}</a>
                </nav>
                <button class="icon theme" type="button" data-action="theme" aria-label=words::THEME>
                    <i class="sign sign-theme" aria-hidden="true"></i>
                </button>
            </div>
        </header>
        <CategoryMenu />
        {content}
        <RandomPicks />
        <Foot />
        <BottomBar />
    }
    .erase()
}

/// The places that a thumb reaches.
#[component]
fn BottomBar() -> impl IntoView {
    let path = use_location().pathname;
    let place = move |href: &'static str, sign: &'static str, word: &'static str| {
        let current = move || path.with(|path| path == href).then_some("page");
        view! { <a href=href aria-current=current><i class=sign aria-hidden="true"></i>{word}</a> }
    };
    view! {
        <nav class="tabs" aria-label=words::BOTTOM_NAVIGATION>
            {place("/", "sign sign-home", words::HOME)}
            {place("/search", "sign sign-search", words::SEARCH)}
            <button popovertarget=MENU_ID><i class="sign sign-menu" aria-hidden="true"></i>{words::CATEGORIES}</button>
            {place("/archive", "sign sign-archive", words::ARCHIVE)}
        </nav>
    }
}
