//! Views without their type, and without two abilities of Leptos that this site does not need.
//!
//! `into_any` alone keeps code for asynchronous hydration of everything inside, which only lazily loaded routes need, and
//! for changing every element in place when other data come. A page of ours is a function of its data: other data make
//! other elements. Each of the two was a tenth of the client's size.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::{Mountable, Position, PositionState};

/// Forgets the type of a view.
pub trait Erase {
    /// The same view without its type; small code wherever it is used. Made again, it takes the place of what was there.
    fn erase(self) -> AnyView;

    /// The same view without its type. Made again, it changes what was there, so that focus stays where it is.
    fn erase_in_place(self) -> AnyView;
}

impl<T: IntoView> Erase for T {
    fn erase(self) -> AnyView {
        Plain::<_, false>(self.into_view()).into_any()
    }

    fn erase_in_place(self) -> AnyView {
        Plain::<_, true>(self.into_view()).into_any()
    }
}

/// A view that is hydrated at once, and changed or replaced; everything but that is passed on.
struct Plain<T, const IN_PLACE: bool>(T);

impl<const IN_PLACE: bool, T: Render> Render for Plain<T, IN_PLACE> {
    type State = T::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        if IN_PLACE {
            self.0.rebuild(state);
        } else {
            // As Leptos replaces a view by one of another type.
            let mut new = self.0.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
        }
    }
}

impl<const IN_PLACE: bool, T: RenderHtml> AddAnyAttr for Plain<T, IN_PLACE> {
    type Output<A: Attribute> = Plain<T::Output<A>, IN_PLACE>;

    fn add_any_attr<A: Attribute>(self, attribute: A) -> Self::Output<A>
    where
        Self::Output<A>: RenderHtml,
    {
        Plain(self.0.add_any_attr(attribute))
    }
}

impl<const IN_PLACE: bool, T: RenderHtml> RenderHtml for Plain<T, IN_PLACE> {
    type AsyncOutput = T::AsyncOutput;
    type Owned = Plain<T::Owned, IN_PLACE>;

    const MIN_LENGTH: usize = T::MIN_LENGTH;
    const EXISTS: bool = T::EXISTS;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    async fn resolve(self) -> Self::AsyncOutput {
        self.0.resolve().await
    }

    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    fn to_html_with_buf(
        self,
        buffer: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attributes: Vec<AnyAttribute>,
    ) {
        self.0.to_html_with_buf(buffer, position, escape, mark_branches, extra_attributes);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buffer: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attributes: Vec<AnyAttribute>,
    ) {
        self.0.to_html_async_with_buf::<OUT_OF_ORDER>(buffer, position, escape, mark_branches, extra_attributes);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.0.hydrate::<FROM_SERVER>(cursor, position)
    }

    fn into_owned(self) -> Self::Owned {
        Plain(self.0.into_owned())
    }
}
