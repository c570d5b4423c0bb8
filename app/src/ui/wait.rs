//! Views that wait for data, and lists: each is one piece of code for all pages.
//!
//! What is generic in Leptos is made anew for every page in the client. Here the future and the view lose their types
//! first, so that boundary, suspension and effect exist once.

use crate::ui::Erase;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;

type Waited = Pin<Box<dyn Future<Output = AnyView> + Send>>;

/// A view that is there once its data are. What is shown stays until other data have come.
pub fn wait<F>(view: impl Fn() -> F + Send + Sync + 'static) -> AnyView
where
    F: Future<Output = AnyView> + Send + 'static,
{
    wait_telling(signal(false).1, view)
}

/// As [`wait`], and tells whether it is waiting for other data.
pub fn wait_telling<F>(set_pending: WriteSignal<bool>, view: impl Fn() -> F + Send + Sync + 'static) -> AnyView
where
    F: Future<Output = AnyView> + Send + 'static,
{
    boundary(set_pending, Box::new(move || Box::pin(view())))
}

fn boundary(set_pending: WriteSignal<bool>, view: Box<dyn Fn() -> Waited + Send + Sync>) -> AnyView {
    let children = move || Suspend::new(view());
    if cfg!(feature = "ssr") {
        // Nobody waits on the server, and the effect that tells would run, and panic, when a visitor has left meanwhile.
        return view! { <Transition>{children}</Transition> }.erase();
    }
    view! { <Transition set_pending>{children}</Transition> }.erase()
}

/// Views of many items.
pub trait EraseEach: Iterator {
    /// All of them without their type.
    fn erase_each(self) -> Vec<AnyView>;
}

impl<V: IntoView, I: Iterator<Item = V>> EraseEach for I {
    fn erase_each(self) -> Vec<AnyView> {
        self.map(Erase::erase).collect()
    }
}
